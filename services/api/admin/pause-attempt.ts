import { PlatformError } from "../../shared/contracts/problem.ts";
import { recordEvent } from "../../shared/db/attempt-timeline.ts";
import { type AuditActor, recordAudit } from "../../shared/db/audit-log.ts";
import type { Database, DatabaseTransaction } from "../../shared/db/database.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import { askToResume, keepPaused, markPaused } from "../records/attempt-pause.ts";
import { attemptSubject, lockRunningAttempt, type RunningAttempt } from "./running-attempt.ts";

/**
 * Stops the clock of a running attempt for a fault of the platform: from now on, whenever the worker comes to stop
 * the container. Also in the moment between its deadline and its sealing. Pausing a paused attempt changes nothing,
 * but takes back that it was to go on.
 * @param reason read by the candidate
 * @throws PlatformError attempt_not_found, attempt_not_running, attempt_over
 */
export async function pauseAttempt(
  db: Database,
  attemptId: string,
  reason: string,
  actor: AuditActor,
): Promise<RunningAttempt> {
  return db.transaction().execute(async (transaction) => {
    const attempt = await lockRunningAttempt(transaction, attemptId);
    if (attempt.pausedAt && !attempt.resumeRequestedAt) return attempt;
    if (attempt.pausedAt) await keepPaused(transaction, attemptId);
    else await beginPause(transaction, attempt, reason);
    await enqueue(transaction, "pause", { attemptId }, attempt);
    await recordAudit(transaction, actor, {
      action: "attempt.pause",
      subject: await attemptSubject(transaction, attempt),
      before: { paused: attempt.pausedAt !== null, toGoOn: attempt.resumeRequestedAt !== null },
      after: { paused: true, reason: attempt.pauseReason ?? reason },
    });
    return attempt;
  });
}

async function beginPause(
  transaction: DatabaseTransaction,
  attempt: RunningAttempt,
  reason: string,
): Promise<void> {
  await markPaused(transaction, attempt.id, reason);
  // The timeline goes to reviewers; words that people type, which may name somebody, stay out of it.
  await recordEvent(transaction, attempt.id, { type: "paused", actor: "staff" });
}

/**
 * Asks for a paused attempt to go on. The clock starts again when its container does. Repeating it changes nothing.
 * @throws PlatformError attempt_not_found, attempt_not_running, attempt_over, attempt_not_paused
 */
export async function resumeAttempt(
  db: Database,
  attemptId: string,
  actor: AuditActor,
): Promise<RunningAttempt> {
  return db.transaction().execute(async (transaction) => {
    const attempt = await lockRunningAttempt(transaction, attemptId);
    if (!attempt.pausedAt) throw new PlatformError("attempt_not_paused");
    if (attempt.resumeRequestedAt) return attempt;
    await askToResume(transaction, attemptId);
    await enqueue(transaction, "resume", { attemptId }, attempt);
    await recordAudit(transaction, actor, {
      action: "attempt.resume",
      subject: await attemptSubject(transaction, attempt),
      before: { paused: true, since: attempt.pausedAt },
      after: { paused: false },
    });
    return attempt;
  });
}
