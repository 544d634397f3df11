import { recordEvent } from "../../shared/db/attempt-timeline.ts";
import { type AuditActor, recordAudit } from "../../shared/db/audit-log.ts";
import type { Database, DatabaseTransaction } from "../../shared/db/database.ts";
import { creditPlatformTime } from "../../shared/db/platform-credit.ts";
import { deadlineOf } from "../../shared/domain/clock.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import { type AttemptRow, lockAttempt, moveDeadline } from "../records/attempt.ts";
import { clearPause, requestEnd } from "../records/attempt-pause.ts";
import { listTimeCredits } from "../records/time-credit.ts";
import { attemptSubject, lockRunningAttempt, type RunningAttempt, requireScored } from "./running-attempt.ts";

/**
 * Ends a running attempt as if its candidate had submitted: what is there is sealed. A pause ends with it, credited.
 * Repeating it changes nothing.
 * @param reason for the audit log
 * @throws PlatformError attempt_not_found, attempt_not_running (still being prepared), attempt_over
 */
export async function endAttemptByAdmin(
  db: Database,
  attemptId: string,
  reason: string,
  actor: AuditActor,
): Promise<AttemptRow> {
  return db.transaction().execute(async (transaction) => {
    const seen = await lockAttempt(transaction, attemptId);
    requireScored(seen);
    if (isEndingByAdmin(seen)) return seen;
    const attempt = await lockRunningAttempt(transaction, attemptId);
    if (attempt.pausedAt) await endPause(transaction, attempt, attempt.pausedAt);
    await requestEnd(transaction, attemptId);
    await recordEvent(transaction, attemptId, { type: "submit_requested", actor: "staff" });
    await enqueue(transaction, "finish", { attemptId }, attempt);
    await recordAudit(transaction, actor, {
      action: "attempt.end",
      subject: await attemptSubject(transaction, attempt),
      before: { state: attempt.state, deadlineAt: attempt.deadlineAt },
      after: { state: "ending", reason },
    });
    return attempt;
  });
}

function isEndingByAdmin({ state, endReason, submitRequestedAt }: AttemptRow): boolean {
  return (
    endReason === "admin" && submitRequestedAt !== null && ["running", "sealing", "submitted"].includes(state)
  );
}

/** So that what is sealed does not look as if it had been worked on past its deadline. */
async function endPause(
  transaction: DatabaseTransaction,
  attempt: RunningAttempt,
  pausedAt: Date,
): Promise<void> {
  await clearPause(transaction, attempt.id);
  await creditPlatformTime(transaction, attempt.id, {
    from: pausedAt,
    reason: `We had stopped your clock: ${attempt.pauseReason}`,
  });
  const credits = await listTimeCredits(transaction, attempt.id);
  const creditsSec = credits.map(({ seconds }) => seconds);
  await moveDeadline(transaction, attempt.id, deadlineOf({ ...attempt, creditsSec }));
}
