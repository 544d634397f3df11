import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Omission, type Tree, TreeEntry } from "../contracts/tree.ts";

const ITEMS_PER_CHUNK = 500;

/**
 * The one JSON spelling of a tree, in pieces, because a tree of 300,000 files is too long to make at once without
 * holding up everything else. Joined, it is what `JSON.stringify` gives for a tree with its keys in schema order.
 */
export function* treeJson(tree: Tree): Generator<Buffer> {
  yield Buffer.from(`{"format":${JSON.stringify(tree.format)},`);
  yield* treeMembersJson(tree);
  yield Buffer.from("}");
}

/** `"entries":[…],"omitted":[…]`, to be put into an object. */
export function* treeMembersJson(tree: Pick<Tree, "entries" | "omitted">): Generator<Buffer> {
  yield Buffer.from('"entries":[');
  yield* itemsJson(tree.entries, TreeEntry);
  yield Buffer.from('],"omitted":[');
  yield* itemsJson(tree.omitted, Omission);
  yield Buffer.from("]");
}

export interface Measured {
  bytes: number;
  sha256: string;
}

/** Size and digest of a long text in pieces; lets other work run between the pieces. */
export async function measureChunks(chunks: Iterable<Buffer>): Promise<Measured> {
  const digest = createHash("sha256");
  let bytes = 0;
  for (const chunk of chunks) {
    digest.update(chunk);
    bytes += chunk.length;
    await nextTurn();
  }
  return { bytes, sha256: digest.digest("hex") };
}

/** Digest under which a tree's JSON is stored. */
export async function treeSha256(tree: Tree): Promise<string> {
  return (await measureChunks(treeJson(tree))).sha256;
}

/** Parsing puts keys into schema order and refuses what could not be read back. */
function* itemsJson(items: readonly unknown[], schema: { parse(item: unknown): unknown }): Generator<Buffer> {
  for (let start = 0; start < items.length; start += ITEMS_PER_CHUNK) {
    const texts = items
      .slice(start, start + ITEMS_PER_CHUNK)
      .map((item) => JSON.stringify(schema.parse(item)));
    yield Buffer.from((start === 0 ? "" : ",") + texts.join(","));
  }
}
