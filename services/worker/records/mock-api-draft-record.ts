import { type Selectable, sql } from "kysely";
import type { Database } from "../../shared/db/database.ts";
import type { MockApiDraft } from "../../shared/db/schema.gen.ts";
import { storable } from "../../shared/db/storable.ts";
import { enqueue } from "../../shared/queue/outbox.ts";

export type WaitingDraft = Pick<
  Selectable<MockApiDraft>,
  "revision" | "source_sha256" | "document" | "bindings" | "weather"
>;

/** Undefined when nobody waits for a check of it. */
export function findWaitingDraft(db: Database, mockApiId: string): Promise<WaitingDraft | undefined> {
  return db
    .selectFrom("mock_api_draft")
    .select(["revision", "source_sha256", "document", "bindings", "weather"])
    .where("mock_api_id", "=", mockApiId)
    .where("check_state", "=", "waiting")
    .executeTakeFirst();
}

/**
 * Keeps what a check found, unless the draft has changed meanwhile.
 * @param document normalised; null keeps the one that passed before
 * @returns whether it was kept
 */
export async function keepCheck(
  db: Database,
  mockApiId: string,
  revision: number,
  result: { state: "passed" | "failed"; report: unknown; document: unknown },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("mock_api_draft")
    .set({
      check_state: result.state,
      report: JSON.stringify(storable(result.report)),
      ...(result.document === null ? {} : { document: JSON.stringify(result.document) }),
    })
    .where("mock_api_id", "=", mockApiId)
    .where("revision", "=", revision)
    .where("check_state", "=", "waiting")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Checks that somebody has waited for longer than any takes: their job was lost. Asked for again, once each. */
export async function requeueForgottenChecks(db: Database, patienceSec: number): Promise<string[]> {
  return db.transaction().execute(async (transaction) => {
    const rows = await transaction
      .updateTable("mock_api_draft")
      .set({ check_requested_at: sql<Date>`clock_timestamp()` })
      .where("check_state", "=", "waiting")
      .where("check_requested_at", "<", sql<Date>`clock_timestamp() - make_interval(secs => ${patienceSec})`)
      .returning("mock_api_id")
      .execute();
    for (const { mock_api_id: mockApiId } of rows)
      await enqueue(transaction, "check-mock-api", { mockApiId });
    return rows.map((row) => row.mock_api_id);
  });
}

/** An hour later than they end, so that a page that is open can still say so. */
export async function deleteExpiredScratches(db: Database): Promise<void> {
  await db
    .deleteFrom("mock_api_scratch")
    .where("expires_at", "<", sql<Date>`clock_timestamp() - interval '1 hour'`)
    .execute();
}
