import type { ModelSummary } from "../../shared/contracts/models.ts";
import type { Database } from "../../shared/db/database.ts";
import { sumModelCalls } from "../../shared/db/model-calls.ts";
import { recordPlatformEvent } from "../records/attempt-event-record.ts";

/**
 * Adds to the timeline, once, what the attempt's programs asked of the models: calls, tokens and dollars by line, and no
 * word of what was said. The gateway has settled every call when it closed the sandbox. Nothing where nothing was asked.
 */
export async function summariseModels(db: Database, attemptId: string): Promise<void> {
  const known = await db
    .selectFrom("attempt_event")
    .where("attempt_id", "=", attemptId)
    .where("type", "=", "model_summary")
    .select("id")
    .limit(1)
    .executeTakeFirst();
  if (known) return;
  const summary: ModelSummary = { lines: await sumModelCalls(db, attemptId) };
  if (summary.lines.length > 0) await recordPlatformEvent(db, attemptId, "model_summary", summary);
}
