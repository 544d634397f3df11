import { closeSync } from "node:fs";
import {
  type FileIdentity,
  identityOf,
  listNames,
  openDirectoryBeneath,
  openParent,
  openRoot,
} from "./beneath.ts";
import { WorkspaceReadError } from "./workspace-read-error.ts";

/**
 * The uppermost and the innermost directories are held open. Those between are closed while the walk is further
 * down, and found again through `..`.
 */
const OPEN_AT_TOP = 16;
const OPEN_AT_BOTTOM = 16;

interface Level {
  /** Undefined while closed. */
  descriptor: number | undefined;
  identity: FileIdentity;
  /** Path of the directory with a trailing slash; empty for the root. */
  prefix: string;
  /** Still to be visited, in reverse byte order. */
  names: string[];
  /** Subdirectories seen and not yet entered, the next one last. */
  subdirectories: string[];
}

export interface WalkedName {
  /** Descriptor of the directory that holds it. */
  directory: number;
  name: string;
  /** Relative to the root, one character per byte. */
  path: string;
}

/**
 * `too_many_files`: names that are not visited because `maxNames` is used up, the first of each directory concerned.
 * `unreadable`: a directory that cannot be read, or is moved about meanwhile.
 */
export type ReportProblem = (
  path: string,
  reason: "too_many_files" | "unreadable" | "other_filesystem",
) => void;

/**
 * Visits all names below a directory, in byte order of their paths, while somebody may be changing everything below
 * it. It never leaves the file system of the root, and never follows a symlink. It uses no recursion, no paths
 * longer than one component, and a bounded number of descriptors, so no depth is too deep. Everything is
 * synchronous.
 *
 * Byte order of paths has `a-b` before `a/c`, so a subdirectory waits until the names between are done.
 */
export class DirectoryWalk {
  readonly #levels: Level[] = [];
  readonly #report: ReportProblem;
  readonly device: bigint;
  #namesLeft: number;

  /** @param root a directory of the host's own; its parents must be, too. */
  constructor(root: string, maxNames: number, report: ReportProblem, skipInRoot: readonly string[] = []) {
    this.#report = report;
    this.#namesLeft = maxNames;
    const descriptor = openRoot(root);
    this.device = identityOf(descriptor).device;
    this.#enter(descriptor, "", skipInRoot);
  }

  next(): WalkedName | undefined {
    for (let level = this.#levels.at(-1); level; level = this.#levels.at(-1)) {
      const name = level.names.at(-1);
      const subdirectory = level.subdirectories.at(-1);
      if (subdirectory !== undefined && (name === undefined || `${subdirectory}/` < name)) {
        level.subdirectories.pop();
        this.#descend(level, subdirectory);
      } else if (name !== undefined) {
        level.names.pop();
        return { directory: level.descriptor!, name, path: level.prefix + name };
      } else {
        this.#ascend();
      }
    }
    return undefined;
  }

  /** Says that the name `next` gave last is a directory whose names are to be visited as well. */
  descendInto(walked: WalkedName): void {
    this.#levels.at(-1)!.subdirectories.push(walked.name);
  }

  close(): void {
    for (const level of this.#levels) if (level.descriptor !== undefined) closeSync(level.descriptor);
    this.#levels.length = 0;
  }

  #descend(level: Level, name: string): void {
    const path = level.prefix + name;
    let descriptor: number;
    try {
      descriptor = openDirectoryBeneath(level.descriptor!, name);
    } catch (error) {
      this.#reportError(error, path);
      return;
    }
    if (identityOf(descriptor).device === this.device) {
      this.#enter(descriptor, `${path}/`);
    } else {
      closeSync(descriptor);
      this.#report(path, "other_filesystem");
    }
  }

  #enter(descriptor: number, prefix: string, skip: readonly string[] = []): void {
    let names: string[] = [];
    try {
      const listed = listNames(descriptor, this.#namesLeft);
      names = listed.names.filter((name) => !skip.includes(name)).reverse();
      if (listed.oneMore !== undefined) this.#report(prefix + listed.oneMore, "too_many_files");
    } catch (error) {
      if (prefix === "") throw error;
      this.#reportError(error, prefix.slice(0, -1));
    }
    this.#namesLeft -= names.length;
    this.#levels.push({ descriptor, identity: identityOf(descriptor), prefix, names, subdirectories: [] });
    const between = this.#levels[this.#levels.length - 1 - OPEN_AT_BOTTOM];
    if (!between || this.#levels.length <= OPEN_AT_TOP + OPEN_AT_BOTTOM) return;
    if (between.descriptor !== undefined) closeSync(between.descriptor);
    between.descriptor = undefined;
  }

  /** A directory removed or replaced since it was visited has nothing left to keep. */
  #reportError(error: unknown, path: string): void {
    if (!(error instanceof WorkspaceReadError)) throw error;
    if (error.kind === "unreadable") this.#report(path, "unreadable");
  }

  #ascend(): void {
    const left = this.#levels.pop()!;
    const level = this.#levels.at(-1);
    if (level && level.descriptor === undefined) this.#reopen(level, left.descriptor!);
    closeSync(left.descriptor!);
  }

  /** Through the `..` of the directory below, which counts only if it is still the same directory. */
  #reopen(level: Level, below: number): void {
    const parent = openParent(below);
    const { device, inode } = identityOf(parent);
    level.descriptor = parent;
    if (device === level.identity.device && inode === level.identity.inode) return;
    // Moved elsewhere meanwhile. What is left of it cannot be found again without trusting a path.
    if (level.names.length + level.subdirectories.length > 0)
      this.#report(level.prefix.slice(0, -1), "unreadable");
    level.names = [];
    level.subdirectories = [];
  }
}
