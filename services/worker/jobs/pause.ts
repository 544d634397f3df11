import type { JobPayload } from "../../shared/queue/jobs.ts";
import type { WorkerContext } from "../context.ts";
import { ContainerGoneError } from "../engine/engine.ts";
import { findAttempt, withAttemptLock } from "../records/attempt-record.ts";
import { currentSandbox } from "../records/sandbox-record.ts";
import type { JobRun } from "./job-run.ts";

/**
 * An admin paused the attempt: its clock stands already, now the container does too. A sandbox that is lost stays so
 * until the pause ends, since a new one would let its candidate work while the clock stands.
 */
export async function pause(
  context: WorkerContext,
  payload: JobPayload<"pause">,
  run: JobRun,
): Promise<void> {
  const held = await withAttemptLock(context.db, payload.attemptId, async () => {
    const attempt = await findAttempt(context.db, payload.attemptId);
    if (attempt?.state !== "running" || !attempt.pausedAt) return run.bailOut("the attempt is not paused");
    if (attempt.resumeRequestedAt) return run.bailOut("the pause is about to end");
    const sandbox = await currentSandbox(context.db, attempt.id);
    if (sandbox?.state !== "ready" || !sandbox.containerId) return run.bailOut("no sandbox is running");
    try {
      await context.engine.pause(sandbox.containerId);
    } catch (error) {
      if (!(error instanceof ContainerGoneError)) throw error;
      run.bailOut("the container stopped by itself");
    }
  });
  if (!held) await run.postpone(1000);
}
