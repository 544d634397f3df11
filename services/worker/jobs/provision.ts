import { sql } from "kysely";
import { allowedSec } from "../../shared/domain/clock.ts";
import type { JobPayload } from "../../shared/queue/jobs.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import type { WorkerContext } from "../context.ts";
import { recordPlatformEvent } from "../records/attempt-event-record.ts";
import { type AttemptRecord, findAttempt, findSpec, withAttemptLock } from "../records/attempt-record.ts";
import { moveSandbox, reserveSandbox, type SandboxRecord } from "../records/sandbox-record.ts";
import { discardSandboxes } from "../sandbox/discard-attempt.ts";
import { firstTreeOf } from "../sandbox/first-tree.ts";
import { startSandbox } from "../sandbox/start-sandbox.ts";
import type { JobRun } from "./job-run.ts";

/** Brings up the first sandbox of an attempt. The clock starts only when it answers. */
export async function provision(
  context: WorkerContext,
  payload: JobPayload<"provision">,
  run: JobRun,
): Promise<void> {
  const held = await withAttemptLock(context.db, payload.attemptId, async () => {
    const attempt = await findAttempt(context.db, payload.attemptId);
    if (attempt?.state !== "provisioning") return run.bailOut("the attempt is not waiting for a workspace");
    // An earlier delivery of this job may have left half a sandbox; nobody has used it yet.
    if (attempt.hostId === context.config.hostId)
      await discardSandboxes(context, attempt.id, "provisioning repeated");
    const reserved = await reserveSandbox(context.db, {
      attemptId: attempt.id,
      hostId: context.config.hostId,
      capacity: context.config.maxSandboxes,
      states: ["provisioning"],
    });
    if ("refused" in reserved) {
      if (reserved.refused === "full") return run.waitForRoom();
      return run.bailOut("the attempt moved on");
    }
    await bringUp(context, attempt, reserved.sandbox, run);
  });
  if (!held) run.bailOut("another worker holds the attempt");
}

async function bringUp(
  context: WorkerContext,
  attempt: AttemptRecord,
  sandbox: SandboxRecord,
  run: JobRun,
): Promise<void> {
  const stopTimer = context.metrics.provisionSeconds.startTimer();
  try {
    const spec = await findSpec(context.db, attempt.assessmentVersionId);
    await startSandbox(context, attempt, spec, sandbox, await firstTreeOf(context.db, attempt, spec));
    if (!(await startClock(context, attempt, sandbox))) {
      run.bailOut("the attempt ended while its workspace was being prepared");
      await discardSandboxes(context, attempt.id, "attempt ended");
    }
    stopTimer({ outcome: "ready" });
  } catch (error) {
    stopTimer({ outcome: "failed" });
    await discardSandboxes(context, attempt.id, "provisioning failed");
    if (!run.isLastTry) throw error;
    await markFailed(context, attempt, error);
    throw error;
  }
}

/** @returns false when the attempt is not waiting any more. */
async function startClock(
  context: WorkerContext,
  attempt: AttemptRecord,
  sandbox: SandboxRecord,
): Promise<boolean> {
  return context.db.transaction().execute(async (tx) => {
    const seconds = allowedSec(attempt.limitSec, attempt.extraTimeFactor);
    const started = await tx
      .updateTable("attempt")
      .set({
        state: "running",
        started_at: sql<Date>`transaction_timestamp()`,
        deadline_at: sql<Date>`transaction_timestamp() + make_interval(secs => ${seconds})`,
      })
      .where("id", "=", attempt.id)
      .where("state", "=", "provisioning")
      .where("epoch", "=", sandbox.epoch)
      .returning("deadline_at")
      .executeTakeFirst();
    if (!started) return false;
    await moveSandbox(tx, sandbox.id, ["starting"], "ready");
    await recordPlatformEvent(tx, attempt.id, "started", { epoch: sandbox.epoch });
    await enqueue(
      tx,
      "deadline",
      { attemptId: attempt.id },
      { hostId: context.config.hostId, runAt: started.deadline_at! },
    );
    return true;
  });
}

async function markFailed(context: WorkerContext, attempt: AttemptRecord, error: unknown): Promise<void> {
  context.log.error({ attemptId: attempt.id, err: error }, "provisioning was given up");
  await context.db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable("attempt")
      .set({
        state: "failed",
        end_reason: "failed",
        failure: "The workspace did not come up.",
        ended_at: sql<Date>`clock_timestamp()`,
      })
      .where("id", "=", attempt.id)
      .where("state", "=", "provisioning")
      .returning("id")
      .executeTakeFirst();
    if (row) await recordPlatformEvent(tx, attempt.id, "start_failed");
  });
}
