import { nameLatin1 } from "../../shared/archive/byte-names.ts";
import type { Tree, TreeEntry } from "../../shared/contracts/tree.ts";

/** Entries added, removed, or changed in anything but their date; directories' dates change with every file. */
export function countChanges(before: Tree | undefined, after: Tree): number {
  const old = before?.entries ?? [];
  let changes = 0;
  let index = 0;
  for (const entry of after.entries) {
    const path = nameLatin1(entry);
    while (index < old.length && nameLatin1(old[index]!) < path) {
      changes++;
      index++;
    }
    const counterpart = old[index];
    if (!counterpart || nameLatin1(counterpart) !== path) changes++;
    else {
      if (fingerprint(counterpart) !== fingerprint(entry)) changes++;
      index++;
    }
  }
  return changes + old.length - index;
}

function fingerprint(entry: TreeEntry): string {
  if (entry.type === "file") return `file ${entry.mode} ${entry.sha256}`;
  if (entry.type === "symlink") return `symlink ${entry.targetBase64 ?? entry.target}`;
  return `directory ${entry.mode}`;
}
