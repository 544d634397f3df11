import { sql } from "kysely";
import type { WorkerContext } from "../context.ts";
import { ContainerGoneError } from "../engine/engine.ts";
import type { JobRun } from "../jobs/job-run.ts";
import { recordPlatformEvent } from "../records/attempt-event-record.ts";
import { type AttemptRecord, findAttempt, withAttemptLock } from "../records/attempt-record.ts";
import { currentSandbox, moveSandbox, type SandboxRecord } from "../records/sandbox-record.ts";
import { closeGate } from "../sandbox/close-gate.ts";
import { discardSandboxes } from "../sandbox/discard-attempt.ts";
import { sealSubmission } from "./seal-submission.ts";

/**
 * The one way an attempt ends, early or at its deadline: pause (writes are fenced), capture, seal, remove.
 * Every step may be repeated after a crash: a paused container stays paused, and the row of the submission is
 * written once.
 */
export async function endAttempt(
  context: WorkerContext,
  attemptId: string,
  reason: "candidate" | "deadline",
  run: JobRun,
): Promise<void> {
  const held = await withAttemptLock(context.db, attemptId, async () => {
    const attempt = await findAttempt(context.db, attemptId);
    if (!attempt || (attempt.state !== "running" && attempt.state !== "sealing"))
      return run.bailOut("the attempt has ended already");
    const sandbox = await currentSandbox(context.db, attemptId);
    if (attempt.kind !== "scored") return endUnkept(context, attempt, reason);
    const frozen = await freeze(context, attempt, sandbox, reason);
    if (!frozen) return run.bailOut("the attempt was paused or ended otherwise meanwhile");
    // Freezing never waits; sealing takes turns, so that none of many keeps the others from being frozen.
    await context.sealingTurns(() => sealSubmission(context, frozen));
    await discardSandboxes(context, attemptId, "submitted");
  });
  if (!held) await run.postpone(1000);
}

/** A practice or a run: nothing of it is sealed. */
async function endUnkept(
  context: WorkerContext,
  attempt: AttemptRecord,
  reason: "candidate" | "deadline",
): Promise<void> {
  await context.db
    .updateTable("attempt")
    .set({ state: "ended", end_reason: reason, ended_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", attempt.id)
    .where("state", "in", ["running", "sealing"])
    .execute();
  await discardSandboxes(context, attempt.id, `${attempt.kind} ended`);
}

/** @returns the attempt as frozen, or null when it is paused, or neither running nor sealing any more. */
async function freeze(
  context: WorkerContext,
  attempt: AttemptRecord,
  sandbox: SandboxRecord | null,
  reason: "candidate" | "deadline",
): Promise<AttemptRecord | null> {
  // First the pause, then everything else: what counts is how soon nothing can be written any more.
  if (sandbox?.containerId && sandbox.state !== "removed") {
    await context.engine.pause(sandbox.containerId).catch((error: unknown) => {
      // A sandbox that died has frozen itself; its workspace volume is as it left it.
      if (!(error instanceof ContainerGoneError)) throw error;
    });
  }
  const frozen = await context.db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable("attempt")
      .set({
        state: "sealing",
        frozen_at: sql<Date>`coalesce(frozen_at, clock_timestamp())`,
        end_reason: sql<string>`coalesce(end_reason, ${reason})`,
      })
      .where("id", "=", attempt.id)
      .where("state", "in", ["running", "sealing"])
      // Paused in the moment of its deadline: it stands now, and goes on later with the time it had left.
      .where("paused_at", "is", null)
      .returning(["frozen_at", "deadline_at", "end_reason"])
      .executeTakeFirst();
    if (!row) return false;
    if (attempt.state === "running") {
      const lateMs = row.frozen_at!.getTime() - row.deadline_at!.getTime();
      if (reason === "deadline") context.metrics.deadlineLagSeconds.observe(Math.max(0, lateMs) / 1000);
      await recordPlatformEvent(tx, attempt.id, "frozen", {
        reason: row.end_reason,
        afterDeadlineMs: lateMs,
      });
    }
    if (sandbox) await moveSandbox(tx, sandbox.id, ["starting", "ready", "lost"], "frozen");
    return true;
  });
  if (!frozen) return null;
  if (sandbox) await closeGate(context, sandbox.id);
  return findAttempt(context.db, attempt.id);
}
