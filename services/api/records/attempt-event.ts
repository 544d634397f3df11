import { sql } from "kysely";
import type { AttemptEventType } from "../../shared/contracts/event.ts";
import type { DatabaseTransaction } from "../../shared/db/database.ts";

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
