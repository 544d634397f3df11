import type { Connection } from "../../shared/db/database.ts";

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
