import { createHash, hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { type BlobBatch, BlobMissingError, type BlobStore } from "./blob-store.ts";
import { LocalBlobBatch } from "./local-blob-batch.ts";

/** Blobs in a directory: `<root>/ab/cdef…`. Written below `<root>/incoming`, synced, renamed. */
export class LocalBlobStore implements BlobStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  pathOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError("not a SHA-256 digest");
    return join(this.#root, sha256.slice(0, 2), sha256.slice(2));
  }

  async has(sha256: string): Promise<boolean> {
    return access(this.pathOf(sha256)).then(
      () => true,
      () => false,
    );
  }

  async write(source: Readable | Uint8Array): Promise<{ sha256: string; bytes: number }> {
    if (source instanceof Uint8Array) {
      const sha256 = hash("sha256", source, "hex");
      if (await this.has(sha256)) return { sha256, bytes: source.length };
    }
    const batch = this.batch();
    try {
      const written = await batch.write(source);
      await batch.commit();
      return written;
    } finally {
      await batch.discard();
    }
  }

  batch(): BlobBatch {
    return new LocalBlobBatch(this.#root, (sha256) => this.pathOf(sha256));
  }

  async open(sha256: string): Promise<Readable> {
    const file = await this.#openFile(sha256);
    return createReadStream("", { fd: file });
  }

  async read(sha256: string, maxBytes = 64 * 1024 * 1024): Promise<Buffer> {
    const file = await this.#openFile(sha256);
    try {
      const { size } = await file.stat();
      if (size > maxBytes) throw new RangeError(`blob ${sha256} has ${size} bytes, more than ${maxBytes}`);
      return await readFrom(file, size);
    } finally {
      await file.close();
    }
  }

  async readHead(sha256: string, bytes: number): Promise<Buffer> {
    const file = await this.#openFile(sha256);
    try {
      const { size } = await file.stat();
      return await readFrom(file, Math.min(size, bytes));
    } finally {
      await file.close();
    }
  }

  async size(sha256: string): Promise<number> {
    return stat(this.pathOf(sha256)).then((stats) => stats.size, missing(sha256));
  }

  /** Whether the stored bytes still have the digest they are stored under. @throws BlobMissingError */
  async isIntact(sha256: string): Promise<boolean> {
    const digest = createHash("sha256");
    for await (const chunk of await this.open(sha256)) digest.update(chunk);
    return digest.digest("hex") === sha256;
  }

  /** Removes what writers that died left behind, when older than `ageMs`. @returns how many. */
  async removeAbandoned(ageMs: number): Promise<number> {
    const incoming = join(this.#root, "incoming");
    const names = await readdir(incoming).catch(() => []);
    let removed = 0;
    for (const name of names) {
      const path = join(incoming, name);
      const found = await stat(path).catch(() => undefined);
      if (!found || Date.now() - found.mtimeMs < ageMs) continue;
      await rm(path, { recursive: true, force: true });
      removed++;
    }
    return removed;
  }

  #openFile(sha256: string) {
    return open(this.pathOf(sha256), "r").catch(missing(sha256));
  }
}

function missing(sha256: string) {
  return (error: NodeJS.ErrnoException): never => {
    throw error.code === "ENOENT" ? new BlobMissingError(sha256) : error;
  };
}

async function readFrom(file: Awaited<ReturnType<typeof open>>, bytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(bytes);
  let offset = 0;
  while (offset < bytes) {
    const { bytesRead } = await file.read(buffer, offset, bytes - offset, offset);
    if (bytesRead === 0) break;
    offset += bytesRead;
  }
  return buffer.subarray(0, offset);
}
