import { posix } from "node:path";
import { nameBytes, nameLatin1, nameOfLatin1 } from "../../shared/archive/byte-names.ts";
import { targetBytes } from "../../shared/archive/tree-shape.ts";
import type { SandboxLimits } from "../../shared/contracts/assessment.ts";
import type { Tree, TreeEntry } from "../../shared/contracts/tree.ts";
import { INSIDE } from "../../shared/sandbox/layout.ts";

const MIB = 1024 * 1024;
/** Longer ones can be made step by step, but not unpacked by path; Linux's limit is 4096 with the mount point. */
const LONGEST_PATH_BYTES = 3900;
/** Of a volume; the rest is its own bookkeeping. */
const USABLE = 0.8;
const BYTES_PER_ENTRY = 8192 * 1.1;

export interface Filling {
  /** What can be unpacked of it. */
  tree: Tree;
  volumeMib: number;
}

/**
 * How a workspace is filled with a tree. What was sparse or hard-linked takes more room unpacked than it did; a
 * save that the candidate could make must also be one that can be brought back, so the volume grows by that.
 */
export function fillingOf(tree: Tree, limits: Pick<SandboxLimits, "diskMib">): Filling {
  const entries = tree.entries
    .filter((entry) => nameBytes(entry).length <= LONGEST_PATH_BYTES)
    .map(withTargetThatUnpacks);
  const bytes = entries.reduce((sum, entry) => sum + (entry.type === "file" ? entry.size : 0), 0);
  const forEntries = (entries.length * BYTES_PER_ENTRY) / MIB;
  return {
    tree: { ...tree, entries },
    volumeMib: Math.ceil(Math.max(limits.diskMib, bytes / MIB / USABLE, forEntries)),
  };
}

/**
 * The engine unpacks no relative symlink that leads out of the directory it unpacks in, as one to `../datasets`
 * does. An absolute one that leads to the same place it unpacks; the sandbox confines both.
 */
function withTargetThatUnpacks(entry: TreeEntry): TreeEntry {
  if (entry.type !== "symlink") return entry;
  const target = targetBytes(entry).toString("latin1");
  if (target.startsWith("/")) return entry;
  const absolute = posix.join(INSIDE.workspace, posix.dirname(nameLatin1(entry)), target);
  if (`${absolute}/`.startsWith(`${INSIDE.workspace}/`)) return entry;
  const { path, pathBase64 } = nameOfLatin1(absolute);
  return { ...entry, target: path, ...(pathBase64 === undefined ? {} : { targetBase64: pathBase64 }) };
}
