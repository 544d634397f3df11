import type { z } from "zod";
import type { SubmissionEntry, SubmissionTreeView } from "../../shared/contracts/review.ts";
import type { Tree, TreeEntry } from "../../shared/contracts/tree.ts";
import { isGitInternal } from "../../shared/domain/blind.ts";
import type { Redactor } from "../records/blind-identity.ts";

const LISTED_ENTRIES = 20_000;

/** A file or symlink, with its place in its tree. */
type Shown = { index: number; entry: Exclude<TreeEntry, { type: "directory" }> };

/** What changed between the starter files and the submission. Pure. */
export function presentTree(tree: Tree, starter: Tree, redact: Redactor): z.infer<typeof SubmissionTreeView> {
  const before = shownEntries(starter);
  const after = shownEntries(tree);
  const present = [...after].map(([key, shown]) => presentEntry(shown, before.get(key), redact));
  const deleted = [...before]
    .filter(([key]) => !after.has(key))
    .map(([, shown]) => presentDeleted(shown, redact));
  const entries = [...present, ...deleted].sort(byPath);
  return {
    entries: entries.slice(0, LISTED_ENTRIES),
    omitted: tree.omitted
      .filter((omission) => !isGitInternal(omission.path))
      .slice(0, LISTED_ENTRIES)
      .map(({ path, reason }) => ({ path: redact(path).text, reason })),
    hiddenGitFiles: tree.entries.filter((entry) => entry.type !== "directory" && isGitInternal(entry.path))
      .length,
    truncated: entries.length > LISTED_ENTRIES,
  };
}

/** By exact name: two names that are not valid UTF-8 may look the same. */
function shownEntries(tree: Tree): Map<string, Shown> {
  const shown = new Map<string, Shown>();
  tree.entries.forEach((entry, index) => {
    if (entry.type === "directory" || isGitInternal(entry.path)) return;
    shown.set(entry.pathBase64 === undefined ? `t${entry.path}` : `b${entry.pathBase64}`, { index, entry });
  });
  return shown;
}

function presentEntry(
  { index, entry }: Shown,
  before: Shown | undefined,
  redact: Redactor,
): z.infer<typeof SubmissionEntry> {
  const change = before === undefined ? "added" : isSame(entry, before.entry) ? "unchanged" : "modified";
  return { ...describe(entry, redact), index, change, starterIndex: before?.index ?? null };
}

function presentDeleted({ index, entry }: Shown, redact: Redactor): z.infer<typeof SubmissionEntry> {
  return { ...describe(entry, redact), index, change: "deleted", starterIndex: index };
}

function describe(entry: Shown["entry"], redact: Redactor) {
  return {
    path: redact(entry.path).text,
    type: entry.type,
    size: entry.type === "file" ? entry.size : Buffer.byteLength(entry.target),
  };
}

function isSame(left: Shown["entry"], right: Shown["entry"]): boolean {
  if (left.type === "file") return right.type === "file" && left.sha256 === right.sha256;
  return right.type === "symlink" && left.target === right.target && left.targetBase64 === right.targetBase64;
}

function byPath(left: { path: string }, right: { path: string }): number {
  return left.path < right.path ? -1 : left.path > right.path ? 1 : 0;
}
