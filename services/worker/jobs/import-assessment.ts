import { statfs } from "node:fs/promises";
import type { JobPayload } from "../../shared/queue/jobs.ts";
import { ExportRefusedError, type ReadExport, readExport } from "../assessments/read-export.ts";
import { takeOver } from "../assessments/take-over.ts";
import { verifyMockApi, verifyTables } from "../assessments/verify-material.ts";
import type { WorkerContext } from "../context.ts";
import {
  endImport,
  findWaitingImport,
  lockWaitingImport,
  type WaitingImport,
} from "../records/assessment-import-record.ts";
import type { JobRun } from "./job-run.ts";

/** Kept free on the disk whatever is imported. */
const SPARE_BYTES = 1024 * 1024 * 1024;

/** Takes over an exported assessment. Blobs come first, rows in one transaction: a second delivery finds it done. */
export async function importAssessment(
  context: WorkerContext,
  { importId }: JobPayload<"import-assessment">,
  run: JobRun,
): Promise<void> {
  const { db } = context;
  const waiting = await findWaitingImport(db, importId);
  if (!waiting) return run.bailOut("no import waits");
  try {
    const read = await readAndVerify(context, waiting);
    const treeBytes = await sizesOfTrees(context, read);
    await db.transaction().execute(async (tx) => {
      if (!(await lockWaitingImport(tx, importId))) return run.bailOut("another delivery was faster");
      const outcome = await takeOver(tx, read, treeBytes, waiting.actor);
      await endImport(tx, importId, outcome);
    });
  } catch (error) {
    if (error instanceof ExportRefusedError) return endImport(db, importId, { problems: error.problems });
    if (run.isLastTry)
      await endImport(db, importId, {
        problems: ["The file could not be read on our side. Upload it again."],
      });
    throw error;
  }
}

async function readAndVerify(
  { blobs, config }: WorkerContext,
  { sha256 }: WaitingImport,
): Promise<ReadExport> {
  const disk = await statfs(config.dataDir);
  const batch = blobs.batch();
  try {
    const read = await readExport(blobs, sha256, batch, disk.bavail * disk.bsize - SPARE_BYTES);
    for (const api of read.manifest.mockApis) await verifyMockApi(api);
    await batch.commit();
    for (const manifest of read.datasetManifests.values()) await verifyTables(blobs, manifest);
    return read;
  } finally {
    await batch.discard();
  }
}

async function sizesOfTrees(
  { blobs }: WorkerContext,
  { manifest }: ReadExport,
): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const digest of [manifest.starterTreeSha256, manifest.practiceTreeSha256])
    if (digest !== null) sizes.set(digest, await blobs.size(digest));
  return sizes;
}
