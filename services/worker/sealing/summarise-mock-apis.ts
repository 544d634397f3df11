import type { Database } from "../../shared/db/database.ts";
import { summariseRequests } from "../../shared/db/mock-api-log.ts";
import { recordPlatformEvent } from "../records/attempt-event-record.ts";

/**
 * Adds to the timeline, once, what the attempt's programs asked of its mock APIs, one event for each; the whole log
 * stays in the database. The gateway has written the rest of it when it closed the sandbox.
 */
export async function summariseMockApis(db: Database, attemptId: string): Promise<void> {
  const known = await db
    .selectFrom("attempt_event")
    .where("attempt_id", "=", attemptId)
    .where("type", "=", "mock_api_summary")
    .select("id")
    .limit(1)
    .executeTakeFirst();
  if (known) return;
  const summaries = await summariseRequests(db, attemptId);
  for (const summary of summaries)
    await recordPlatformEvent(db, attemptId, "mock_api_summary", { ...summary });
}
