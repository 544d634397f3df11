import type { ExportedAssessment } from "../../shared/contracts/assessment-transfer.ts";
import { DatasetManifest } from "../../shared/contracts/dataset.ts";
import type { Connection } from "../../shared/db/database.ts";

/** Dataset versions as an export lists them. */
export async function listExportedDatasets(
  connection: Connection,
  versionIds: readonly string[],
): Promise<(ExportedAssessment["datasets"][number] & { manifest: DatasetManifest })[]> {
  if (versionIds.length === 0) return [];
  const rows = await connection
    .selectFrom("dataset_version as version")
    .innerJoin("dataset", "dataset.id", "version.dataset_id")
    .select([
      "version.id as id",
      "dataset.slug as slug",
      "dataset.title as title",
      "version.sha256 as sha256",
      "version.manifest as manifest",
      "version.profile as profile",
    ])
    .where("version.id", "in", versionIds)
    .orderBy("version.id")
    .execute();
  return rows.map((row) => ({
    ...row,
    manifest: DatasetManifest.parse(row.manifest),
    profile: row.profile as ExportedAssessment["datasets"][number]["profile"],
  }));
}

/** Mock API versions as an export lists them. */
export async function listExportedMockApis(
  connection: Connection,
  versionIds: readonly string[],
): Promise<ExportedAssessment["mockApis"]> {
  if (versionIds.length === 0) return [];
  const rows = await connection
    .selectFrom("mock_api_version as version")
    .innerJoin("mock_api", "mock_api.id", "version.mock_api_id")
    .select([
      "version.id as id",
      "mock_api.slug as slug",
      "mock_api.title as title",
      "version.sha256 as sha256",
      "version.document as document",
      "version.bindings as bindings",
      "version.weather as weather",
      "version.dataset_version_id as datasetVersionId",
    ])
    .where("version.id", "in", versionIds)
    .orderBy("version.id")
    .execute();
  return rows as unknown as ExportedAssessment["mockApis"];
}

/** Models by their names, as an export lists them. */
export function listExportedModels(
  connection: Connection,
  modelIds: readonly string[],
): Promise<ExportedAssessment["models"]> {
  if (modelIds.length === 0) return Promise.resolve([]);
  return connection
    .selectFrom("model")
    .innerJoin("model_upstream", "model_upstream.id", "model.upstream_id")
    .select(["model.id as id", "model_upstream.name as upstream", "model.name as name"])
    .where("model.id", "in", modelIds)
    .orderBy("model.id")
    .execute();
}
