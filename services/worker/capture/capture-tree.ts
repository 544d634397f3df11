import { type BigIntStats, closeSync } from "node:fs";
import { nameOfLatin1 } from "../../shared/archive/byte-names.ts";
import { countFiles } from "../../shared/archive/manifest.ts";
import type { BlobBatch, BlobStore } from "../../shared/blobs/blob-store.ts";
import type { Tree } from "../../shared/contracts/tree.ts";
import { readLinkBeneath, statBeneath } from "./beneath.ts";
import { CaptureCache } from "./capture-cache.ts";
import { countChanges } from "./count-changes.ts";
import { DirectoryWalk, type WalkedName } from "./directory-walk.ts";
import { openRegularFile, storeFile } from "./file-reader.ts";
import { TimeSlice } from "./time-slice.ts";
import { TreeRecorder } from "./tree-recorder.ts";
import { UnbackedBytes } from "./unbacked-bytes.ts";
import { WorkspaceReadError } from "./workspace-read-error.ts";

export interface CaptureLimits {
  /** Size of the workspace's volume. */
  volumeBytes: number;
  /** Files, directories and symlinks that are kept. */
  maxEntries?: number;
  /** Of the tree as JSON; long paths in great number come to more than their files. */
  maxTreeBytes?: number;
}

export interface CaptureInputs {
  /** A mounted workspace; what is in it may change at any time, its own path and its parents may not. */
  root: string;
  blobs: Pick<BlobStore, "batch">;
  limits: CaptureLimits;
  /** Of the capture before, for a snapshot. Leave it out for what will be sealed. */
  previous?: CaptureCache | undefined;
  signal?: AbortSignal | undefined;
}

export interface CaptureStats {
  files: number;
  /** Total size of the files. */
  bytes: number;
  omitted: number;
  /** Entries that differ from those of `previous`; all of them without it. */
  changed: number;
  filesRead: number;
  bytesRead: number;
}

export interface Capture {
  tree: Tree;
  stats: CaptureStats;
  cache: CaptureCache;
}

const DEFAULT_MAX_ENTRIES = 300_000;
const DEFAULT_MAX_TREE_BYTES = 128 * 1024 * 1024;

/**
 * Stores everything in a workspace and says what is there. The workspace is hostile and may be written to
 * meanwhile: nothing outside of it is ever read, nothing but regular files is opened, and the work is bounded.
 * All contents are durable in `blobs` when this resolves.
 * @throws the error of the store, or of reading the root; AbortError
 */
export async function captureTree(inputs: CaptureInputs): Promise<Capture> {
  const batch = inputs.blobs.batch();
  const capture = new RunningCapture(inputs, batch);
  try {
    await capture.run();
    await batch.commit();
    return capture.result();
  } finally {
    await batch.discard();
  }
}

class RunningCapture {
  readonly #inputs: CaptureInputs;
  readonly #batch: BlobBatch;
  readonly #cache = new CaptureCache();
  readonly #recorder: TreeRecorder;
  readonly #walk: DirectoryWalk;
  readonly #unbacked: UnbackedBytes;
  /** Files with several names that were stored under one of them. */
  readonly #linked = new Map<bigint, { sha256: string; bytes: number }>();
  #filesRead = 0;
  #bytesRead = 0;

  constructor(inputs: CaptureInputs, batch: BlobBatch) {
    this.#inputs = inputs;
    this.#batch = batch;
    this.#unbacked = new UnbackedBytes(inputs.limits.volumeBytes);
    const recorder = new TreeRecorder(inputs.limits.maxTreeBytes ?? DEFAULT_MAX_TREE_BYTES);
    this.#recorder = recorder;
    const maxEntries = inputs.limits.maxEntries ?? DEFAULT_MAX_ENTRIES;
    const report = (path: string, reason: "too_many_files" | "unreadable" | "other_filesystem") =>
      recorder.omit(path, reason);
    // mkfs makes lost+found in the root of a volume; it is not the candidate's.
    this.#walk = new DirectoryWalk(inputs.root, maxEntries, report, ["lost+found"]);
  }

