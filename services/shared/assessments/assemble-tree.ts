import { nameLatin1 } from "../archive/byte-names.ts";
import { DATE_OF_ALL_MS } from "../archive/fixed-date.ts";
import type { BlobStore } from "../blobs/blob-store.ts";
import { writeTree } from "../blobs/tree-blobs.ts";
import type { InlineFile } from "../contracts/assessment-draft.ts";
import type { Tree, TreeEntry } from "../contracts/tree.ts";

/** A file of the composer cannot be where a folder (or something else) of the source is. */
export class TreeClashError extends Error {
  readonly path: string;
  constructor(path: string, found: TreeEntry) {
    super(`${path} cannot be written: ${found.path} is a ${found.type}`);
    this.name = "TreeClashError";
    this.path = path;
  }
}

/**
 * Stores a tree with text files laid over it; a file of the same path is replaced. Equal input gives equal trees.
 * @returns the digest of the tree
 * @throws TreeClashError
 */
export async function assembleTree(
  base: Tree | null,
  files: readonly InlineFile[],
  blobs: Pick<BlobStore, "write" | "batch">,
): Promise<string> {
  const entries = new Map((base?.entries ?? []).map((entry) => [nameLatin1(entry), entry]));
  const batch = blobs.batch();
  try {
    for (const file of files) {
      addParents(entries, file.path);
      const found = entries.get(nameLatin1(file));
      if (found && found.type !== "file") throw new TreeClashError(file.path, found);
      const { sha256, bytes } = await batch.write(Buffer.from(file.text, "utf8"));
      entries.set(nameLatin1(file), {
        type: "file",
        path: file.path,
        mode: found?.mode ?? 0o644,
        mtimeMs: DATE_OF_ALL_MS,
        size: bytes,
        sha256,
      });
    }
    await batch.commit();
  } finally {
    await batch.discard();
  }
  return writeTree({ format: "worksample-tree-1", entries: inByteOrder(entries), omitted: [] }, blobs);
}

/** Adds the directories above a path that are not there. @throws TreeClashError */
export function addParents(entries: Map<string, TreeEntry>, path: string): void {
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    const directory: TreeEntry = {
      type: "directory",
      path: path.slice(0, slash),
      mode: 0o755,
      mtimeMs: DATE_OF_ALL_MS,
    };
    const found = entries.get(nameLatin1(directory));
    if (found && found.type !== "directory") throw new TreeClashError(path, found);
    if (!found) entries.set(nameLatin1(directory), directory);
  }
}

/** Entries as a tree lists them. */
export function inByteOrder(entries: ReadonlyMap<string, TreeEntry>): TreeEntry[] {
  return [...entries].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, entry]) => entry);
}
