import type { z } from "zod";
import type { FileChange, SubmissionEntry } from "../../shared/contracts/review.ts";

export type Change = z.infer<typeof FileChange>;

export interface FileNode {
  kind: "file";
  key: string;
  name: string;
  entry: SubmissionEntry;
}

export interface FolderNode {
  kind: "folder";
  /** The folder's path behind a `d:`, so that a file and a folder of one name can live side by side. */
  key: string;
  /** Several segments when the folders between hold nothing else, for example `src/main`. */
  name: string;
  children: TreeNode[];
  /** Files below that are not `unchanged`. */
  changedCount: number;
}

export type TreeNode = FileNode | FolderNode;

export interface TreeFilter {
  /** Part of the path, in any case; empty keeps everything. */
  name: string;
  hideUnchanged: boolean;
}

interface Draft {
  path: string;
  folders: Map<string, Draft>;
  files: FileNode[];
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Deleted files are numbered among the starter's, so their key says so; it also stands in the page's address. */
export const fileKey = ({ index, change }: Pick<SubmissionEntry, "index" | "change">) =>
  change === "deleted" ? `starter-${index}` : String(index);

export function filterEntries(entries: readonly SubmissionEntry[], filter: TreeFilter): SubmissionEntry[] {
  const needle = filter.name.trim().toLowerCase();
  return entries.filter(
    (entry) =>
      !(filter.hideUnchanged && entry.change === "unchanged") &&
      (needle === "" || entry.path.toLowerCase().includes(needle)),
  );
}

/** Flat paths to a tree: folders first, names in natural order, chains of lone folders joined. */
export function buildTree(entries: readonly SubmissionEntry[]): TreeNode[] {
  const root: Draft = { path: "", folders: new Map(), files: [] };
  for (const entry of entries) {
    const segments = entry.path.split("/").filter((segment) => segment !== "");
    const name = segments.pop() ?? entry.path;
    let folder = root;
    for (const segment of segments) folder = enter(folder, segment);
    folder.files.push({ kind: "file", key: fileKey(entry), name, entry });
  }
  return childrenOf(root);
}

function enter(parent: Draft, segment: string): Draft {
  let folder = parent.folders.get(segment);
  if (!folder) {
    folder = {
      path: parent.path === "" ? segment : `${parent.path}/${segment}`,
      folders: new Map(),
      files: [],
    };
    parent.folders.set(segment, folder);
  }
  return folder;
}

function childrenOf(draft: Draft): TreeNode[] {
  const folders = [...draft.folders].map(([name, child]) => toFolder(name, child));
  folders.sort((a, b) => collator.compare(a.name, b.name));
  const files = draft.files.toSorted((a, b) => collator.compare(a.name, b.name));
  return [...folders, ...files];
}

function toFolder(name: string, draft: Draft): FolderNode {
  let joined = name;
  let last = draft;
  while (last.files.length === 0 && last.folders.size === 1) {
    const [[childName, child]] = last.folders as unknown as [[string, Draft]];
    joined += `/${childName}`;
    last = child;
  }
  const children = childrenOf(last);
  return {
    kind: "folder",
    key: `d:${last.path}`,
    name: joined,
    children,
    changedCount: countChanged(children),
  };
}

function countChanged(nodes: readonly TreeNode[]): number {
  return nodes.reduce(
    (sum, node) =>
      sum + (node.kind === "folder" ? node.changedCount : node.entry.change === "unchanged" ? 0 : 1),
    0,
  );
}

export interface TreeRow {
  node: TreeNode;
  /** 1 for the top level, as `aria-level` counts. */
  level: number;
  position: number;
  setSize: number;
  parentKey: string | null;
}

/** The rows that are on screen when the folders of `collapsed` are shut. */
export function visibleRows(nodes: readonly TreeNode[], collapsed: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (siblings: readonly TreeNode[], level: number, parentKey: string | null) => {
    siblings.forEach((node, at) => {
      rows.push({ node, level, position: at + 1, setSize: siblings.length, parentKey });
      if (node.kind === "folder" && !collapsed.has(node.key)) visit(node.children, level + 1, node.key);
    });
  };
  visit(nodes, 1, null);
  return rows;
}

/** All files in the order the tree shows them, shut folders included: what j and k walk through. */
export function filesInOrder(nodes: readonly TreeNode[]): SubmissionEntry[] {
  return nodes.flatMap((node) => (node.kind === "file" ? [node.entry] : filesInOrder(node.children)));
}

/** Folders whose files a program wrote: what was installed, and what was compiled. */
const INSTALLED = new Set(["node_modules", "site-packages", ".venv", "venv", "__pycache__"]);
const isInstalled = (path: string) => path.split("/").some((segment) => INSTALLED.has(segment));

/** Folders that start shut: installed ones and, in a large submission, those in which the candidate changed nothing. */
export function initiallyCollapsed(nodes: readonly TreeNode[], fileCount: number): Set<string> {
  const collapsed = new Set<string>();
  const isLarge = fileCount > 60;
  const visit = (siblings: readonly TreeNode[]) => {
    for (const node of siblings) {
      if (node.kind !== "folder") continue;
      if ((isLarge && node.changedCount === 0) || isInstalled(node.key.slice(2))) collapsed.add(node.key);
      visit(node.children);
    }
  };
  visit(nodes);
  return collapsed;
}

/** What to open first: the candidate's notes or README, else the first file of theirs that was touched, else the first. */
export function firstFileToRead(nodes: readonly TreeNode[]): SubmissionEntry | null {
  const files = filesInOrder(nodes);
  const touched = files.filter((entry) => entry.change === "added" || entry.change === "modified");
  const named = (name: RegExp) => touched.find((entry) => name.test(entry.path));
  const own = touched.find((entry) => !isInstalled(entry.path));
  return named(/^notes(\.|$)/i) ?? named(/^readme(\.|$)/i) ?? own ?? touched[0] ?? files[0] ?? null;
}

export function countChanges(entries: readonly SubmissionEntry[]): Record<Change, number> {
  const counts: Record<Change, number> = { added: 0, modified: 0, unchanged: 0, deleted: 0 };
  for (const entry of entries) counts[entry.change] += 1;
  return counts;
}
