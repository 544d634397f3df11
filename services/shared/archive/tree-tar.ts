import { Readable } from "node:stream";
import type { BlobStore } from "../blobs/blob-store.ts";
import type { Tree, TreeEntry } from "../contracts/tree.ts";
import { SANDBOX_UID } from "../sandbox/layout.ts";
import { nameBytes } from "./byte-names.ts";
import { gatherChunks } from "./gather-chunks.ts";
import { END_OF_TAR, paddingOf, tarHeader } from "./tar-format.ts";
import { treeContents } from "./tree-contents.ts";
import { assertTreeShape, targetBytes } from "./tree-shape.ts";

/**
 * A tree as an uncompressed tar, owned by the sandbox's user, to be unpacked into a fresh workspace.
 * Nothing in it lies outside of the directory it is unpacked in, or behind a symlink.
 * @throws TreeShapeError; the stream fails with BlobMissingError or BlobDamagedError
 */
export function materialiseTree({ tree, blobs }: { tree: Tree; blobs: BlobStore }): Readable {
  assertTreeShape(tree);
  return Readable.from(gatherChunks(treeAsTar(tree, blobs)), { objectMode: false });
}

async function* treeAsTar(tree: Tree, blobs: BlobStore): AsyncGenerator<Buffer> {
  yield* tarEntries(tree, blobs, "");
  yield END_OF_TAR;
}

/** Headers, contents and padding of all entries, each path after `prefix`. */
export async function* tarEntries(
  tree: Tree,
  blobs: Pick<BlobStore, "open" | "read">,
  prefix: string,
): AsyncGenerator<Buffer> {
  for await (const { entry, content } of treeContents(tree, blobs)) {
    yield entryHeader(entry, prefix);
    yield* content;
    if (entry.type === "file") yield paddingOf(entry.size);
  }
}

/** The tar header of a tree's entry. */
export function entryHeader(entry: TreeEntry, prefix: string): Buffer {
  return tarHeader({
    type: entry.type,
    path: Buffer.concat([Buffer.from(prefix), nameBytes(entry)]),
    mode: entry.mode,
    mtimeMs: entry.mtimeMs,
    owner: SANDBOX_UID,
    ...(entry.type === "file" ? { size: entry.size } : {}),
    ...(entry.type === "symlink" ? { target: targetBytes(entry) } : {}),
  });
}
