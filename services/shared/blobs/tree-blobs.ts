import { Readable } from "node:stream";
import { treeJson } from "../archive/tree-json.ts";
import { assertTreeShape } from "../archive/tree-shape.ts";
import { Tree } from "../contracts/tree.ts";
import type { BlobStore } from "./blob-store.ts";

/** Longest JSON of a tree that is read back; a capture keeps trees below half of it. */
const MAX_TREE_JSON_BYTES = 256 * 1024 * 1024;

/** Stores a tree's JSON as a blob. @returns its digest: equal trees have equal digests. */
export async function writeTree(tree: Tree, blobs: Pick<BlobStore, "write">): Promise<string> {
  const { sha256 } = await blobs.write(Readable.from(treeJson(tree), { objectMode: false }));
  return sha256;
}

/** @throws BlobMissingError, ZodError or TreeShapeError when the blob is not a tree */
export async function readTree(sha256: string, blobs: Pick<BlobStore, "read">): Promise<Tree> {
  const json = await blobs.read(sha256, MAX_TREE_JSON_BYTES);
  const tree = Tree.parse(JSON.parse(json.toString("utf8")));
  assertTreeShape(tree);
  return tree;
}
