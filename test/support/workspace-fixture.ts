import { closeSync, constants, mkdirSync, openSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { nameLatin1 } from "../../services/shared/archive/byte-names.ts";
import { LocalBlobStore } from "../../services/shared/blobs/local-blob-store.ts";
import type { Tree, TreeEntry } from "../../services/shared/contracts/tree.ts";
import { type Capture, type CaptureInputs, captureTree } from "../../services/worker/capture/capture-tree.ts";
import { scratchDirectory } from "./scratch-directory.ts";

export interface WorkspaceFixture {
  /** Not part of the workspace: its parent. */
  directory: string;
  root: string;
  blobs: LocalBlobStore;
  capture(changes?: Partial<CaptureInputs>): Promise<Capture>;
}

export async function workspaceFixture(): Promise<WorkspaceFixture> {
  const directory = await scratchDirectory();
  const root = join(directory, "workspace");
  await mkdir(root);
  const blobs = new LocalBlobStore(join(directory, "blobs"));
  const limits = { volumeBytes: 1024 ** 3 };
  return { directory, root, blobs, capture: (changes) => captureTree({ root, blobs, limits, ...changes }) };
}

/** Paths of the entries, or of one type of them. */
export function pathsOf(tree: Tree, type?: TreeEntry["type"]): string[] {
  return tree.entries.filter((entry) => !type || entry.type === type).map((entry) => entry.path);
}

/** The entry at a path, given as text or as exact bytes. */
export function entryAt(tree: Tree, path: string | Buffer): TreeEntry | undefined {
  const wanted = Buffer.from(path).toString("latin1");
  return tree.entries.find((entry) => nameLatin1(entry) === wanted);
}

/** Directories of one name inside each other, deeper than any path can be written, and a file at the bottom. */
export function makeDeepDirectories(root: string, name: string, levels: number, fileContent: string): void {
  let directory = openSync(root, constants.O_DIRECTORY);
  for (let level = 0; level < levels; level++) {
    mkdirSync(`/proc/self/fd/${directory}/${name}`);
    const inner = openSync(`/proc/self/fd/${directory}/${name}`, constants.O_DIRECTORY);
    closeSync(directory);
    directory = inner;
  }
  writeFileSync(`/proc/self/fd/${directory}/bottom`, fileContent);
  closeSync(directory);
}
