import { type Interval, secondsOf, uncoveredMs } from "../domain/clock.ts";
import { recordEvent } from "./attempt-timeline.ts";
import { type Connection, type DatabaseTransaction, databaseNow } from "./database.ts";

export interface PlatformCredit {
  from: Date;
  /** Now, by the database's clock, if absent. */
  until?: Date;
  /** A sentence for the candidate. */
  reason: string;
  /** Of the staff, if it did not happen by itself; null: a program of theirs, with a token. */
  decidedBy?: { staffId: string | null };
}

/**
 * Gives back a time that the platform took: rounded up to seconds, and without what earlier credits stand for. The
 * attempt's row is locked by the caller, who then moves the deadline.
 * @returns the seconds given; 0 when others gave all of it
 */
export async function creditPlatformTime(
  transaction: DatabaseTransaction,
  attemptId: string,
  { from, reason, decidedBy, ...credit }: PlatformCredit,
): Promise<number> {
  const until = credit.until ?? (await databaseNow(transaction));
  const covered = (await findCredited(transaction, [attemptId])).get(attemptId) ?? [];
  const seconds = secondsOf(uncoveredMs({ from, until }, covered));
  if (seconds === 0) return 0;
  await transaction
    .insertInto("time_credit")
    .values({
      attempt_id: attemptId,
      seconds,
      source: "platform",
      reason,
      created_by: decidedBy?.staffId ?? null,
      covers_from: from,
      covers_until: until,
    })
    .execute();
  await recordEvent(transaction, attemptId, {
    type: "time_credited",
    actor: decidedBy ? "staff" : "platform",
    data: { seconds, source: "platform" },
  });
  return seconds;
}

/** Times for which attempts were given something back already. */
export async function findCredited(
  connection: Connection,
  attemptIds: readonly string[],
): Promise<Map<string, Interval[]>> {
  const credited = new Map<string, Interval[]>();
  if (attemptIds.length === 0) return credited;
  const rows = await connection
    .selectFrom("time_credit")
    .select(["attempt_id", "covers_from", "covers_until"])
    .where("attempt_id", "in", attemptIds)
    .where("covers_from", "is not", null)
    .execute();
  for (const row of rows) {
    const ofAttempt = credited.get(row.attempt_id) ?? [];
    ofAttempt.push({ from: row.covers_from!, until: row.covers_until! });
    credited.set(row.attempt_id, ofAttempt);
  }
  return credited;
}
