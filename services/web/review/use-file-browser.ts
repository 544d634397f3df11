import { useMemo, useState } from "react";
import type { SubmissionEntry, SubmissionTreeView } from "../../shared/contracts/review.ts";
import {
  buildTree,
  fileKey,
  filesInOrder,
  filterEntries,
  firstFileToRead,
  initiallyCollapsed,
  type TreeFilter,
} from "./file-tree.ts";

/** Which files there are, which of them are in sight, and which one is open. */
export function useFileBrowser(tree: SubmissionTreeView, openKey: string | null) {
  const whole = useMemo(() => buildTree(tree.entries), [tree.entries]);
  const [filter, setFilter] = useState<TreeFilter>({ name: "", hideUnchanged: false });
  const [shut, setShut] = useState<ReadonlySet<string>>(() => initiallyCollapsed(whole, tree.entries.length));
  const isFiltering = filter.name.trim() !== "";
  const nodes = useMemo(() => buildTree(filterEntries(tree.entries, filter)), [tree.entries, filter]);
  const byKey = useMemo(() => new Map(tree.entries.map((entry) => [fileKey(entry), entry])), [tree.entries]);
  const byPath = useMemo(() => pathIndex(tree.entries), [tree.entries]);
  const paths = useMemo(() => new Set(byPath.keys()), [byPath]);
  const open: SubmissionEntry | null =
    (openKey === null ? undefined : byKey.get(openKey)) ?? firstFileToRead(whole);
  const inOrder = useMemo(() => filesInOrder(nodes), [nodes]);

  /** The file after (1) or before (-1) the open one, as the tree shows them; null at either end. */
  const neighbour = (step: 1 | -1): SubmissionEntry | null => {
    const at = open ? inOrder.indexOf(open) : -1;
    return at === -1 ? (inOrder[0] ?? null) : (inOrder[at + step] ?? null);
  };
  return {
    nodes,
    filter,
    setFilter,
    // While a filter is on, everything it found is in sight.
    collapsed: isFiltering ? NONE : shut,
    setCollapsed: setShut,
    open,
    byKey,
    byPath,
    paths,
    neighbour,
  };
}

const NONE: ReadonlySet<string> = new Set();

/** A path can name a deleted file and a new one; the one that is there wins. */
function pathIndex(entries: readonly SubmissionEntry[]): Map<string, SubmissionEntry> {
  const index = new Map<string, SubmissionEntry>();
  for (const entry of entries) {
    if (entry.change !== "deleted" || !index.has(entry.path)) index.set(entry.path, entry);
  }
  return index;
}
