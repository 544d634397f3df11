import { PlatformError } from "../../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../../shared/db/audit-log.ts";
import type { Database, DatabaseTransaction } from "../../../shared/db/database.ts";
import { creditPlatformTime } from "../../../shared/db/platform-credit.ts";
import { type Outage, outagesOf } from "../../../shared/domain/model-outages.ts";
import { findOutageCalls } from "../../records/model-treatment.ts";
import { refreshDeadline } from "../refresh-deadline.ts";
import { attemptSubject, lockRunningAttempt } from "../running-attempt.ts";

const REASON = "The language models did not answer for a while.";

/**
 * Gives a running attempt the time of one outage of the models back. Time that any credit stands for already is not
 * given again, so repeating it gives nothing; an outage that has gone on since gives the rest.
 * @param from when the outage began
 * @returns the deadline, and the seconds that were given now
 * @throws PlatformError attempt_not_found, attempt_not_running, attempt_over, outage_not_found
 */
export async function creditOutage(
  db: Database,
  attemptId: string,
  from: Date,
  actor: AuditActor,
): Promise<{ deadlineAt: Date; givenSec: number }> {
  return db.transaction().execute(async (transaction) => {
    const attempt = await lockRunningAttempt(transaction, attemptId);
    const outage = await findOutage(transaction, attemptId, from);
    const givenSec = await creditPlatformTime(transaction, attemptId, {
      from: outage.from,
      until: outage.until,
      reason: REASON,
      decidedBy: { staffId: staffIdOfActor(actor) },
    });
    if (givenSec === 0) return { deadlineAt: attempt.deadlineAt!, givenSec };
    const { deadlineAt } = await refreshDeadline(transaction, attempt);
    await recordAudit(transaction, actor, {
      action: "attempt.credit_outage",
      subject: await attemptSubject(transaction, attempt),
      before: { deadlineAt: attempt.deadlineAt },
      after: { deadlineAt, seconds: givenSec, from: outage.from, until: outage.until },
    });
    return { deadlineAt, givenSec };
  });
}

async function findOutage(transaction: DatabaseTransaction, attemptId: string, from: Date): Promise<Outage> {
  const calls = await findOutageCalls(transaction, [attemptId]);
  const found = outagesOf(calls.get(attemptId) ?? []).find(
    (outage) => outage.from.getTime() === from.getTime(),
  );
  if (!found) throw new PlatformError("outage_not_found");
  return found;
}
