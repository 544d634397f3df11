import { sql } from "kysely";
import type { DatabaseTransaction } from "../../shared/db/database.ts";

export async function markPaused(
  transaction: DatabaseTransaction,
  attemptId: string,
  reason: string,
): Promise<void> {
  await transaction
    .updateTable("attempt")
    .set({ paused_at: sql<Date>`clock_timestamp()`, pause_reason: reason })
    .where("id", "=", attemptId)
    .execute();
}

/** Takes back that it is to go on. */
export async function keepPaused(transaction: DatabaseTransaction, attemptId: string): Promise<void> {
  await transaction
    .updateTable("attempt")
    .set({ resume_requested_at: null })
    .where("id", "=", attemptId)
    .execute();
}

export async function askToResume(transaction: DatabaseTransaction, attemptId: string): Promise<void> {
  await transaction
    .updateTable("attempt")
    .set({ resume_requested_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", attemptId)
    .execute();
}

export async function clearPause(transaction: DatabaseTransaction, attemptId: string): Promise<void> {
  await transaction
    .updateTable("attempt")
    .set({ paused_at: null, pause_reason: null, resume_requested_at: null })
    .where("id", "=", attemptId)
    .execute();
}

/** An admin ends it: the end is asked for, and whose end it is stays whatever comes first to freeze it. */
export async function requestEnd(transaction: DatabaseTransaction, attemptId: string): Promise<void> {
  await transaction
    .updateTable("attempt")
    .set({ submit_requested_at: sql<Date>`clock_timestamp()`, end_reason: "admin" })
    .where("id", "=", attemptId)
    .execute();
}
