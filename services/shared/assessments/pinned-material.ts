import { DatasetManifest } from "../contracts/dataset.ts";
import type { ModelKind } from "../contracts/models.ts";
import type { Connection } from "../db/database.ts";
import type { PinnedModel } from "../domain/composer/spec-models.ts";

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

/** Models by id, as they stand. Those that are gone are not in the answer. */
export async function findPinnedModels(
  connection: Connection,
  modelIds: readonly string[],
): Promise<Map<string, PinnedModel>> {
  if (modelIds.length === 0) return new Map();
  const rows = await connection
    .selectFrom("model")
    .innerJoin("model_upstream as upstream", "upstream.id", "model.upstream_id")
    .select([
      "model.id as modelId",
      "upstream.id as upstreamId",
      "upstream.name as upstreamName",
      "upstream.kind as upstreamKind",
      "upstream.archived_at as upstreamArchivedAt",
      "model.name as name",
      "model.kind as kind",
      "model.archived_at as archivedAt",
      "model.input_usd_per_mtok as input",
      "model.cached_input_usd_per_mtok as cachedInput",
      "model.output_usd_per_mtok as output",
    ])
    .where("model.id", "in", modelIds)
    .execute();
  return new Map(
    rows.map(({ upstreamKind, upstreamArchivedAt, archivedAt, input, cachedInput, output, ...row }) => [
      row.modelId,
      {
        ...row,
        kind: row.kind as ModelKind,
        mock: upstreamKind === "mock",
        archived: archivedAt !== null || upstreamArchivedAt !== null,
        price:
          input === null || cachedInput === null || output === null
            ? null
            : { inputUsdPerMTok: input, cachedInputUsdPerMTok: cachedInput, outputUsdPerMTok: output },
      },
    ]),
  );
}
