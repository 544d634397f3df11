import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { parse } from "ssri";
import type { UpstreamAnswer } from "../upstream/upstream-client.ts";
import { UpstreamError } from "../upstream/upstream-error.ts";
import { CacheFull, type DiskCache, type Incoming } from "./disk-cache.ts";

const PIECE = 64 * 1024;
/** No registry's files are larger. */
export const MAX_FILE_BYTES = 4096 * 1024 * 1024;

export interface DownloadParts {
  cache: DiskCache;
  cacheName: string;
  /** Subresource integrity; the strongest algorithm in it counts. */
  integrity: string;
  fetch(signal: AbortSignal): Promise<UpstreamAnswer>;
  /** For the whole file. */
  timeoutMs: number;
}

export interface DownloadReader {
  /** All of it, as it arrives; to be called once. @throws UpstreamError when it does not arrive whole and right */
  read(): AsyncGenerator<Buffer>;
  /** To be called in any case; ends reading. */
  leave(): void;
}

/**
 * One file on its way from the registry into the cache, and to any number of readers who follow it on the disk. It is
 * given up when the last of them leaves. Nobody gets its last byte before its digest is found to be right.
 */
export class Download {
  /** Settles when the registry has answered. The size, or null when it was not announced. */
  readonly head: Promise<number | null>;
  /** Settles, never rejects, when nothing more happens. */
  readonly over: Promise<void>;
  readonly #parts: DownloadParts;
  readonly #abort = new AbortController();
  readonly #head = Promise.withResolvers<number | null>();
  #changed = Promise.withResolvers<void>();
  #incoming: Incoming | undefined;
  #written = 0;
  #state: "running" | "verified" | "failed" = "running";
  #failure: unknown;
  #readers = 0;

  constructor(parts: DownloadParts) {
    this.#parts = parts;
    this.head = this.#head.promise;
    this.head.catch(() => {});
    this.over = this.#run();
  }

  get isFailed(): boolean {
    return this.#state === "failed" || this.#abort.signal.aborted;
  }

  join(): DownloadReader {
    this.#readers++;
    const reader = { hasLeft: false };
    return {
      read: () => this.#read(reader),
      leave: () => {
        if (reader.hasLeft) return;
        reader.hasLeft = true;
        this.#readers--;
        if (this.#readers === 0 && this.#state === "running")
          this.#abort.abort(new UpstreamError("nobody waits for the file any more"));
        this.#notify();
      },
    };
  }

  async *#read(reader: { hasLeft: boolean }): AsyncGenerator<Buffer> {
    await this.head;
    const handle = await open(this.#incoming!.path, "r").catch((error: unknown) => this.#reopen(error));
    try {
      for (let position = 0; !reader.hasLeft; ) {
        const changed = this.#changed.promise;
        const end = this.#state === "verified" ? this.#written : this.#written - 1;
        if (this.#state === "failed") throw this.#failure;
        if (position < end) {
          const buffer = Buffer.allocUnsafe(Math.min(PIECE, end - position));
          const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
          if (bytesRead === 0) throw new Error("a file of the package cache has lost its end");
          position += bytesRead;
          yield buffer.subarray(0, bytesRead);
        } else if (this.#state === "verified") return;
        else await changed;
      }
      throw new UpstreamError("nobody reads any more");
    } finally {
      await handle.close();
    }
  }

  /** It was complete, and moved, before this reader came. */
  async #reopen(error: unknown): Promise<FileHandle> {
    if (this.#state === "failed") throw this.#failure;
    const handle = await this.#parts.cache.get(this.#parts.cacheName);
    if (!handle) throw error;
    return handle;
  }

  async #run(): Promise<void> {
    const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(this.#parts.timeoutMs)]);
    let answer: UpstreamAnswer | undefined;
    try {
      answer = await this.#parts.fetch(signal);
      // Read or not, it may fail at any time.
      answer.body.on("error", () => {});
      const announced = announcedBytes(answer);
      this.#incoming = await this.#parts.cache.begin(announced ?? 0);
      await this.#receive(answer, announced, this.#incoming);
      await this.#incoming.commit(this.#parts.cacheName);
      this.#state = "verified";
    } catch (error) {
      this.#state = "failed";
      this.#failure = asUpstreamError(error);
      this.#head.reject(this.#failure);
      await this.#incoming?.discard();
    } finally {
      answer?.body.destroy();
    }
    this.#notify();
  }

  async #receive(answer: UpstreamAnswer, announced: number | null, incoming: Incoming): Promise<void> {
    const { algorithm, matches } = expectation(this.#parts.integrity);
    const hash = createHash(algorithm);
    const handle = await open(incoming.path, "wx");
    try {
      this.#head.resolve(announced);
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        if (this.#written + chunk.length > (announced ?? MAX_FILE_BYTES))
          throw new UpstreamError("the file is larger than announced or allowed");
        await incoming.reserve(this.#written + chunk.length);
        hash.update(chunk);
        await handle.writeFile(chunk);
        this.#written += chunk.length;
        this.#notify();
      }
      if (announced !== null && this.#written !== announced)
        throw new UpstreamError("the file ended before its announced size");
      if (!matches(hash)) throw new UpstreamError("the file has another digest than the registry says");
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }

  #notify(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

/** @throws UpstreamError for an integrity without a usable digest */
function expectation(integrity: string): { algorithm: string; matches: (hash: Hash) => boolean } {
  const parsed = parse(integrity);
  const algorithm = parsed?.pickAlgorithm();
  if (!parsed || !algorithm) throw new UpstreamError("the registry gives no digest");
  const digests = (parsed[algorithm] ?? []).map(({ digest }) => digest);
  return { algorithm, matches: (hash) => digests.includes(hash.digest("base64")) };
}

/** Bytes are taken as they come: a digest is of what is stored, whatever an encoding claims. */
function announcedBytes({ headers }: UpstreamAnswer): number | null {
  const text = headers["content-length"];
  if (text === undefined) return null;
  if (!/^\d{1,15}$/.test(text)) throw new UpstreamError("the file's size makes no sense");
  if (Number(text) > MAX_FILE_BYTES) throw new UpstreamError("the file is larger than any package");
  return Number(text);
}

/** Also what the disk did: the log says which. */
function asUpstreamError(error: unknown): unknown {
  if (error instanceof UpstreamError || error instanceof CacheFull) return error;
  return new UpstreamError(`the file did not arrive: ${(error as Error).message}`, { cause: error });
}
