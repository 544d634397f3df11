import { type Selectable, sql } from "kysely";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import type { MockApi } from "../../shared/db/schema.gen.ts";

export interface MockApiRow {
  id: string;
  slug: string;
  title: string;
  createdAt: Date;
  archivedAt: Date | null;
  version: { id: string; number: number; createdAt: Date } | null;
  draft: { checkState: string; sourceName: string | null; updatedAt: Date } | null;
}

/** By title; those archived last. */
export async function listMockApis(db: Connection): Promise<MockApiRow[]> {
  const rows = await selectMockApis(db)
    .orderBy(sql`mock_api.archived_at is not null`)
    .orderBy("mock_api.title")
    .execute();
  return rows.map(rowOf);
}

export async function findMockApi(db: Connection, id: string): Promise<MockApiRow | undefined> {
  const row = await selectMockApis(db).where("mock_api.id", "=", id).executeTakeFirst();
  return row && rowOf(row);
}

function selectMockApis(db: Connection) {
  return db
    .selectFrom("mock_api")
    .leftJoin("mock_api_draft as draft", "draft.mock_api_id", "mock_api.id")
    .leftJoinLateral(
      (e) =>
        e
          .selectFrom("mock_api_version")
          .select(["id", "number", "created_at"])
          .whereRef("mock_api_version.mock_api_id", "=", "mock_api.id")
          .orderBy("number", "desc")
          .limit(1)
          .as("latest"),
      (join) => join.onTrue(),
    )
    .select([
      "mock_api.id",
      "mock_api.slug",
      "mock_api.title",
      "mock_api.created_at as createdAt",
      "mock_api.archived_at as archivedAt",
      "latest.id as versionId",
      "latest.number as versionNumber",
      "latest.created_at as versionCreatedAt",
      "draft.check_state as checkState",
      "draft.source_name as sourceName",
      "draft.updated_at as draftUpdatedAt",
    ]);
}

type Selected = Awaited<ReturnType<ReturnType<typeof selectMockApis>["execute"]>>[number];

function rowOf(row: Selected): MockApiRow {
  const { id, slug, title, createdAt, archivedAt } = row;
  return {
    id,
    slug,
    title,
    createdAt,
    archivedAt,
    version: row.versionId
      ? { id: row.versionId, number: row.versionNumber!, createdAt: row.versionCreatedAt! }
      : null,
    draft: row.checkState
      ? { checkState: row.checkState, sourceName: row.sourceName, updatedAt: row.draftUpdatedAt! }
      : null,
  };
}

/** @returns undefined when the slug is taken */
export async function insertMockApi(
  transaction: DatabaseTransaction,
  { slug, title, createdBy }: { slug: string; title: string; createdBy: string | null },
): Promise<{ id: string } | undefined> {
  const row = await transaction
    .insertInto("mock_api")
    .values({ slug, title })
    .onConflict((conflict) => conflict.column("slug").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (row)
    await transaction
      .insertInto("mock_api_draft")
      .values({ mock_api_id: row.id, updated_by: createdBy })
      .execute();
  return row;
}

/** Slugs that begin with this one. */
export async function takenSlugs(db: Connection, slug: string): Promise<Set<string>> {
  const rows = await db.selectFrom("mock_api").select("slug").where("slug", "like", `${slug}%`).execute();
  return new Set(rows.map((row) => row.slug));
}

/** The row, held until the transaction ends. */
export function lockMockApi(
  transaction: DatabaseTransaction,
  id: string,
): Promise<Selectable<MockApi> | undefined> {
  return transaction.selectFrom("mock_api").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
}

export async function updateMockApi(
  transaction: DatabaseTransaction,
  id: string,
  change: { title: string } | { archived: boolean },
): Promise<void> {
  await transaction
    .updateTable("mock_api")
    .set(
      "title" in change
        ? change
        : { archived_at: change.archived ? sql<Date>`coalesce(archived_at, clock_timestamp())` : null },
    )
    .where("id", "=", id)
    .execute();
}
