import { createWriteStream } from "node:fs";
import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { BlobBatch } from "../../shared/blobs/blob-store.ts";
import type { ImportFailure, ImportProgress } from "../../shared/contracts/dataset-studio.ts";
import { ImportFailureCode } from "../../shared/contracts/dataset-studio.ts";
import { importDir } from "../../shared/sandbox/layout.ts";
import { ConfinedError, ConfinedRefusal, ConfinementUnavailableError } from "../confined/confined-errors.ts";
import { type ConfinedLimits, runConfined } from "../confined/run-confined.ts";
import { openOutput } from "../confined/take-output.ts";
import type { WorkerContext } from "../context.ts";
import { isCancelled, saveProgress } from "../records/dataset-import-record.ts";

/** Measured with a CSV of 300 MB: DuckDB keeps to its share, and node needs as much again for what it is reading. */
export const IMPORT_LIMITS: ConfinedLimits = {
  timeoutMs: 30 * 60_000,
  memoryMib: 1792,
  cpuSec: 40 * 60,
  fileMib: 16 * 1024,
};
export const DUCKDB_MEMORY_MIB = 768;
const ASK_IF_CANCELLED_MS = 1500;

/** A scratch directory for one job, gone with it. What an earlier delivery left there is gone before. */
export async function withScratch<Result>(
  context: WorkerContext,
  importId: string,
  work: (directory: string) => Promise<Result>,
): Promise<Result> {
  const directory = join(importDir(context.config.dataDir), importId);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o755 });
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Copies a blob to where the confined child can read it. */
export async function layOut(context: WorkerContext, sha256: string, path: string): Promise<void> {
  await pipeline(await context.blobs.open(sha256), createWriteStream(path, { flags: "wx", mode: 0o444 }));
  await chmod(path, 0o444);
}

/** Stores a file that the child wrote. */
export async function storeOutput(
  batch: BlobBatch,
  directory: string,
  name: string,
): Promise<{ sha256: string; bytes: number }> {
  if (!/^[a-z0-9][a-z0-9._-]{0,99}$/.test(name))
    throw new Error("the child named a file outside of its directory");
  const file = await openOutput(directory, name);
  try {
    return await batch.write(file.createReadStream({ autoClose: false }) as Readable);
  } finally {
    await file.close();
  }
}

/** Runs an entry of `services/worker/datasets`, tells of its progress, and ends it when the import is cancelled. */
export async function runImportEntry(
  context: WorkerContext,
  importId: string,
  options: { entry: URL; input: unknown; directory: string; span: [from: number, to: number] },
): Promise<unknown> {
  const stop = new AbortController();
  const [from, to] = options.span;
  let saving: Promise<void> = Promise.resolve();
  const asking = setInterval(() => {
    isCancelled(context.db, importId).then(
      (cancelled) => cancelled && stop.abort(),
      () => {},
    );
  }, ASK_IF_CANCELLED_MS);
  try {
    return await runConfined({
      entry: options.entry.pathname,
      input: options.input,
      directory: options.directory,
      limits: IMPORT_LIMITS,
      signal: stop.signal,
      onProgress(value) {
        const progress = value as ImportProgress;
        const share = from + Math.min(1, Math.max(0, Number(progress.share) || 0)) * (to - from);
        saving = saving
          .then(() => saveProgress(context.db, importId, presentProgress(progress, share)))
          .catch((error: unknown) => context.log.warn({ err: error }, "progress could not be saved"));
      },
    });
  } finally {
    clearInterval(asking);
    await saving;
  }
}

function presentProgress(progress: ImportProgress, share: number): ImportProgress {
  return {
    phase: progress.phase,
    subject: typeof progress.subject === "string" ? progress.subject.slice(0, 300) : null,
    share,
    rows: Math.max(0, Math.trunc(Number(progress.rows) || 0)),
  };
}

const REASONS: Record<
  Exclude<ConfinedError["reason"], "crashed" | "cancelled">,
  [ImportFailureCode, string]
> = {
  timed_out: ["timed_out", "Reading these files takes too long. Split them, or upload Parquet."],
  too_much_memory: [
    "too_much_memory",
    "Reading these files takes too much memory. Split them, or upload Parquet.",
  ],
  too_much_disk: ["too_much_disk", "These files take too much room once they are read. Split them."],
};

/** What to tell about a failure; null for what may go better next time, or was cancelled. */
export function failureOf(error: unknown): ImportFailure | null {
  if (error instanceof ConfinedRefusal) {
    const code = ImportFailureCode.safeParse(error.code);
    const { file } = (error.details ?? {}) as { file?: unknown };
    return {
      code: code.success ? code.data : "failed",
      message: error.message.slice(0, 1000),
      file: typeof file === "string" ? file.slice(0, 300) : null,
    };
  }
  if (error instanceof ConfinementUnavailableError)
    return { code: "failed", message: error.message, file: null };
  if (!(error instanceof ConfinedError) || error.reason === "crashed" || error.reason === "cancelled")
    return null;
  const [code, message] = REASONS[error.reason];
  return { code, message, file: null };
}
