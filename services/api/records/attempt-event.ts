import { sql } from "kysely";
import type { AttemptEventType, EventActor } from "../../shared/contracts/event.ts";
import type { DatabaseTransaction } from "../../shared/db/database.ts";

/** Adds to the attempt's timeline, in the transaction of what happened. */
export async function recordEvent(
  transaction: DatabaseTransaction,
  attemptId: string,
  event: { type: AttemptEventType; actor: EventActor; data?: Record<string, unknown>; at?: Date },
): Promise<void> {
  await transaction
    .insertInto("attempt_event")
    .values({
      attempt_id: attemptId,
      type: event.type,
      actor: event.actor,
      data: JSON.stringify(event.data ?? {}),
      ...(event.at ? { at: event.at } : {}),
    })
    .execute();
}

/** Whether an event of the type happened within the last `seconds`. */
export async function happenedWithin(
  transaction: DatabaseTransaction,
  attemptId: string,
  type: AttemptEventType,
  seconds: number,
): Promise<boolean> {
  const row = await transaction
    .selectFrom("attempt_event")
    .select("id")
    .where("attempt_id", "=", attemptId)
    .where("type", "=", type)
    .where("at", ">", sql<Date>`clock_timestamp() - make_interval(secs => ${seconds})`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
