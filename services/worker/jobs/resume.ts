import { creditPlatformTime } from "../../shared/db/platform-credit.ts";
import type { JobPayload } from "../../shared/queue/jobs.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import type { WorkerContext } from "../context.ts";
import { ContainerGoneError } from "../engine/engine.ts";
import { recordPlatformEvent } from "../records/attempt-event-record.ts";
import { findAttempt, refreshDeadline, withAttemptLock } from "../records/attempt-record.ts";
import { currentSandbox, type SandboxRecord } from "../records/sandbox-record.ts";
import { reportLost } from "../sandbox/report-lost.ts";
import type { JobRun } from "./job-run.ts";

/**
 * The pause is over: first the container goes on, then the clock, so that no second of it runs against a workspace
 * that stands still. A sandbox that was lost meanwhile is restored; what that takes is credited by the restore.
 */
export async function resume(
  context: WorkerContext,
  payload: JobPayload<"resume">,
  run: JobRun,
): Promise<void> {
  const held = await withAttemptLock(context.db, payload.attemptId, async () => {
    const attempt = await findAttempt(context.db, payload.attemptId);
    if (attempt?.state !== "running" || !attempt.pausedAt) return run.bailOut("the attempt is not paused");
    if (!attempt.resumeRequestedAt) return run.bailOut("nobody asked for the attempt to go on");
    const sandbox = await currentSandbox(context.db, attempt.id);
    if (sandbox?.state === "ready" && sandbox.containerId)
      await letGoOn(context, sandbox, sandbox.containerId);
    if (!(await startClockAgain(context, attempt.id))) run.bailOut("the attempt was ended meanwhile");
  });
  if (!held) await run.postpone(1000);
}

async function letGoOn(context: WorkerContext, sandbox: SandboxRecord, containerId: string): Promise<void> {
  try {
    await context.engine.unpause(containerId);
  } catch (error) {
    if (!(error instanceof ContainerGoneError)) throw error;
    await reportLost(context, sandbox.id, sandbox.lastSeenAt);
  }
}

/** @returns false when the attempt is not paused any more, or is to stay so. */
async function startClockAgain(context: WorkerContext, attemptId: string): Promise<boolean> {
  return context.db.transaction().execute(async (tx) => {
    const attempt = await findAttempt(tx, attemptId, { lock: true });
    if (attempt?.state !== "running" || !attempt.pausedAt || !attempt.resumeRequestedAt) return false;
    await tx
      .updateTable("attempt")
      .set({ paused_at: null, pause_reason: null, resume_requested_at: null })
      .where("id", "=", attemptId)
      .execute();
    await recordPlatformEvent(tx, attemptId, "resumed", { pausedAt: attempt.pausedAt.toISOString() });
    await creditPlatformTime(tx, attemptId, {
      from: attempt.pausedAt,
      reason: `We had stopped your clock: ${attempt.pauseReason}`,
    });
    const runAt = await refreshDeadline(tx, attempt);
    await enqueue(tx, "deadline", { attemptId }, { hostId: context.config.hostId, runAt });
    const sandbox = await currentSandbox(tx, attemptId);
    if (sandbox?.state === "lost")
      await enqueue(
        tx,
        "restore",
        { attemptId, lostEpoch: sandbox.epoch },
        { hostId: context.config.hostId },
      );
    return true;
  });
}
