import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";

export interface TimeCreditRow {
  seconds: number;
  reason: string;
  at: Date;
}

export async function listTimeCredits(connection: Connection, attemptId: string): Promise<TimeCreditRow[]> {
  return connection
    .selectFrom("time_credit")
    .select(["seconds", "reason", "created_at as at"])
    .where("attempt_id", "=", attemptId)
    .orderBy("created_at")
    .execute();
}

export async function insertTimeCredit(
  transaction: DatabaseTransaction,
  credit: { attemptId: string; seconds: number; reason: string; createdBy: string | null },
): Promise<void> {
  await transaction
    .insertInto("time_credit")
    .values({
      attempt_id: credit.attemptId,
      seconds: credit.seconds,
      reason: credit.reason,
      source: "admin",
      created_by: credit.createdBy,
    })
    .execute();
}
