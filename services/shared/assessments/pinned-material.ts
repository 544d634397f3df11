import { DatasetManifest } from "../contracts/dataset.ts";
import type { Connection } from "../db/database.ts";

export interface PinnedDatasetRow {
  datasetVersionId: string;
  datasetId: string;
  title: string;
  number: number;
  sha256: string;
  manifest: DatasetManifest;
  archived: boolean;
  latestVersionId: string;
  latestNumber: number;
}

/** Dataset versions by id, with what became of their dataset since. Those that are gone are not in the answer. */
export async function findPinnedDatasets(
  connection: Connection,
  versionIds: readonly string[],
): Promise<Map<string, PinnedDatasetRow>> {
  if (versionIds.length === 0) return new Map();
  const rows = await connection
    .selectFrom("dataset_version as version")
    .innerJoin("dataset", "dataset.id", "version.dataset_id")
    .innerJoinLateral(
      (select) =>
        select
          .selectFrom("dataset_version as newest")
          .select(["newest.id", "newest.number"])
          .whereRef("newest.dataset_id", "=", "dataset.id")
          .orderBy("newest.number", "desc")
          .limit(1)
          .as("latest"),
      (join) => join.onTrue(),
    )
    .select([
      "version.id as datasetVersionId",
      "dataset.id as datasetId",
      "dataset.title as title",
      "version.number as number",
      "version.sha256 as sha256",
      "version.manifest as manifest",
      "dataset.archived_at as archivedAt",
      "latest.id as latestVersionId",
      "latest.number as latestNumber",
    ])
    .where("version.id", "in", versionIds)
    .execute();
  return new Map(
    rows.map(({ archivedAt, manifest, ...row }) => [
      row.datasetVersionId,
      { ...row, manifest: DatasetManifest.parse(manifest), archived: archivedAt !== null },
    ]),
  );
}

export interface PinnedMockApiRow {
  mockApiVersionId: string;
  mockApiId: string;
  title: string;
  number: number;
  archived: boolean;
  latestVersionId: string;
  latestNumber: number;
}

/** The same for mock API versions. */
export async function findPinnedMockApis(
  connection: Connection,
  versionIds: readonly string[],
): Promise<Map<string, PinnedMockApiRow>> {
  if (versionIds.length === 0) return new Map();
  const rows = await connection
    .selectFrom("mock_api_version as version")
    .innerJoin("mock_api", "mock_api.id", "version.mock_api_id")
    .innerJoinLateral(
      (select) =>
        select
          .selectFrom("mock_api_version as newest")
          .select(["newest.id", "newest.number"])
          .whereRef("newest.mock_api_id", "=", "mock_api.id")
          .orderBy("newest.number", "desc")
          .limit(1)
          .as("latest"),
      (join) => join.onTrue(),
    )
    .select([
      "version.id as mockApiVersionId",
      "mock_api.id as mockApiId",
      "mock_api.title as title",
      "version.number as number",
      "mock_api.archived_at as archivedAt",
      "latest.id as latestVersionId",
      "latest.number as latestNumber",
    ])
    .where("version.id", "in", versionIds)
    .execute();
  return new Map(
    rows.map(({ archivedAt, ...row }) => [row.mockApiVersionId, { ...row, archived: archivedAt !== null }]),
  );
}
