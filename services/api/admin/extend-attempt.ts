import type { z } from "zod";
import type { ExtendAttemptRequest } from "../../shared/contracts/admin.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { recordEvent } from "../../shared/db/attempt-timeline.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { Database } from "../../shared/db/database.ts";
import { deadlineOf } from "../../shared/domain/clock.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import { type AttemptRow, lockAttempt, moveDeadline } from "../records/attempt.ts";
import { insertTimeCredit, listTimeCredits } from "../records/time-credit.ts";

/**
 * Gives a running attempt more time, also in the moment between its deadline and its sealing.
 * @returns the new deadline and all seconds credited so far.
 * @throws PlatformError attempt_not_found, attempt_not_running, attempt_over
 */
export async function extendAttempt(
  db: Database,
  attemptId: string,
  credit: z.infer<typeof ExtendAttemptRequest>,
  actor: AuditActor,
): Promise<{ deadlineAt: Date; creditedSec: number }> {
  return db.transaction().execute(async (transaction) => {
    const attempt = await lockAttempt(transaction, attemptId);
    requireExtendable(attempt);
    await insertTimeCredit(transaction, { attemptId, ...credit, createdBy: staffIdOfActor(actor) });
    const credits = await listTimeCredits(transaction, attemptId);
    const creditsSec = credits.map(({ seconds }) => seconds);
    const deadlineAt = deadlineOf({ ...attempt, creditsSec });
    await moveDeadline(transaction, attemptId, deadlineAt);
    await recordEvent(transaction, attemptId, {
      type: "time_credited",
      actor: "staff",
      data: { seconds: credit.seconds, reason: credit.reason, deadlineAt: deadlineAt.toISOString() },
    });
    await enqueue(transaction, "deadline", { attemptId }, { hostId: attempt.hostId, runAt: deadlineAt });
    await recordAudit(transaction, actor, {
      action: "attempt.extend",
      subject: { type: "attempt", id: attemptId, label: "" },
      before: { deadlineAt: attempt.deadlineAt },
      after: { deadlineAt, seconds: credit.seconds, reason: credit.reason },
    });
    return { deadlineAt, creditedSec: creditsSec.reduce((sum, seconds) => sum + seconds, 0) };
  });
}

/** An attempt that runs has started. */
type Running = AttemptRow & { startedAt: Date };

function requireExtendable(attempt: AttemptRow | null): asserts attempt is Running {
  if (!attempt) throw new PlatformError("attempt_not_found");
  if (attempt.state === "provisioning") throw new PlatformError("attempt_not_running");
  if (attempt.state !== "running" || attempt.submitRequestedAt) throw new PlatformError("attempt_over");
}
