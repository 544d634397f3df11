import type { FileHandle } from "node:fs/promises";
import pLimit from "p-limit";
import { cacheNameOf, type PackageFile } from "../registry-file.ts";
import type { Registry, UpstreamClient } from "../upstream/upstream-client.ts";
import { UpstreamError, UpstreamNotFound } from "../upstream/upstream-error.ts";
import type { DiskCache } from "./disk-cache.ts";
import { Download } from "./download.ts";

/** Of this whole host, at once. */
const MAX_DOWNLOADS = 48;

export interface OpenFile {
  /** Null when the registry did not announce it. */
  bytes: number | null;
  /** All of it; to be called once. @throws UpstreamError when it does not arrive whole and right */
  read(): AsyncGenerator<Buffer>;
  /** Must be called, read or not; ends reading. Repeating it is harmless. */
  close(): Promise<void>;
}

/** Verified files of packages: out of the cache, or from the registry and into it. */
export class FileStore {
  readonly #cache: DiskCache;
  readonly #client: UpstreamClient;
  readonly #timeoutMs: number;
  readonly #running = new Map<string, Download>();
  readonly #slots = pLimit(MAX_DOWNLOADS);

  constructor(cache: DiskCache, client: UpstreamClient, timeoutMs: number) {
    this.#cache = cache;
    this.#client = client;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Identical files asked for at the same time are fetched once.
   * @param beforeAsking called when the registry is about to be asked; may throw
   * @throws UpstreamError, CacheFull
   */
  async open(file: PackageFile, registry: Registry, beforeAsking: () => void): Promise<OpenFile> {
    const { integrity } = file;
    if (integrity === null) throw new UpstreamError("the registry gives no digest for this file");
    const cacheName = cacheNameOf(file);
    const handle = await this.#cache.get(cacheName);
    if (handle) return openCached(handle);
    const download = this.#running.get(cacheName);
    if (download && !download.isFailed) return openRunning(download);
    beforeAsking();
    return openRunning(this.#start(file, integrity, cacheName, registry));
  }

  #start(file: PackageFile, integrity: string, cacheName: string, registry: Registry): Download {
    const slot = Promise.withResolvers<void>();
    const download = new Download({
      cache: this.#cache,
      cacheName,
      integrity,
      timeoutMs: this.#timeoutMs,
      fetch: (signal) =>
        new Promise((resolve, reject) => {
          // The slot is held until the download is over, not only until its head has come.
          void this.#slots(async () => {
            try {
              resolve(await this.#fetch(file, registry, signal));
            } catch (error) {
              reject(error as Error);
            }
            await slot.promise;
          });
        }),
    });
    this.#running.set(cacheName, download);
    void download.over.then(() => {
      slot.resolve();
      if (this.#running.get(cacheName) === download) this.#running.delete(cacheName);
    });
    return download;
  }

  async #fetch(file: PackageFile, registry: Registry, signal: AbortSignal) {
    const url = URL.parse(file.url);
    if (!url) throw new UpstreamError("the registry names an address that may not be asked");
    signal.throwIfAborted();
    const answer = await this.#client.get(
      url,
      { accept: "*/*", "accept-encoding": "identity" },
      registry,
      signal,
    );
    if (answer.status === 200) return answer;
    answer.body.on("error", () => {});
    answer.body.destroy();
    if (answer.status === 404 || answer.status === 410) throw new UpstreamNotFound();
    throw new UpstreamError(`${answer.url.host} answered ${answer.status}`);
  }
}

async function openCached(handle: FileHandle): Promise<OpenFile> {
  const { size } = await handle.stat();
  return {
    bytes: size,
    async *read() {
      if (size > 0) yield* handle.createReadStream({ autoClose: false, end: size - 1 });
    },
    close: () => handle.close(),
  };
}

async function openRunning(download: Download): Promise<OpenFile> {
  const reader = download.join();
  try {
    const bytes = await download.head;
    return { bytes, read: reader.read, close: async () => reader.leave() };
  } catch (error) {
    reader.leave();
    throw error;
  }
}
