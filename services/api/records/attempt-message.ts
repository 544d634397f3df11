import { sql } from "kysely";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";

export interface AttemptMessageRow {
  id: string;
  text: string;
  sentAt: Date;
  readAt: Date | null;
  /** Name of the member of staff; null when a program sent it. */
  sentBy: string | null;
}

/** Oldest first. */
export async function listMessages(connection: Connection, attemptId: string): Promise<AttemptMessageRow[]> {
  return connection
    .selectFrom("attempt_message")
    .leftJoin("staff_user", "staff_user.id", "attempt_message.sent_by")
    .select([
      "attempt_message.id",
      "attempt_message.text",
      "attempt_message.sent_at as sentAt",
      "attempt_message.read_at as readAt",
      "staff_user.name as sentBy",
    ])
    .where("attempt_id", "=", attemptId)
    .orderBy("sent_at")
    .orderBy("attempt_message.id")
    .execute();
}

export async function insertMessage(
  transaction: DatabaseTransaction,
  message: { attemptId: string; text: string; sentBy: string | null },
): Promise<{ id: string; sentAt: Date }> {
  return transaction
    .insertInto("attempt_message")
    .values({ attempt_id: message.attemptId, text: message.text, sent_by: message.sentBy })
    .returning(["id", "sent_at as sentAt"])
    .executeTakeFirstOrThrow();
}

/**
 * Notes that the candidate of the invitation read it; the first time counts.
 * @returns the attempt it was for when it had not been read; null else
 */
export async function markRead(
  transaction: DatabaseTransaction,
  invitationId: string,
  messageId: string,
): Promise<string | null> {
  const row = await transaction
    .updateTable("attempt_message")
    .from("attempt")
    .set({ read_at: sql<Date>`clock_timestamp()` })
    .whereRef("attempt.id", "=", "attempt_message.attempt_id")
    .where("attempt.invitation_id", "=", invitationId)
    .where("attempt_message.id", "=", messageId)
    .where("attempt_message.read_at", "is", null)
    .returning("attempt_message.attempt_id as attemptId")
    .executeTakeFirst();
  return row?.attemptId ?? null;
}
