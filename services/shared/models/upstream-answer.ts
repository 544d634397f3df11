import { type Duplex, pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from "node:zlib";
import type { Dispatcher } from "undici";

/** The answer of an upstream is longer than it may be. */
export class AnswerTooLargeError extends Error {
  readonly code = "ANSWER_TOO_LARGE";
  constructor(maxBytes: number) {
    super(`the answer is longer than ${maxBytes} bytes`);
    this.name = "AnswerTooLargeError";
  }
}

/** Nobody asked for a packed answer; what sends one all the same is understood. */
const UNPACK: Record<string, () => Duplex> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/** Headers of an answer, as far as the package and we look at them. Making `Headers` of them costs more than looking them up. */
class AnswerHeaders {
  readonly #headers: Dispatcher.ResponseData["headers"];

  constructor(headers: Dispatcher.ResponseData["headers"]) {
    this.#headers = headers;
  }

  get(name: string): string | null {
    const value = this.#headers[name.toLowerCase()];
    return value === undefined ? null : String(value);
  }

  *entries(): Generator<[string, string]> {
    for (const name in this.#headers) yield [name, String(this.#headers[name])];
  }
}

/**
 * As much of a `Response` as the `openai` package looks at, over Node's own stream: a `Response` of `fetch` costs several
 * times as much as a whole answer of a model gateway may. Bytes are counted unpacked, since a small packed answer can be
 * a very long one.
 */
export class UpstreamAnswer {
  readonly status: number;
  readonly ok: boolean;
  readonly statusText = "";
  readonly headers: AnswerHeaders;
  /** The package parses no streams here; {@link chunks} has the bytes. */
  readonly body = null;
  readonly redirected = false;
  readonly type = "basic";
  readonly url: string;
  readonly #data: Dispatcher.ResponseData;
  readonly #maxBytes: number;
  #used = false;

  constructor(url: string, data: Dispatcher.ResponseData, maxBytes: number) {
    this.url = url;
    this.status = data.statusCode;
    this.ok = data.statusCode >= 200 && data.statusCode < 300;
    this.headers = new AnswerHeaders(data.headers);
    this.#data = data;
    this.#maxBytes = maxBytes;
  }

  get bodyUsed(): boolean {
    return this.#used;
  }

  /** The body as it comes, unpacked. Ending the iteration ends the connection. @throws AnswerTooLargeError */
  async *chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    let bytes = 0;
    try {
      for await (const chunk of this.#unpacked()) {
        bytes += chunk.byteLength;
        if (bytes > this.#maxBytes) throw new AnswerTooLargeError(this.#maxBytes);
        yield chunk;
      }
    } finally {
      this.discard();
    }
  }

  #unpacked(): Readable {
    this.#used = true;
    const unpack = UNPACK[(this.headers.get("content-encoding") ?? "").toLowerCase()];
    // What breaks off while it is packed must end what is unpacked, too.
    return unpack ? pipeline(this.#data.body, unpack(), () => {}) : this.#data.body;
  }

  /** The whole body, unpacked. Listens itself: an iterator costs more than a short answer. @throws AnswerTooLargeError */
  text(): Promise<string> {
    return new Promise((resolve, reject) => {
      const stream = this.#unpacked();
      const chunks: Buffer[] = [];
      let bytes = 0;
      stream.on("data", (chunk: Buffer) => {
        bytes += chunk.byteLength;
        chunks.push(chunk);
        if (bytes <= this.#maxBytes) return;
        reject(new AnswerTooLargeError(this.#maxBytes));
        stream.destroy();
        this.discard();
      });
      stream.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
      stream.once("error", reject);
      stream.once("close", () => reject(new Error("the answer broke off")));
    });
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = Buffer.from(await this.text());
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  }

  /** Lets go of a body that nobody wants, or wants no more of. */
  discard(): void {
    this.#data.body.on("error", () => {}).destroy();
  }
}
