import type { DatabaseTransaction } from "../../shared/db/database.ts";
import { deadlineOf } from "../../shared/domain/clock.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import { moveDeadline } from "../records/attempt.ts";
import { listTimeCredits } from "../records/time-credit.ts";
import type { RunningAttempt } from "./running-attempt.ts";

/** Where an attempt's clock ends with all credits it has by now, and their seconds. */
export async function clockOf(
  transaction: DatabaseTransaction,
  attempt: Pick<RunningAttempt, "id" | "startedAt" | "limitSec" | "extraTimeFactor">,
): Promise<{ deadlineAt: Date; creditedSec: number }> {
  const creditsSec = (await listTimeCredits(transaction, attempt.id)).map(({ seconds }) => seconds);
  return {
    deadlineAt: deadlineOf({ ...attempt, creditsSec }),
    creditedSec: creditsSec.reduce((sum, seconds) => sum + seconds, 0),
  };
}

/** Moves the deadline of a running attempt that was given a credit, and the job that waits for it. */
export async function refreshDeadline(
  transaction: DatabaseTransaction,
  attempt: RunningAttempt,
): Promise<{ deadlineAt: Date; creditedSec: number }> {
  const clock = await clockOf(transaction, attempt);
  await moveDeadline(transaction, attempt.id, clock.deadlineAt);
  const { hostId } = attempt;
  await enqueue(transaction, "deadline", { attemptId: attempt.id }, { hostId, runAt: clock.deadlineAt });
  return clock;
}