  async run(): Promise<void> {
    const slice = new TimeSlice();
    try {
      for (let walked = this.#walk.next(); walked; walked = this.#walk.next()) {
        await this.#visit(walked);
        if (this.#recorder.isFull) break;
        if (!slice.isSpent) continue;
        await slice.rest();
        this.#inputs.signal?.throwIfAborted();
      }
    } finally {
      this.#walk.close();
    }
  }

  result(): Capture {
    const tree = this.#recorder.tree;
    const { fileCount: files, totalBytes: bytes } = countFiles(tree);
    const changed = countChanges(this.#inputs.previous?.tree, tree);
    this.#cache.tree = tree;
    const stats = { files, bytes, omitted: tree.omitted.length, changed };
    return {
      tree,
      stats: { ...stats, filesRead: this.#filesRead, bytesRead: this.#bytesRead },
      cache: this.#cache,
    };
  }

  async #visit(walked: WalkedName): Promise<void> {
    try {
      const stats = statBeneath(walked.directory, walked.name);
      if (stats.dev !== this.#walk.device) this.#recorder.omit(walked.path, "other_filesystem");
      else if (stats.isFile()) await this.#visitFile(walked, stats);
      else if (stats.isDirectory()) this.#visitDirectory(walked, stats);
      else if (stats.isSymbolicLink()) this.#visitSymlink(walked, stats);
      else this.#recorder.omit(walked.path, stats.isFIFO() ? "fifo" : stats.isSocket() ? "socket" : "device");
    } catch (error) {
      if (!(error instanceof WorkspaceReadError)) throw error;
      if (error.kind === "unreadable") this.#recorder.omit(walked.path, "unreadable");
    }
  }

  #visitDirectory(walked: WalkedName, stats: BigIntStats): void {
    this.#recorder.keep({ type: "directory", ...nameOfLatin1(walked.path), ...modeAndTime(stats) });
    this.#walk.descendInto(walked);
  }

  #visitSymlink(walked: WalkedName, stats: BigIntStats): void {
    const target = nameOfLatin1(readLinkBeneath(walked.directory, walked.name));
    this.#recorder.keep({
      type: "symlink",
      ...nameOfLatin1(walked.path),
      ...modeAndTime(stats),
      target: target.path,
      ...(target.pathBase64 === undefined ? {} : { targetBase64: target.pathBase64 }),
    });
  }

  async #visitFile(walked: WalkedName, stats: BigIntStats): Promise<void> {
    const linked = stats.nlink > 1n ? this.#linked.get(stats.ino) : undefined;
    if (linked) return this.#keepFile(walked, stats, linked, true);
    const sha256 = this.#inputs.previous?.digestOf(stats);
    if (sha256 !== undefined) return this.#keepFile(walked, stats, { sha256, bytes: Number(stats.size) });
    const opened = openRegularFile(walked.directory, walked.name);
    if (!opened) return; // Replaced by something else since; what that is, the next capture tells.
    try {
      if (this.#refuses(walked, opened.stats, false)) return;
      const stored = await storeFile(opened, this.#batch);
      this.#filesRead++;
      this.#bytesRead += stored.bytes;
      this.#keepFile(walked, opened.stats, stored);
    } finally {
      closeSync(opened.descriptor);
    }
  }

  #keepFile(walked: WalkedName, stats: BigIntStats, stored: Stored, isFurtherName = false): void {
    if (this.#refuses(walked, stats, isFurtherName)) return;
    this.#unbacked.add(stats, isFurtherName);
    if (stats.nlink > 1n) this.#linked.set(stats.ino, stored);
    if (BigInt(stored.bytes) === stats.size) this.#cache.remember(stats, stored.sha256);
    this.#recorder.keep({
      type: "file",
      ...nameOfLatin1(walked.path),
      ...modeAndTime(stats),
      size: stored.bytes,
      sha256: stored.sha256,
    });
  }

  #refuses(walked: WalkedName, stats: BigIntStats, isFurtherName: boolean): boolean {
    const reason = this.#unbacked.refusalOf(stats, isFurtherName);
    if (reason) this.#recorder.omit(walked.path, reason, Number(stats.size));
    return reason !== undefined;
  }
}

interface Stored {
  sha256: string;
  bytes: number;
}

function modeAndTime(stats: BigIntStats): { mode: number; mtimeMs: number } {
  return { mode: Number(stats.mode & 0o7777n), mtimeMs: Number(stats.mtimeMs) };
}
