import { createHash, hash } from "node:crypto";
import type { BlobStore } from "../blobs/blob-store.ts";
import type { Tree, TreeEntry } from "../contracts/tree.ts";

type Blobs = Pick<BlobStore, "open" | "read">;
export type FileEntry = TreeEntry & { type: "file" };

/** Files up to this size are read whole and ahead of time. */
const SMALL_FILE = 256 * 1024;
const READ_AHEAD = 16;

/** A stored file is not what its tree says: the store is damaged. */
export class BlobDamagedError extends Error {
  constructor(entry: FileEntry) {
    super(`the stored content of ${entry.path} is not ${entry.sha256}`);
    this.name = "BlobDamagedError";
  }
}

export interface EntryContent {
  entry: TreeEntry;
  /** Empty but for files. Must be read to its end before the next entry is taken. */
  content: AsyncIterable<Buffer> | Iterable<Buffer>;
}

/**
 * Each entry with its bytes, in order. Small files are fetched up to 16 ahead, which hides the latency of a store;
 * large ones are streamed. At most 4 MiB are held.
 * @throws BlobMissingError or BlobDamagedError when the store does not have what the tree says
 */
export async function* treeContents(tree: Tree, blobs: Blobs): AsyncGenerator<EntryContent> {
  const ahead: Promise<Buffer | undefined>[] = [];
  let next = 0;
  for (const [index, entry] of tree.entries.entries()) {
    for (; next < tree.entries.length && next < index + READ_AHEAD; next++) {
      const small = readSmall(tree.entries[next]!, blobs);
      small.catch(() => {}); // It is reported when its turn comes.
      ahead.push(small);
    }
    const bytes = await ahead.shift();
    if (entry.type !== "file") yield { entry, content: [] };
    else yield { entry, content: bytes ? [bytes] : streamLarge(entry, blobs) };
  }
}

async function readSmall(entry: TreeEntry, blobs: Blobs): Promise<Buffer | undefined> {
  if (entry.type !== "file" || entry.size > SMALL_FILE) return undefined;
  const bytes = await blobs.read(entry.sha256);
  if (bytes.length !== entry.size || hash("sha256", bytes, "hex") !== entry.sha256)
    throw new BlobDamagedError(entry);
  return bytes;
}

async function* streamLarge(entry: FileEntry, blobs: Blobs): AsyncGenerator<Buffer> {
  const digest = createHash("sha256");
  let size = 0;
  for await (const chunk of (await blobs.open(entry.sha256)) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > entry.size) throw new BlobDamagedError(entry);
    digest.update(chunk);
    yield chunk;
  }
  if (size !== entry.size || digest.digest("hex") !== entry.sha256) throw new BlobDamagedError(entry);
}
