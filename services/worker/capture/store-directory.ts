import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { nameLatin1, nameOf } from "../../shared/archive/byte-names.ts";
import { DATE_OF_ALL_MS } from "../../shared/archive/fixed-date.ts";
import type { BlobStore } from "../../shared/blobs/blob-store.ts";
import type { Tree, TreeEntry } from "../../shared/contracts/tree.ts";

/**
 * Stores a directory of our own, such as a starter, as a tree. Equal files give equal trees on every machine: dates
 * are fixed, modes are 755 or 644. For what a candidate could have touched use captureTree.
 * @throws Error when there is anything but files and directories in it
 */
export async function storeDirectoryAsTree(
  directory: string,
  blobs: Pick<BlobStore, "batch">,
): Promise<Tree> {
  const batch = blobs.batch();
  try {
    const entries: TreeEntry[] = [];
    for (const found of await readdir(directory, { withFileTypes: true, recursive: true })) {
      const path = join(found.parentPath, found.name);
      const common = {
        ...nameOf(Buffer.from(path.slice(join(directory, "/").length))),
        mtimeMs: DATE_OF_ALL_MS,
      };
      if (found.isDirectory()) {
        entries.push({ type: "directory", ...common, mode: 0o755 });
      } else if (found.isFile()) {
        const { sha256, bytes } = await batch.write(createReadStream(path));
        const mode = (await stat(path)).mode & 0o111 ? 0o755 : 0o644;
        entries.push({ type: "file", ...common, mode, size: bytes, sha256 });
      } else {
        throw new Error(`${path} is neither a file nor a directory`);
      }
    }
    await batch.commit();
    entries.sort((a, b) => (nameLatin1(a) < nameLatin1(b) ? -1 : 1));
    return { format: "worksample-tree-1", entries, omitted: [] };
  } finally {
    await batch.discard();
  }
}
