import { type Duplex, pipeline, Readable } from "node:stream";
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

/**
 * As much of a `Response` as the `openai` package looks at, over Node's own stream: a `Response` of `fetch` costs several
 * times as much as a whole answer of a model gateway may. Bytes are counted unpacked, since a small packed answer can be
 * a very long one.
 */
export class UpstreamAnswer {
  readonly status: number;
  readonly ok: boolean;
  readonly statusText = "";
  readonly headers: Headers;
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
    this.headers = new Headers(
      Object.entries(data.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [value].flat().map((one): [string, string] => [name, one]),
      ),
    );
    this.#data = data;
    this.#maxBytes = maxBytes;
  }

  get bodyUsed(): boolean {
    return this.#used;
  }

  /** For the package's own parsing of streams; {@link chunks} is the cheaper way. */
  get body(): ReadableStream<Uint8Array> {
    return Readable.toWeb(Readable.from(this.chunks())) as unknown as ReadableStream<Uint8Array>;
  }

  /** The body as it comes, unpacked. Ending the iteration ends the connection. @throws AnswerTooLargeError */
  async *chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    this.#used = true;
    const unpack = UNPACK[(this.headers.get("content-encoding") ?? "").toLowerCase()];
    // What breaks off while it is packed must end what is unpacked, too.
    const stream: AsyncIterable<Uint8Array> = unpack
      ? pipeline(this.#data.body, unpack(), () => {})
      : this.#data.body;
    let bytes = 0;
    try {
      for await (const chunk of stream) {
        bytes += chunk.byteLength;
        if (bytes > this.#maxBytes) throw new AnswerTooLargeError(this.#maxBytes);
        yield chunk;
      }
    } finally {
      this.discard();
    }
  }

  async text(): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.chunks()) chunks.push(chunk);
    return Buffer.concat(chunks).toString("utf8");
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
