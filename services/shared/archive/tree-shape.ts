import type { Tree, TreeEntry } from "../contracts/tree.ts";
import { type ByteName, isCanonicalName, nameBytes, nameLatin1 } from "./byte-names.ts";

/** A tree that could write outside of where it is unpacked, or that is not the one spelling of its content. */
export class TreeShapeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TreeShapeError";
  }
}

/**
 * Checks what a schema cannot: entries are in strict byte order (so none is double), no path leaves the root,
 * every parent is a directory of the tree (so nothing is written through a symlink), and names are canonical.
 * @throws TreeShapeError
 */
export function assertTreeShape(tree: Tree): void {
  const directories = new Set<string>();
  let previous = "";
  for (const entry of tree.entries) {
    const path = checkedPath(entry);
    if (path <= previous) throw new TreeShapeError(`not in byte order, or twice: ${entry.path}`);
    const slash = path.lastIndexOf("/");
    if (slash !== -1 && !directories.has(path.slice(0, slash)))
      throw new TreeShapeError(`not inside a directory of this tree: ${entry.path}`);
    if (entry.type === "directory") directories.add(path);
    if (entry.type === "symlink") checkTarget(entry);
    previous = path;
  }
  for (const omission of tree.omitted) checkedPath(omission);
}

/** Bytes of where a symlink points to. */
export function targetBytes(entry: TreeEntry & { type: "symlink" }): Buffer {
  return nameBytes(targetName(entry));
}

function targetName(entry: TreeEntry & { type: "symlink" }): ByteName {
  return { path: entry.target, pathBase64: entry.targetBase64 };
}

function checkedPath(name: ByteName): string {
  if (!isCanonicalName(name)) throw new TreeShapeError(`not the canonical spelling of a name: ${name.path}`);
  const path = nameLatin1(name);
  if (path.includes("\0")) throw new TreeShapeError("a path holds a NUL byte");
  if (`/${path}/`.includes("//")) throw new TreeShapeError(`an empty or absolute path: ${name.path}`);
  if (/(^|\/)\.\.?(\/|$)/.test(path)) throw new TreeShapeError(`a path with . or ..: ${name.path}`);
  return path;
}

function checkTarget(entry: TreeEntry & { type: "symlink" }): void {
  const name = targetName(entry);
  if (!isCanonicalName(name) || entry.target === "" || nameLatin1(name).includes("\0"))
    throw new TreeShapeError(`not a symlink's target: ${entry.path}`);
}
