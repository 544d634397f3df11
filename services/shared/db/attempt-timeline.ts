import type { AttemptEventType, EventActor } from "../contracts/event.ts";
import type { Connection } from "./database.ts";

export interface TimelineEvent {
  type: AttemptEventType;
  actor: EventActor;
  /** Facts, never file contents. */
  data?: Record<string, unknown>;
  /** Now, by the database's clock, if absent. */
  at?: Date;
}

/** Adds to the attempt's timeline, in the transaction of what happened. */
export async function recordEvent(
  connection: Connection,
  attemptId: string,
  { type, actor, data, at }: TimelineEvent,
): Promise<void> {
  await connection
    .insertInto("attempt_event")
    .values({ attempt_id: attemptId, type, actor, data: JSON.stringify(data ?? {}), ...(at ? { at } : {}) })
    .execute();
}
