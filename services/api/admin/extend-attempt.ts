import type { z } from "zod";
import type { ExtendAttemptRequest } from "../../shared/contracts/admin.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { recordEvent } from "../../shared/db/attempt-timeline.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { Database, DatabaseTransaction } from "../../shared/db/database.ts";
import { type AttemptRow, lockAttempt } from "../records/attempt.ts";
import { findTimeCreditByKey, insertTimeCredit } from "../records/time-credit.ts";
import { clockOf, refreshDeadline } from "./refresh-deadline.ts";
import { attemptSubject, lockRunningAttempt } from "./running-attempt.ts";

type Credit = z.infer<typeof ExtendAttemptRequest>;

/**
 * Gives a running attempt more time, also in the moment between its deadline and its sealing, and while it is
 * paused. A request with the key of an earlier one gives nothing more, even when the attempt is over by now.
 * @returns the deadline and all seconds credited so far.
 * @throws PlatformError attempt_not_found, attempt_not_running, attempt_over, idempotency_key_reused
 */
export async function extendAttempt(
  db: Database,
  attemptId: string,
  credit: Credit,
  actor: AuditActor,
): Promise<{ deadlineAt: Date; creditedSec: number }> {
  return db.transaction().execute(async (transaction) => {
    const seen = await lockAttempt(transaction, attemptId);
    if (seen?.startedAt && (await wasGiven(transaction, attemptId, credit)))
      return clockOf(transaction, seen as Started);
    const attempt = await lockRunningAttempt(transaction, attemptId);
    await insertTimeCredit(transaction, { attemptId, ...credit, createdBy: staffIdOfActor(actor) });
    const clock = await refreshDeadline(transaction, attempt);
    const { deadlineAt } = clock;
    // The timeline goes where reviews are made; words that people type, which may name somebody, stay out of it.
    await recordEvent(transaction, attemptId, {
      type: "time_credited",
      actor: "staff",
      data: { seconds: credit.seconds, deadlineAt: deadlineAt.toISOString() },
    });
    await recordAudit(transaction, actor, {
      action: "attempt.extend",
      subject: await attemptSubject(transaction, attempt),
      before: { deadlineAt: attempt.deadlineAt },
      after: { deadlineAt, seconds: credit.seconds, reason: credit.reason },
    });
    return clock;
  });
}

type Started = AttemptRow & { startedAt: Date };

/** @throws PlatformError idempotency_key_reused when the key stands for another credit of this attempt */
async function wasGiven(
  transaction: DatabaseTransaction,
  attemptId: string,
  credit: Credit,
): Promise<boolean> {
  if (credit.idempotencyKey === undefined) return false;
  const given = await findTimeCreditByKey(transaction, attemptId, credit.idempotencyKey);
  if (!given) return false;
  if (given.seconds !== credit.seconds || given.reason !== credit.reason)
    throw new PlatformError("idempotency_key_reused");
  return true;
}
