import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";

/** How often a use is written down, for the order after a restart. */
const TOUCH_MS = 60_000;

export class CacheFull extends Error {
  constructor(bytes: number) {
    super(`${bytes} bytes more do not fit into the cache of packages`);
    this.name = "CacheFull";
  }
}

interface Entry {
  bytes: number;
  touchedAt: number;
}

/**
 * Files by name in one directory of bounded size. What is used least goes first; whoever has a file open may read it to
 * its end all the same. Belongs to one process.
 */
export class DiskCache {
  readonly #entriesDir: string;
  readonly #incomingDir: string;
  readonly #maxBytes: number;
  /** Least recently used first. */
  readonly #entries = new Map<string, Entry>();
  #usedBytes = 0;
  #incomingBytes = 0;

  private constructor(directory: string, maxBytes: number) {
    this.#entriesDir = join(directory, "entries");
    this.#incomingDir = join(directory, "incoming");
    this.#maxBytes = maxBytes;
  }

  static async open(directory: string, maxBytes: number): Promise<DiskCache> {
    const cache = new DiskCache(directory, maxBytes);
    await rm(cache.#incomingDir, { recursive: true, force: true });
    for (const path of [cache.#incomingDir, cache.#entriesDir]) await mkdir(path, { recursive: true });
    await cache.#load();
    await cache.#makeRoom();
    return cache;
  }

  get usedBytes(): number {
    return this.#usedBytes + this.#incomingBytes;
  }

  /** The file, open for reading and the caller's to close; null when it is not there. */
  async get(name: string): Promise<FileHandle | null> {
    const entry = this.#entries.get(name);
    if (!entry) return null;
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    const path = join(this.#entriesDir, name);
    try {
      const handle = await open(path, "r");
      await this.#touch(path, entry);
      return handle;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      this.#forget(name);
      return null;
    }
  }

  /** Sets the date that {@link FileHandle.stat} shows as changed to now: what is in the file still holds. */
  async renew(name: string): Promise<void> {
    const now = new Date();
    await utimes(join(this.#entriesDir, name), now, now).catch(() => {});
  }

  async remove(name: string): Promise<void> {
    if (!this.#forget(name)) return;
    await rm(join(this.#entriesDir, name), { force: true });
  }

  /** Room for a new file, which the caller writes to `path` and commits or discards. @throws CacheFull */
  async begin(bytes: number): Promise<Incoming> {
    let reserved = 0;
    let isOver = false;
    const path = join(this.#incomingDir, randomUUID());
    const reserve = async (total: number) => {
      const more = Math.max(0, total - reserved);
      reserved += more;
      this.#incomingBytes += more;
      await this.#makeRoom();
      if (this.usedBytes > this.#maxBytes) throw new CacheFull(more);
    };
    const release = () => {
      if (!isOver) this.#incomingBytes -= reserved;
      isOver = true;
    };
    const discard = async () => {
      release();
      await rm(path, { force: true });
    };
    const commit = async (name: string) => {
      const { size } = await stat(path);
      await rename(path, join(this.#entriesDir, name));
      release();
      this.#forget(name);
      this.#entries.set(name, { bytes: size, touchedAt: Date.now() });
      this.#usedBytes += size;
    };
    try {
      await reserve(bytes);
    } catch (error) {
      release();
      throw error;
    }
    return { path, reserve, commit, discard };
  }

  async #load(): Promise<void> {
    const names = await readdir(this.#entriesDir);
    const found = await Promise.all(
      names.map(async (name) => ({ name, ...(await describe(join(this.#entriesDir, name))) })),
    );
    for (const { name, bytes, usedAt } of found.sort((a, b) => a.usedAt - b.usedAt)) {
      this.#entries.set(name, { bytes, touchedAt: usedAt });
      this.#usedBytes += bytes;
    }
  }

  async #makeRoom(): Promise<void> {
    while (this.usedBytes > this.#maxBytes) {
      const oldest = this.#entries.keys().next();
      if (oldest.done) return;
      await this.remove(oldest.value);
    }
  }

  #forget(name: string): boolean {
    const entry = this.#entries.get(name);
    if (!entry) return false;
    this.#entries.delete(name);
    this.#usedBytes -= entry.bytes;
    return true;
  }

  async #touch(path: string, entry: Entry): Promise<void> {
    const now = Date.now();
    if (now - entry.touchedAt < TOUCH_MS) return;
    entry.touchedAt = now;
    const { mtime } = await stat(path);
    await utimes(path, new Date(now), mtime);
  }
}

export interface Incoming {
  path: string;
  /** Room for this many bytes in all. @throws CacheFull */
  reserve(totalBytes: number): Promise<void>;
  commit(name: string): Promise<void>;
  /** Harmless once it is committed. */
  discard(): Promise<void>;
}

async function describe(path: string): Promise<{ bytes: number; usedAt: number }> {
  const { size, atimeMs, mtimeMs } = await stat(path);
  return { bytes: size, usedAt: Math.max(atimeMs, mtimeMs) };
}
