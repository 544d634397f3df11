import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  readlinkSync,
} from "node:fs";
import { readingWorkspace } from "./workspace-read-error.ts";

/**
 * File system calls relative to an open directory, like openat(2), which Node does not offer.
 *
 * A path `/proc/self/fd/<directory>/<name>` starts at the directory that is open, wherever it has been moved since,
 * and `name` is one component: with O_NOFOLLOW there is nothing left that somebody inside could swap for a symlink
 * between a check and its use. Names are strings with one character per byte (see byte-names.ts). All throw
 * WorkspaceReadError when the workspace is to blame.
 */

/** Linux's O_PATH: names a file without opening it, so that no device or FIFO notices. Node does not export it. */
const O_PATH = 0o10000000;
const NAME_ONLY = O_PATH | constants.O_NOFOLLOW;

function beneath(directory: number, name: string): Buffer {
  return Buffer.from(`/proc/self/fd/${directory}/${name}`, "latin1");
}

/** @param path of a directory of the host's own, with parents of the host's own. */
export function openRoot(path: string): number {
  return openSync(path, NAME_ONLY | constants.O_DIRECTORY);
}

/** What the name is itself, never what it points to. */
export function statBeneath(directory: number, name: string): BigIntStats {
  return readingWorkspace(() => lstatSync(beneath(directory, name), { bigint: true }));
}

/** Text of a symlink, one character per byte; `gone` when it is not a symlink any more. */
export function readLinkBeneath(directory: number, name: string): string {
  return readingWorkspace(() => readlinkSync(beneath(directory, name), "latin1"));
}

/** Names the file or directory without opening it; fstat tells what was got. */
export function openNameBeneath(directory: number, name: string): number {
  return readingWorkspace(() => openSync(beneath(directory, name), NAME_ONLY));
}

/** Names a directory; `gone` when it is not one itself. */
export function openDirectoryBeneath(directory: number, name: string): number {
  return readingWorkspace(() => openSync(beneath(directory, name), NAME_ONLY | constants.O_DIRECTORY));
}

/** The directory that this one is in now. The caller must check that it is the one it expects. */
export function openParent(directory: number): number {
  return readingWorkspace(() => openSync(`/proc/self/fd/${directory}/..`, NAME_ONLY | constants.O_DIRECTORY));
}

/** Opens the very file that a descriptor of openNameBeneath names, once it is known to be a regular one. */
export function reopenForReading(named: number): number {
  return readingWorkspace(() =>
    openSync(`/proc/self/fd/${named}`, constants.O_RDONLY | constants.O_NONBLOCK),
  );
}

/** Up to `max` names of a directory and, when there are more, one of them. Sorted by byte, each once. */
export function listNames(directory: number, max: number): ListedNames {
  return readingWorkspace(() => readNames(directory, max));
}

export interface ListedNames {
  names: string[];
  oneMore: string | undefined;
}

function readNames(directory: number, max: number): ListedNames {
  const names = new Set<string>();
  const handle = opendirSync(`/proc/self/fd/${directory}`, { encoding: "latin1" as never, bufferSize: 1024 });
  try {
    for (let found = handle.readSync(); found; found = handle.readSync()) {
      if (names.size >= max && !names.has(found.name))
        return { names: [...names].sort(), oneMore: found.name };
      names.add(found.name);
    }
  } finally {
    handle.closeSync();
  }
  return { names: [...names].sort(), oneMore: undefined };
}

/** Runs an action with a descriptor and closes it whatever happens. */
export function withDescriptor<Result>(descriptor: number, action: (descriptor: number) => Result): Result {
  try {
    return action(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export interface FileIdentity {
  device: bigint;
  inode: bigint;
}

export function identityOf(descriptor: number): FileIdentity {
  const stats = fstatSync(descriptor, { bigint: true });
  return { device: stats.dev, inode: stats.ino };
}
