import { type Selectable, sql, type Updateable } from "kysely";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import type { MockApiDraft, MockApiVersion } from "../../shared/db/schema.gen.ts";

export type DraftRow = Selectable<MockApiDraft> & { updatedByName: string | null };

export function findDraft(db: Connection, mockApiId: string): Promise<DraftRow | undefined> {
  return db
    .selectFrom("mock_api_draft as draft")
    .leftJoin("staff_user", "staff_user.id", "draft.updated_by")
    .selectAll("draft")
    .select("staff_user.name as updatedByName")
    .where("draft.mock_api_id", "=", mockApiId)
    .executeTakeFirst();
}

/** The row, held until the transaction ends. */
export function lockDraft(
  transaction: DatabaseTransaction,
  mockApiId: string,
): Promise<Selectable<MockApiDraft> | undefined> {
  return transaction
    .selectFrom("mock_api_draft")
    .selectAll()
    .where("mock_api_id", "=", mockApiId)
    .forUpdate()
    .executeTakeFirst();
}

/** A draft that goes on from a version, unless there is a draft already. */
export async function insertDraftOf(db: Connection, version: Selectable<MockApiVersion>): Promise<void> {
  await db
    .insertInto("mock_api_draft")
    .values({
      mock_api_id: version.mock_api_id,
      source_sha256: version.source_sha256,
      source_name: version.source_sha256 === null ? null : "openapi",
      document: JSON.stringify(version.document),
      dataset_version_id: version.dataset_version_id,
      bindings: JSON.stringify(version.bindings),
      weather: JSON.stringify(version.weather),
    })
    .onConflict((conflict) => conflict.column("mock_api_id").doNothing())
    .execute();
}

type Change = Pick<
  Updateable<MockApiDraft>,
  "source_sha256" | "source_name" | "source_bytes" | "bindings" | "weather" | "dataset_version_id"
>;

/** Changes a draft, which makes it another revision. */
export async function changeDraft(
  transaction: DatabaseTransaction,
  mockApiId: string,
  change: Change,
  { checkState, by }: { checkState: "none" | "waiting"; by: string | null },
): Promise<void> {
  await transaction
    .updateTable("mock_api_draft")
    .set({
      ...change,
      revision: sql<number>`revision + 1`,
      check_state: checkState,
      ...(checkState === "waiting" ? { check_requested_at: sql<Date>`clock_timestamp()` } : {}),
      updated_by: by,
      updated_at: sql<Date>`clock_timestamp()`,
    })
    .where("mock_api_id", "=", mockApiId)
    .execute();
}

/** Asks for a check of the revision as it is. */
export async function markWaiting(transaction: DatabaseTransaction, mockApiId: string): Promise<void> {
  await transaction
    .updateTable("mock_api_draft")
    .set({ check_state: "waiting", check_requested_at: sql<Date>`clock_timestamp()` })
    .where("mock_api_id", "=", mockApiId)
    .execute();
}
