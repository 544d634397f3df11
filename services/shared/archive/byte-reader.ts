/** The stream ended, or went on, where it must not. */
export class UnexpectedLengthError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnexpectedLengthError";
  }
}

/** Reads exact numbers of bytes from a stream. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Exactly `bytes` bytes at once. @throws UnexpectedLengthError when there are fewer */
  async read(bytes: number): Promise<Buffer> {
    if (this.#rest.length >= bytes) return this.#take(bytes);
    const chunks: Buffer[] = [];
    for await (const chunk of this.chunks(bytes)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** Exactly `bytes` bytes, as they come. @throws UnexpectedLengthError when there are fewer */
  async *chunks(bytes: number): AsyncGenerator<Buffer> {
    let missing = bytes;
    while (missing > 0) {
      if (this.#rest.length === 0 && !(await this.#refill()))
        throw new UnexpectedLengthError("the archive ends too early");
      const chunk = this.#take(Math.min(missing, this.#rest.length));
      missing -= chunk.length;
      yield chunk;
    }
  }

  /** @throws UnexpectedLengthError when anything is left */
  async end(): Promise<void> {
    if (this.#rest.length > 0 || (await this.#refill()))
      throw new UnexpectedLengthError("there is more after the end of the archive");
  }

  #take(bytes: number): Buffer {
    const taken = this.#rest.subarray(0, bytes);
    this.#rest = this.#rest.subarray(bytes);
    return taken;
  }

  async #refill(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#source.next();
      if (done) return false;
      if (value.length === 0) continue;
      this.#rest = value;
      return true;
    }
  }
}
