import type { BlobStore } from "../../shared/blobs/blob-store.ts";
import { Tree } from "../../shared/contracts/tree.ts";

/** A workspace of 300,000 files has a tree of about this size. */
const MAX_TREE_BYTES = 128 * 1024 * 1024;

/** Reads trees from the blob store, keeping the most recently used: they never change. */
export class TreeReader {
  readonly #blobs: BlobStore;
  readonly #capacity: number;
  /** In order of use, the oldest first. Promises, so that two readers at once parse once. */
  readonly #trees = new Map<string, Promise<Tree>>();

  /** @param capacity how many trees to keep. */
  constructor(blobs: BlobStore, capacity = 32) {
    this.#blobs = blobs;
    this.#capacity = capacity;
  }

  read(sha256: string): Promise<Tree> {
    const tree = this.#trees.get(sha256) ?? this.#load(sha256);
    this.#trees.delete(sha256);
    this.#trees.set(sha256, tree);
    if (this.#trees.size > this.#capacity) this.#trees.delete(this.#trees.keys().next().value!);
    return tree;
  }

  #load(sha256: string): Promise<Tree> {
    const tree = this.#blobs
      .read(sha256, MAX_TREE_BYTES)
      .then((bytes) => Tree.parse(JSON.parse(bytes.toString("utf8"))));
    tree.catch(() => this.#trees.delete(sha256));
    return tree;
  }
}
