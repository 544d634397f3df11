import type { JobPayload } from "../../shared/queue/jobs.ts";
import type { WorkerContext } from "../context.ts";
import { findAttempt, withAttemptLock } from "../records/attempt-record.ts";
import { discardSandboxes } from "../sandbox/discard-attempt.ts";
import type { JobRun } from "./job-run.ts";

/** The attempt ended with nothing to keep (revoked, or practice): remove its sandboxes. */
export async function discard(
  context: WorkerContext,
  payload: JobPayload<"discard">,
  run: JobRun,
): Promise<void> {
  const held = await withAttemptLock(context.db, payload.attemptId, async () => {
    const attempt = await findAttempt(context.db, payload.attemptId);
    if (attempt?.state !== "ended") return run.bailOut("the attempt has not ended");
    await discardSandboxes(context, payload.attemptId, "attempt ended");
  });
  if (!held) await run.postpone(1000);
}
