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
  credit: {
    attemptId: string;
    seconds: number;
    reason: string;
    createdBy: string | null;
    idempotencyKey?: string | undefined;
  },
): Promise<void> {
  await transaction
    .insertInto("time_credit")
    .values({
      attempt_id: credit.attemptId,
      seconds: credit.seconds,
      reason: credit.reason,
      source: "admin",
      created_by: credit.createdBy,
      idempotency_key: credit.idempotencyKey ?? null,
    })
    .execute();
}

export async function findTimeCreditByKey(
  connection: Connection,
  attemptId: string,
  key: string,
): Promise<{ seconds: number; reason: string } | null> {
  const row = await connection
    .selectFrom("time_credit")
    .select(["seconds", "reason"])
    .where("attempt_id", "=", attemptId)
    .where("idempotency_key", "=", key)
    .executeTakeFirst();
  return row ?? null;
}
