import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import pLimit from "p-limit";
import type { Digester } from "../digest/digester.ts";
import type { MetadataSubject } from "../digest/document.ts";
import { Entry, type EntryHeader } from "../digest/entry.ts";
import type { Registry, UpstreamAnswer, UpstreamClient } from "../upstream/upstream-client.ts";
import { UpstreamError, UpstreamNotFound } from "../upstream/upstream-error.ts";
import { CacheFull, type DiskCache, type Incoming } from "./disk-cache.ts";

export interface MetadataSource {
  subject: MetadataSubject;
  accept: string;
  registry: Registry;
}

export interface MetadataLimits {
  /** How old metadata may be before the registry is asked again. */
  freshMs: number;
  /** How long somebody waits for newer ones where there are older ones. */
  staleWaitMs: number;
  /** How long a registry that failed, or has no such package, is not asked again. */
  quietMs: number;
  /** After decompression. */
  maxBytes: number;
  /** For the whole of it. */
  timeoutMs: number;
}

export const METADATA_LIMITS: MetadataLimits = {
  freshMs: 5 * 60_000,
  staleWaitMs: 5000,
  quietMs: 10_000,
  maxBytes: 64 * 1024 * 1024,
  timeoutMs: 60_000,
};

/** Requests for metadata of this whole host, at once. */
const MAX_REQUESTS = 32;
const MAX_REMEMBERED = 10_000;

interface Failure {
  error: unknown;
  until: number;
}

/** What registries say about packages: kept on the disk, asked for anew when it is old, and used old when they fail. */
export class MetadataStore {
  readonly #cache: DiskCache;
  readonly #client: UpstreamClient;
  readonly #digester: Digester;
  readonly #limits: MetadataLimits;
  readonly #slots = pLimit(MAX_REQUESTS);
  readonly #refreshing = new Map<string, Promise<void>>();
  readonly #failures = new Map<string, Failure>();

  constructor(cache: DiskCache, client: UpstreamClient, digester: Digester, limits: MetadataLimits) {
    this.#cache = cache;
    this.#client = client;
    this.#digester = digester;
    this.#limits = limits;
  }

