import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { BlobMissingError, type BlobStore } from "./blob-store.ts";

/** Blobs in a directory: `<root>/ab/cdef…`. Written to a temporary name, synced, renamed. */
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
    await mkdir(join(this.#root, "incoming"), { recursive: true });
    const temporary = join(this.#root, "incoming", randomUUID());
    const file = await open(temporary, "wx", 0o600);
    try {
      const hash = createHash("sha256");
      let bytes = 0;
      for await (const chunk of source instanceof Uint8Array ? [source] : source) {
        hash.update(chunk);
        bytes += chunk.length;
        await writeFully(file, chunk);
      }
      const sha256 = hash.digest("hex");
      if (await this.has(sha256)) {
        await file.close();
        await rm(temporary);
        return { sha256, bytes };
      }
      await file.sync();
      await file.close();
      const target = this.pathOf(sha256);
      await mkdir(dirname(target), { recursive: true });
      await rename(temporary, target);
      return { sha256, bytes };
    } catch (error) {
      await file.close().catch(() => {});
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async open(sha256: string): Promise<Readable> {
    const path = this.pathOf(sha256);
    if (!(await this.has(sha256))) throw new BlobMissingError(sha256);
    return createReadStream(path);
  }

  async read(sha256: string, maxBytes = 64 * 1024 * 1024): Promise<Buffer> {
    const size = await this.size(sha256);
    if (size > maxBytes) throw new RangeError(`blob ${sha256} has ${size} bytes, more than ${maxBytes}`);
    return this.readHead(sha256, size);
  }

  async readHead(sha256: string, bytes: number): Promise<Buffer> {
    const file = await open(this.pathOf(sha256), "r").catch((error: NodeJS.ErrnoException) => {
      throw error.code === "ENOENT" ? new BlobMissingError(sha256) : error;
    });
    try {
      const { size } = await file.stat();
      const buffer = Buffer.alloc(Math.min(size, bytes));
      let offset = 0;
      while (offset < buffer.length) {
        const { bytesRead } = await file.read(buffer, offset, buffer.length - offset, offset);
        if (bytesRead === 0) break;
        offset += bytesRead;
      }
      return buffer.subarray(0, offset);
    } finally {
      await file.close();
    }
  }

  async size(sha256: string): Promise<number> {
    return stat(this.pathOf(sha256)).then(
      (stats) => stats.size,
      (error: NodeJS.ErrnoException) => {
        throw error.code === "ENOENT" ? new BlobMissingError(sha256) : error;
      },
    );
  }
}

async function writeFully(
  file: { write(data: Uint8Array, offset: number, length: number): Promise<{ bytesWritten: number }> },
  chunk: Uint8Array,
): Promise<void> {
  let offset = 0;
  while (offset < chunk.length)
    offset += (await file.write(chunk, offset, chunk.length - offset)).bytesWritten;
}
