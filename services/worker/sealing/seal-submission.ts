import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeArchive } from "../../shared/archive/write-archive.ts";
import { readTree, writeTree } from "../../shared/blobs/tree-blobs.ts";
import type { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { Tree } from "../../shared/contracts/tree.ts";
import { databaseNow } from "../../shared/db/database.ts";
import { workspaceLayout } from "../../shared/sandbox/layout.ts";
import { captureTree } from "../capture/capture-tree.ts";
import type { WorkerContext } from "../context.ts";
import { timelineLines } from "../records/attempt-event-record.ts";
import { type AttemptRecord, findSpec } from "../records/attempt-record.ts";
import { latestSnapshotTree } from "../records/snapshot-record.ts";
import { saveSubmission, submissionExists } from "../records/submission-record.ts";
import { sealingDirectory } from "../sandbox/remove-abandoned-files.ts";
import { summariseMockApis } from "./summarise-mock-apis.ts";
import { summariseModels } from "./summarise-models.ts";

/** Captures a frozen workspace, writes and stores the archive, and records the submission. Harmless when repeated. */
export async function sealSubmission(context: WorkerContext, attempt: AttemptRecord): Promise<void> {
  if (await submissionExists(context.db, attempt.id)) return;
  const stopTimer = context.metrics.sealSeconds.startTimer();
  const { blobs, config } = context;
  const spec = await findSpec(context.db, attempt.assessmentVersionId);
  const tree = await finalTree(context, attempt, spec);
  const treeSha256 = await writeTree(tree, blobs);
  await summariseMockApis(context.db, attempt.id);
  await summariseModels(context.db, attempt.id);
  const directory = sealingDirectory(config.dataDir);
  await mkdir(directory, { recursive: true });
  const out = join(directory, `${attempt.id}-${randomUUID()}.tar.zst`);
  try {
    const archive = await writeArchive({
      tree,
      blobs,
      timeline: timelineLines(context.db, attempt.id),
      notes: attempt.notesToReviewer,
      statement: {
        submissionId: randomUUID(),
        attemptId: attempt.id,
        assessment: spec.title,
        startedAt: attempt.startedAt!.toISOString(),
        frozenAt: attempt.frozenAt!.toISOString(),
        sealedAt: (await databaseNow(context.db)).toISOString(),
        reason: reasonOf(attempt),
      },
      signingKey: context.signingKey,
      out,
    });
    await blobs.write(createReadStream(out));
    await saveSubmission(context.db, archive.receipt, treeSha256);
  } finally {
    await rm(out, { force: true });
  }
  stopTimer();
}

function reasonOf({ endReason }: AttemptRecord): "candidate" | "deadline" | "admin" {
  return endReason === "deadline" || endReason === "admin" ? endReason : "candidate";
}

/** The workspace as it was frozen; as it was last saved when this host has lost it. */
async function finalTree(
  context: WorkerContext,
  attempt: AttemptRecord,
  spec: AssessmentSpec,
): Promise<Tree> {
  const { blobs, config, volumes } = context;
  const { image, files } = workspaceLayout(config.dataDir, attempt.id);
  if (!(await volumes.workspaceExists(image))) {
    context.log.error({ attemptId: attempt.id }, "the workspace is lost; sealing what was saved last");
    return readTree((await latestSnapshotTree(context.db, attempt.id)) ?? spec.starterTreeSha256, blobs);
  }
  await volumes.mountWorkspace(image, files);
  const { totalBytes } = await volumes.workspaceUsage(files);
  // Without the snapshots' cache: what is sealed is read from the disk, every byte of it.
  return (await captureTree({ root: files, blobs, limits: { volumeBytes: totalBytes } })).tree;
}
