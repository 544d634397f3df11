import type { SecretBox } from "../../../shared/domain/secret-box.ts";
import { sealBody } from "../../../shared/models/transcript.ts";
import type { Transcript } from "../ledger/ledger.ts";

/** Keeps what was asked and answered, each up to so many UTF-16 code units, until it is sealed. Sizes are in bytes. */
export class TranscriptRecorder {
  readonly #box: SecretBox;
  readonly #callId: string;
  readonly #request: string;
  readonly #most: number;
  #answer = "";
  #answerLength = 0;
  #answerBytes = 0;

  constructor(box: SecretBox, callId: string, request: string, most: number) {
    this.#box = box;
    this.#callId = callId;
    this.#request = request;
    this.#most = most;
  }

  /** Something the program gets. */
  add(text: string): void {
    this.#answerLength += text.length;
    this.#answerBytes += Buffer.byteLength(text);
    const room = this.#most - this.#answer.length;
    if (room > 0) this.#answer += text.length <= room ? text : text.slice(0, room);
  }

  seal(): Transcript {
    return {
      request: this.#sealed(this.#request.slice(0, this.#most)),
      response: this.#sealed(this.#answer),
      requestBytes: Buffer.byteLength(this.#request),
      responseBytes: this.#answerBytes,
      truncated: this.#request.length > this.#most || this.#answerLength > this.#most,
    };
  }

  #sealed(text: string): Buffer | null {
    return text === "" ? null : sealBody(this.#box, this.#callId, text);
  }
}
