import { nameOfLatin1 } from "../../shared/archive/byte-names.ts";
import type { Omission, OmissionReason, Tree, TreeEntry } from "../../shared/contracts/tree.ts";

/**
 * Collects a tree as long as its JSON stays within a limit: a path may be a hundred kilobytes long, and there may
 * be 300,000 of them. What would exceed it is noted as `too_many_files`, once, and then the tree is full.
 */
export class TreeRecorder {
  readonly tree: Tree = { format: "worksample-tree-1", entries: [], omitted: [] };
  #bytesLeft: number;
  #isFull = false;

  constructor(maxTreeBytes: number) {
    this.#bytesLeft = maxTreeBytes;
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  keep(entry: TreeEntry): void {
    if (this.#fits(entry)) this.tree.entries.push(entry);
  }

  /** @param path one character per byte */
  omit(path: string, reason: OmissionReason, size?: number): void {
    const omission = { ...nameOfLatin1(path), reason, ...(size === undefined ? {} : { size }) };
    if (this.#fits(omission)) this.tree.omitted.push(omission);
  }

  #fits(item: TreeEntry | Omission): boolean {
    if (this.#isFull) return false;
    this.#bytesLeft -= Buffer.byteLength(JSON.stringify(item)) + 1;
    if (this.#bytesLeft >= 0) return true;
    this.#isFull = true;
    const { path, pathBase64 } = item;
    const name = pathBase64 === undefined ? { path } : { path, pathBase64 };
    this.tree.omitted.push({ ...name, reason: "too_many_files" });
    return false;
  }
}
