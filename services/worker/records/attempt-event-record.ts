import type { AttemptEventType, EventActor } from "../../shared/contracts/event.ts";
import type { Connection } from "../../shared/db/database.ts";

/** Adds to the attempt's timeline. Data holds facts, never file contents. */
export async function recordEvent(
  db: Connection,
  attemptId: string,
  type: AttemptEventType,
  data: Record<string, string | number | boolean | null> = {},
  actor: EventActor = "platform",
): Promise<void> {
  await db
    .insertInto("attempt_event")
    .values({ attempt_id: attemptId, type, actor, data: JSON.stringify(data) })
    .execute();
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
