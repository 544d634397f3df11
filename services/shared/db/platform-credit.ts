import { secondsOf, uncoveredMs } from "../domain/clock.ts";
import { recordEvent } from "./attempt-timeline.ts";
import { type DatabaseTransaction, databaseNow } from "./database.ts";

/**
 * Gives back the time from `from` until now, which the platform took: rounded up to seconds, and without what earlier
 * credits stand for. The attempt's row is locked by the caller, who then moves the deadline.
 * @param reason a sentence for the candidate
 * @returns the seconds given; 0 when others gave all of it
 */
export async function creditPlatformTime(
  transaction: DatabaseTransaction,
  attemptId: string,
  { from, reason }: { from: Date; reason: string },
): Promise<number> {
  const until = await databaseNow(transaction);
  const rows = await transaction
    .selectFrom("time_credit")
    .select(["covers_from", "covers_until"])
    .where("attempt_id", "=", attemptId)
    .where("covers_from", "is not", null)
    .execute();
  const covered = rows.map((row) => ({ from: row.covers_from!, until: row.covers_until! }));
  const seconds = secondsOf(uncoveredMs({ from, until }, covered));
  if (seconds === 0) return 0;
  await transaction
    .insertInto("time_credit")
    .values({
      attempt_id: attemptId,
      seconds,
      source: "platform",
      reason,
      covers_from: from,
      covers_until: until,
    })
    .execute();
  await recordEvent(transaction, attemptId, {
    type: "time_credited",
    actor: "platform",
    data: { seconds, source: "platform" },
  });
  return seconds;
}
