import type { Selectable } from "kysely";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import type { MockApiVersion } from "../../shared/db/schema.gen.ts";

export interface MockApiVersionRow {
  id: string;
  number: number;
  sha256: string;
  createdAt: Date;
  createdBy: string | null;
  usedBy: number;
}

/** Newest first, or only the one with `versionId`. */
export async function listMockApiVersions(
  db: Connection,
  by: { mockApiId: string } | { versionId: string },
): Promise<MockApiVersionRow[]> {
  const rows = await db
    .selectFrom("mock_api_version as version")
    .leftJoin("staff_user", "staff_user.id", "version.created_by")
    .select((e) => [
      "version.id",
      "version.number",
      "version.sha256",
      "version.created_at as createdAt",
      "staff_user.name as createdBy",
      e
        .selectFrom("assessment_version_mock_api as used")
        .innerJoin("assessment_version", "assessment_version.id", "used.assessment_version_id")
        .select((f) => f.fn.count<number>("assessment_version.id").distinct().as("count"))
        .whereRef("used.mock_api_version_id", "=", "version.id")
        .where("assessment_version.purpose", "=", "published")
        .as("usedBy"),
    ])
    .where((e) =>
      "mockApiId" in by ? e("version.mock_api_id", "=", by.mockApiId) : e("version.id", "=", by.versionId),
    )
    .orderBy("version.number", "desc")
    .execute();
  return rows.map((row) => ({ ...row, usedBy: row.usedBy ?? 0 }));
}

export function findMockApiVersion(
  db: Connection,
  id: string,
): Promise<(Selectable<MockApiVersion> & { title: string }) | undefined> {
  return db
    .selectFrom("mock_api_version")
    .innerJoin("mock_api", "mock_api.id", "mock_api_version.mock_api_id")
    .selectAll("mock_api_version")
    .select("mock_api.title")
    .where("mock_api_version.id", "=", id)
    .executeTakeFirst();
}

export function findLatestMockApiVersion(
  db: Connection,
  mockApiId: string,
): Promise<Selectable<MockApiVersion> | undefined> {
  return db
    .selectFrom("mock_api_version")
    .selectAll()
    .where("mock_api_id", "=", mockApiId)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
}

export interface NewMockApiVersion {
  mockApiId: string;
  sha256: string;
  document: unknown;
  bindings: unknown;
  weather: unknown;
  datasetVersionId: string | null;
  sourceSha256: string | null;
  createdBy: string | null;
}

/** @returns undefined when the mock API has a version of the same content */
export async function insertMockApiVersion(
  transaction: DatabaseTransaction,
  version: NewMockApiVersion,
): Promise<{ id: string } | undefined> {
  return transaction
    .insertInto("mock_api_version")
    .values({
      mock_api_id: version.mockApiId,
      sha256: version.sha256,
      document: JSON.stringify(version.document),
      bindings: JSON.stringify(version.bindings),
      weather: JSON.stringify(version.weather),
      dataset_version_id: version.datasetVersionId,
      source_sha256: version.sourceSha256,
      created_by: version.createdBy,
    })
    .onConflict((conflict) => conflict.columns(["mock_api_id", "sha256"]).doNothing())
    .returning("id")
    .executeTakeFirst();
}
