import { execFile } from "node:child_process";
import { createHash, hash, randomUUID } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { promisify } from "node:util";
import type { BlobBatch } from "./blob-store.ts";

const run = promisify(execFile);

/** Up to this many new blobs each is synced by itself; above, the file system is synced once. */
const SYNC_ONE_BY_ONE = 64;

/**
 * New blobs wait in a directory of their own under their digest, unsynced. `commit` syncs them all, then renames
 * them into the store: a crash at any moment leaves either no blob or a whole one, never a torn one under a good
 * name.
 *
 * A `Uint8Array` is written with synchronous calls (about 60 µs; through the thread pool it is four times that).
 * Whoever writes many must let the event loop turn in between.
 */
export class LocalBlobBatch implements BlobBatch {
  readonly #directory: string;
  readonly #pathOf: (sha256: string) => string;
  readonly #pending = new Set<string>();
  #made = false;

  constructor(root: string, pathOf: (sha256: string) => string) {
    this.#directory = join(root, "incoming", randomUUID());
    this.#pathOf = pathOf;
  }

  async write(source: Readable | Uint8Array): Promise<{ sha256: string; bytes: number }> {
    return source instanceof Uint8Array ? this.#writeBytes(source) : this.#writeStream(source);
  }

  async commit(): Promise<void> {
    if (this.#pending.size === 0) return;
    await this.#syncPending();
    const shards = new Set<string>();
    let count = 0;
    for (const sha256 of this.#pending) {
      const target = this.#pathOf(sha256);
      const shard = dirname(target);
      if (!shards.has(shard)) mkdirSync(shard, { recursive: true });
      shards.add(shard);
      renameSync(join(this.#directory, sha256), target);
      if (++count % 100 === 0) await nextTurn();
    }
    this.#pending.clear();
    // The renames themselves, and the shards that are new.
    for (const directory of [...shards, dirname(dirname(this.#directory))]) await syncPath(directory);
  }

  async discard(): Promise<void> {
    this.#pending.clear();
    if (!this.#made) return;
    this.#made = false;
    await rm(this.#directory, { recursive: true, force: true });
  }

  #writeBytes(source: Uint8Array): { sha256: string; bytes: number } {
    const sha256 = hash("sha256", source, "hex");
    if (!this.#isKnown(sha256)) {
      this.#makeDirectory();
      const file = openSync(join(this.#directory, sha256), "wx", 0o600);
      try {
        let offset = 0;
        while (offset < source.length) offset += writeSync(file, source, offset);
      } finally {
        closeSync(file);
      }
      this.#pending.add(sha256);
    }
    return { sha256, bytes: source.length };
  }

  async #writeStream(source: Readable): Promise<{ sha256: string; bytes: number }> {
    this.#makeDirectory();
    const temporary = join(this.#directory, randomUUID());
    const digest = createHash("sha256");
    let bytes = 0;
    const file = await open(temporary, "wx", 0o600);
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        digest.update(chunk);
        bytes += chunk.length;
        let offset = 0;
        while (offset < chunk.length) offset += (await file.write(chunk, offset)).bytesWritten;
      }
    } finally {
      await file.close();
    }
    const sha256 = digest.digest("hex");
    if (this.#isKnown(sha256)) {
      await rm(temporary);
    } else {
      await rename(temporary, join(this.#directory, sha256));
      this.#pending.add(sha256);
    }
    return { sha256, bytes };
  }

  #isKnown(sha256: string): boolean {
    return this.#pending.has(sha256) || existsSync(this.#pathOf(sha256));
  }

  #makeDirectory(): void {
    if (this.#made) return;
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    this.#made = true;
  }

  async #syncPending(): Promise<void> {
    if (this.#pending.size > SYNC_ONE_BY_ONE) {
      // coreutils' `sync -f` is syncfs(2), which Node does not offer.
      const synced = await run("sync", ["-f", this.#directory]).then(
        () => true,
        () => false,
      );
      if (synced) return;
    }
    const paths = [...this.#pending].map((sha256) => join(this.#directory, sha256));
    for (let start = 0; start < paths.length; start += 16)
      await Promise.all(paths.slice(start, start + 16).map(syncPath));
  }
}

/** Makes a file's bytes, or a directory's names, survive a power cut. */
async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
