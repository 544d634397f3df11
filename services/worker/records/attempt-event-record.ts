import type { AttemptEventType } from "../../shared/contracts/event.ts";
import { recordEvent } from "../../shared/db/attempt-timeline.ts";
import type { Connection } from "../../shared/db/database.ts";

/** Adds what the platform did to the attempt's timeline. */
export function recordPlatformEvent(
  db: Connection,
  attemptId: string,
  type: AttemptEventType,
  data: Record<string, unknown> = {},
): Promise<void> {
  return recordEvent(db, attemptId, { type, actor: "platform", data });
}

/** The timeline, one JSON text an event, oldest first, read in pages so that a long one is never held whole. */
export async function* timelineLines(db: Connection, attemptId: string): AsyncGenerator<string> {
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom("attempt_event")
      .select(["id", "at", "type", "actor", "data"])
      .where("attempt_id", "=", attemptId)
      .where("id", ">", after)
      .orderBy("id")
      .limit(1000)
      .execute();
    for (const row of rows) {
      yield `${JSON.stringify({ at: row.at.toISOString(), type: row.type, actor: row.actor, data: row.data })}`;
    }
    if (rows.length < 1000) return;
    after = rows.at(-1)!.id;
  }
}
