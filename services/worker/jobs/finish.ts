import type { JobPayload } from "../../shared/queue/jobs.ts";
import type { WorkerContext } from "../context.ts";
import { findAttempt } from "../records/attempt-record.ts";
import { endAttempt } from "../sealing/end-attempt.ts";
import type { JobRun } from "./job-run.ts";

/** The candidate pressed Submit: the deadline's path, early. */
export async function finish(
  context: WorkerContext,
  payload: JobPayload<"finish">,
  run: JobRun,
): Promise<void> {
  const attempt = await findAttempt(context.db, payload.attemptId);
  if (!attempt) return run.bailOut("there is no such attempt");
  if (attempt.state !== "running" && attempt.state !== "sealing")
    return run.bailOut(`the attempt is ${attempt.state}`);
  await endAttempt(context, attempt.id, "candidate", run);
}
