import { sql } from "kysely";
import { z } from "zod";
import { DatasetManifest } from "../../shared/contracts/dataset.ts";
import type { Connection } from "../../shared/db/database.ts";
import { type MockApiVariables, nameVariables } from "../../shared/domain/mock-api-variables.ts";

export interface MountedDataset {
  mountName: string;
  manifest: DatasetManifest;
}

/** Datasets of an assessment version; one of them when `mountName` is given. */
export async function listMountedDatasets(
  connection: Connection,
  assessmentVersionId: string,
  mountName?: string,
): Promise<MountedDataset[]> {
  let query = connection
    .selectFrom("assessment_version_dataset")
    .innerJoin("dataset_version", "dataset_version.id", "assessment_version_dataset.dataset_version_id")
    .select(["assessment_version_dataset.mount_name as mountName", "dataset_version.manifest as manifest"])
    .where("assessment_version_dataset.assessment_version_id", "=", assessmentVersionId)
    .orderBy("mount_name");
  if (mountName !== undefined) query = query.where("mount_name", "=", mountName);
  const rows = await query.execute();
  return rows.map((row) => ({ mountName: row.mountName, manifest: DatasetManifest.parse(row.manifest) }));
}

const OwnFiles = z.array(z.object({ path: z.string(), bytes: z.int() }));

/** Files of the attempt's own copy of a dataset; null where it uses the copy that all share. */
export async function findOwnFiles(
  connection: Connection,
  attemptId: string,
  mountName: string,
): Promise<z.infer<typeof OwnFiles> | null> {
  const row = await connection
    .selectFrom("attempt_dataset")
    .select("files")
    .where("attempt_id", "=", attemptId)
    .where("mount_name", "=", mountName)
    .executeTakeFirst();
  return row ? OwnFiles.parse(row.files) : null;
}

export interface ServedMockApi {
  hostname: string;
  title: string;
  document: Record<string, unknown>;
  bindings: unknown;
}

/** Mock APIs of an assessment version; one of them when `hostname` is given. */
export async function listServedMockApis(
  connection: Connection,
  assessmentVersionId: string,
  hostname?: string,
): Promise<ServedMockApi[]> {
  let query = connection
    .selectFrom("assessment_version_mock_api")
    .innerJoin("mock_api_version", "mock_api_version.id", "assessment_version_mock_api.mock_api_version_id")
    .innerJoin("mock_api", "mock_api.id", "mock_api_version.mock_api_id")
    .select([
      "assessment_version_mock_api.hostname as hostname",
      "mock_api.title as title",
      "mock_api_version.document as document",
      "mock_api_version.bindings as bindings",
    ])
    .where("assessment_version_mock_api.assessment_version_id", "=", assessmentVersionId)
    .orderBy("hostname");
  if (hostname !== undefined) query = query.where("hostname", "=", hostname);
  const rows = await query.execute();
  return rows.map((row) => ({ ...row, document: row.document as Record<string, unknown> }));
}

/** What the mock APIs of a version are called in the environment of its sandboxes, by hostname. */
export async function listMockApiVariables(
  connection: Connection,
  assessmentVersionId: string,
): Promise<Map<string, MockApiVariables>> {
  const rows = await connection
    .selectFrom("assessment_version_mock_api as pin")
    .innerJoin("mock_api_version as version", "version.id", "pin.mock_api_version_id")
    .select(["pin.hostname", sql<string | null>`version.bindings -> 'apiKey' ->> 'environment'`.as("wanted")])
    .where("pin.assessment_version_id", "=", assessmentVersionId)
    .orderBy("pin.hostname")
    .execute();
  return nameVariables(rows);
}
