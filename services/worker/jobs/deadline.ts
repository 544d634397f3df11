import { databaseNow } from "../../shared/db/database.ts";
import type { JobPayload } from "../../shared/queue/jobs.ts";
import type { WorkerContext } from "../context.ts";
import { findAttempt } from "../records/attempt-record.ts";
import { currentSandbox } from "../records/sandbox-record.ts";
import { endAttempt } from "../sealing/end-attempt.ts";
import type { JobRun } from "./job-run.ts";

/** A restore that takes longer than this does not hold the deadline back any more. */
const LONGEST_RESTORE_MS = 10 * 60_000;

/** The time is up: freeze, capture, seal, remove. */
export async function deadline(
  context: WorkerContext,
  payload: JobPayload<"deadline">,
  run: JobRun,
): Promise<void> {
  const attempt = await findAttempt(context.db, payload.attemptId);
  if (!attempt) return run.bailOut("there is no such attempt");
  if (attempt.state !== "running" && attempt.state !== "sealing")
    return run.bailOut(`the attempt is ${attempt.state}`);
  if (attempt.state === "running") {
    // When it goes on it has a later deadline, and a job for that.
    if (attempt.pausedAt) return run.bailOut("the attempt is paused");
    const now = await databaseNow(context.db);
    const early = attempt.deadlineAt!.getTime() - now.getTime();
    // Time was credited since this job was made. The one for the new deadline exists; running late is impossible.
    if (early > 1000) return run.bailOut("the deadline has moved");
    if (early > 0) await run.postpone(early);
    const sandbox = await currentSandbox(context.db, attempt.id);
    const down = sandbox?.state === "lost" || sandbox?.state === "starting";
    // The downtime will be credited once it is over, so the deadline is not known yet.
    if (down && now.getTime() - attempt.deadlineAt!.getTime() < LONGEST_RESTORE_MS) await run.postpone(2000);
  }
  await endAttempt(context, attempt.id, "deadline", run);
}
