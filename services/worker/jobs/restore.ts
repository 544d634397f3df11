import { creditPlatformTime } from "../../shared/db/platform-credit.ts";
import type { JobPayload } from "../../shared/queue/jobs.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import { workspaceLayout } from "../../shared/sandbox/layout.ts";
import type { WorkerContext } from "../context.ts";
import { recordPlatformEvent } from "../records/attempt-event-record.ts";
import {
  type AttemptRecord,
  findAttempt,
  findSpec,
  refreshDeadline,
  withAttemptLock,
} from "../records/attempt-record.ts";
import {
  currentSandbox,
  moveSandbox,
  reserveSandbox,
  type SandboxRecord,
} from "../records/sandbox-record.ts";
import { latestSnapshotTree } from "../records/snapshot-record.ts";
import { firstTreeOf } from "../sandbox/first-tree.ts";
import { removeSandbox, startSandbox } from "../sandbox/start-sandbox.ts";
import type { JobRun } from "./job-run.ts";

/**
 * Replaces a lost sandbox under a new epoch: over the same workspace volume when this host still has it, else
 * from the last snapshot. The time it took is credited.
 */
export async function restore(
  context: WorkerContext,
  payload: JobPayload<"restore">,
  run: JobRun,
): Promise<void> {
  const held = await withAttemptLock(context.db, payload.attemptId, async () => {
    const attempt = await findAttempt(context.db, payload.attemptId);
    if (attempt?.state !== "running") return run.bailOut("the attempt is not running");
    // A new container would run while the clock stands; the end of the pause asks for it.
    if (attempt.pausedAt) return run.bailOut("the attempt is paused");
    const lost = await currentSandbox(context.db, attempt.id);
    if (!lost || lost.epoch !== payload.lostEpoch)
      return run.bailOut("the sandbox has been replaced already");
    if (lost.state !== "lost") return run.bailOut("the sandbox is not lost");
    const downSince = lost.endedAt ?? new Date();
    await removeSandbox(context, lost, "lost");
    const reserved = await reserveSandbox(context.db, {
      attemptId: attempt.id,
      hostId: context.config.hostId,
      // The lost sandbox had this place; a host that filled up meanwhile must not strand a running attempt.
      capacity: context.config.maxSandboxes + 1,
      states: ["running"],
    });
    if ("refused" in reserved) return run.bailOut(`no place was given: ${reserved.refused}`);
    await bringBack(context, attempt, reserved.sandbox, downSince);
  });
  if (!held) await run.postpone(1000);
}

async function bringBack(
  context: WorkerContext,
  attempt: AttemptRecord,
  sandbox: SandboxRecord,
  downSince: Date,
): Promise<void> {
  const spec = await findSpec(context.db, attempt.assessmentVersionId);
  const { image } = workspaceLayout(context.config.dataDir, attempt.id);
  const kept = await context.volumes.workspaceExists(image);
  const saved = kept ? null : await latestSnapshotTree(context.db, attempt.id);
  const fillFrom = kept ? null : (saved ?? (await firstTreeOf(context.db, attempt, spec)));
  try {
    await startSandbox(context, attempt, spec, sandbox, fillFrom);
  } catch (error) {
    // The place stays lost, so that the next try (or the sweep) takes it up again.
    await moveSandbox(context.db, sandbox.id, ["starting"], "lost", "restoring failed");
    await context.db
      .updateTable("sandbox")
      .set({ ended_at: downSince })
      .where("id", "=", sandbox.id)
      .execute();
    throw error;
  }
  await creditDowntime(context, attempt, sandbox, downSince, kept);
}

async function creditDowntime(
  context: WorkerContext,
  attempt: AttemptRecord,
  sandbox: SandboxRecord,
  downSince: Date,
  kept: boolean,
): Promise<void> {
  await context.db.transaction().execute(async (tx) => {
    const current = await findAttempt(tx, attempt.id, { lock: true });
    if (current?.state !== "running" || current.epoch !== sandbox.epoch) return;
    await moveSandbox(tx, sandbox.id, ["starting"], "ready");
    await creditPlatformTime(tx, attempt.id, {
      from: downSince,
      reason: "Your workspace stopped and was brought back.",
    });
    const deadline = await refreshDeadline(tx, current);
    await recordPlatformEvent(tx, attempt.id, "sandbox_restored", {
      epoch: sandbox.epoch,
      workspaceKept: kept,
    });
    await enqueue(
      tx,
      "deadline",
      { attemptId: attempt.id },
      { hostId: context.config.hostId, runAt: deadline },
    );
  });
}
