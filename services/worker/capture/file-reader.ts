import { type BigIntStats, fstatSync, read, readSync } from "node:fs";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import type { BlobBatch } from "../../shared/blobs/blob-store.ts";
import { openNameBeneath, reopenForReading, withDescriptor } from "./beneath.ts";
import { asWorkspaceError, readingWorkspace } from "./workspace-read-error.ts";

const readAsync = promisify(read);

/** Up to this size a file is read and stored in one synchronous step, which is far faster than going async. */
const SMALL_FILE = 128 * 1024;
const CHUNK = 256 * 1024;

/** A file opened for reading whose facts are of the very inode that is open. */
export interface OpenedFile {
  descriptor: number;
  stats: BigIntStats;
}

/**
 * Opens a regular file without ever opening anything else: it is named first, looked at, and only then opened.
 * @returns undefined when it is not a regular file. @throws WorkspaceReadError
 */
export function openRegularFile(directory: number, name: string): OpenedFile | undefined {
  return withDescriptor(openNameBeneath(directory, name), (named) => {
    const stats = fstatSync(named, { bigint: true });
    return stats.isFile() ? { descriptor: reopenForReading(named), stats } : undefined;
  });
}

/**
 * Stores the first `stats.size` bytes, or fewer when it is cut meanwhile: a file that grows as fast as it is read
 * must come to an end. @returns digest and size of what was stored
 * @throws WorkspaceReadError, or the error of the store
 */
export async function storeFile(
  { descriptor, stats }: OpenedFile,
  batch: Pick<BlobBatch, "write">,
): Promise<{ sha256: string; bytes: number }> {
  const size = Number(stats.size);
  if (size <= SMALL_FILE) return batch.write(readWhole(descriptor, size));
  return batch.write(Readable.from(readChunks(descriptor, size), { objectMode: false }));
}

function readWhole(descriptor: number, size: number): Buffer {
  const buffer = Buffer.allocUnsafe(size);
  let offset = 0;
  while (offset < size) {
    const bytesRead = readingWorkspace(() => readSync(descriptor, buffer, offset, size - offset, offset));
    if (bytesRead === 0) break;
    offset += bytesRead;
  }
  return buffer.subarray(0, offset);
}

async function* readChunks(descriptor: number, size: number): AsyncGenerator<Buffer> {
  let offset = 0;
  while (offset < size) {
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK, size - offset));
    const { bytesRead } = await readAsync(descriptor, buffer, 0, buffer.length, offset).catch((error) => {
      throw asWorkspaceError(error);
    });
    if (bytesRead === 0) return;
    offset += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
