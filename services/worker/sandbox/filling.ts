import { nameBytes } from "../../shared/archive/byte-names.ts";
import type { SandboxLimits } from "../../shared/contracts/assessment.ts";
import type { Tree } from "../../shared/contracts/tree.ts";

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
  const entries = tree.entries.filter((entry) => nameBytes(entry).length <= LONGEST_PATH_BYTES);
  const bytes = entries.reduce((sum, entry) => sum + (entry.type === "file" ? entry.size : 0), 0);
  const forEntries = (entries.length * BYTES_PER_ENTRY) / MIB;
  return {
    tree: { ...tree, entries },
    volumeMib: Math.ceil(Math.max(limits.diskMib, bytes / MIB / USABLE, forEntries)),
  };
}