  /**
   * The caller closes it.
   * @param beforeAsking called when the registry is about to be asked; may throw
   * @throws UpstreamNotFound, UpstreamError, CacheFull
   */
  async open(source: MetadataSource, beforeAsking: () => void): Promise<Entry> {
    const name = cacheNameOf(source);
    const stored = await this.#read(name);
    if (stored?.isFresh) return stored.entry;
    try {
      const refresh = this.#refresh(name, source, stored?.entry.header, beforeAsking);
      await (stored
        ? Promise.race([refresh, sleep(this.#limits.staleWaitMs, undefined, { ref: false })])
        : refresh);
    } catch (error) {
      if (stored && !(error instanceof UpstreamNotFound)) return stored.entry;
      await stored?.entry.close();
      throw error;
    }
    const renewed = await this.#read(name);
    if (renewed) await stored?.entry.close();
    const entry = renewed?.entry ?? stored?.entry;
    if (!entry) throw new UpstreamError("the metadata did not stay in the cache");
    return entry;
  }

  async #read(name: string): Promise<{ entry: Entry; isFresh: boolean } | null> {
    const handle = await this.#cache.get(name);
    if (!handle) return null;
    try {
      const { mtimeMs } = await handle.stat();
      const entry = await Entry.read(handle);
      return { entry, isFresh: Date.now() - mtimeMs < this.#limits.freshMs };
    } catch {
      await this.#cache.remove(name);
      return null;
    }
  }

  /** Once at a time for each package, and not at all for a while after it failed. */
  #refresh(
    name: string,
    source: MetadataSource,
    known: EntryHeader | undefined,
    beforeAsking: () => void,
  ): Promise<void> {
    const running = this.#refreshing.get(name);
    if (running) return running;
    const failure = this.#failures.get(name);
    if (failure && failure.until > Date.now()) return Promise.reject(failure.error);
    beforeAsking();
    const refresh = this.#slots(() => this.#fetch(name, source, known))
      .then(
        () => void this.#failures.delete(name),
        async (error: unknown) => {
          if (error instanceof UpstreamNotFound) await this.#cache.remove(name);
          this.#remember(name, error);
          throw error;
        },
      )
      .finally(() => this.#refreshing.delete(name));
    // Whoever has older metadata may not wait for it.
    refresh.catch(() => {});
    this.#refreshing.set(name, refresh);
    return refresh;
  }

  #remember(name: string, error: unknown): void {
    this.#failures.delete(name);
    this.#failures.set(name, { error, until: Date.now() + this.#limits.quietMs });
    const oldest = this.#failures.keys().next();
    if (this.#failures.size > MAX_REMEMBERED && !oldest.done) this.#failures.delete(oldest.value);
  }

  async #fetch(name: string, source: MetadataSource, known: EntryHeader | undefined): Promise<void> {
    const { subject, accept, registry } = source;
    const { etag, lastModified } = known?.validators ?? {};
    const headers = {
      accept,
      "accept-encoding": "gzip",
      ...(etag ? { "if-none-match": etag } : {}),
      ...(lastModified ? { "if-modified-since": lastModified } : {}),
    };
    const signal = AbortSignal.timeout(this.#limits.timeoutMs);
    const answer = await this.#client.get(new URL(subject.url), headers, registry, signal);
    answer.body.on("error", () => {});
    try {
      if (answer.status === 304 && known) return await this.#cache.renew(name);
      if (answer.status === 404 || answer.status === 410) throw new UpstreamNotFound();
      if (answer.status !== 200) throw new UpstreamError(`${answer.url.host} answered ${answer.status}`);
      await this.#store(name, subject, answer);
    } finally {
      answer.body.destroy();
    }
  }

  async #store(name: string, subject: MetadataSubject, answer: UpstreamAnswer): Promise<void> {
    const raw = await this.#cache.begin(0);
    const entry = await this.#cache.begin(0);
    try {
      const bytes = await receive(answer, raw, this.#limits.maxBytes);
      // An entry says the same in other words, PyPI's in two forms.
      await entry.reserve(2 * bytes);
      await this.#digester.digest({
        subject: { ...subject, url: answer.url.href },
        contentType: answer.headers["content-type"] ?? "",
        validators: validatorsOf(answer),
        rawPath: raw.path,
        entryPath: entry.path,
      });
      await entry.commit(name);
    } finally {
      await raw.discard();
      await entry.discard();
    }
  }
}

function cacheNameOf({ subject, accept, registry }: MetadataSource): string {
  const { kind, url } = subject;
  return createHash("sha256")
    .update(JSON.stringify([kind, url, accept, registry.url]))
    .digest("hex");
}

/** Writes the body down, decompressed, as far as it may go. @returns its size */
async function receive(answer: UpstreamAnswer, raw: Incoming, maxBytes: number): Promise<number> {
  const encoding = answer.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip")
    throw new UpstreamError(`${answer.url.host} answers in an encoding that was not asked for`);
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) return done(new UpstreamError("the registry's metadata are too large"));
      raw.reserve(bytes).then(() => done(null, chunk), done);
    },
  });
  const target = createWriteStream(raw.path, { flags: "wx" });
  const plain = encoding === "gzip" ? [createGunzip()] : [];
  try {
    await pipeline([answer.body, ...plain, limit, target]);
  } catch (error) {
    if (error instanceof UpstreamError || error instanceof CacheFull) throw error;
    throw new UpstreamError(`the metadata did not arrive: ${(error as Error).message}`, { cause: error });
  }
  return bytes;
}

function validatorsOf({ headers }: UpstreamAnswer): EntryHeader["validators"] {
  const { etag, "last-modified": lastModified } = headers;
  return {
    ...(etag && etag.length <= 512 ? { etag } : {}),
    ...(lastModified && lastModified.length <= 100 ? { lastModified } : {}),
  };
}
