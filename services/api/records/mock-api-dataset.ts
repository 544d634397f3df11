import { DatasetManifest, type DatasetTable } from "../../shared/contracts/dataset.ts";
import type { MockApiDatasetSummary } from "../../shared/contracts/mock-api-studio.ts";
import type { Connection } from "../../shared/db/database.ts";

function selectVersion(db: Connection, datasetVersionId: string) {
  return db
    .selectFrom("dataset_version")
    .innerJoin("dataset", "dataset.id", "dataset_version.dataset_id")
    .select(["dataset_version.id", "dataset_version.number", "dataset_version.manifest", "dataset.title"])
    .where("dataset_version.id", "=", datasetVersionId)
    .executeTakeFirst();
}

/** Null when there is no such version. */
export async function readDatasetTables(
  db: Connection,
  datasetVersionId: string,
): Promise<DatasetTable[] | null> {
  const row = await selectVersion(db, datasetVersionId);
  return row ? DatasetManifest.parse(row.manifest).tables : null;
}

/** Null when there is none, or no such version. */
export async function readDatasetSummary(
  db: Connection,
  datasetVersionId: string | null,
): Promise<MockApiDatasetSummary | null> {
  if (datasetVersionId === null) return null;
  const row = await selectVersion(db, datasetVersionId);
  if (!row) return null;
  const { tables } = DatasetManifest.parse(row.manifest);
  return {
    datasetVersionId: row.id,
    datasetTitle: row.title,
    number: row.number,
    tables: tables.map(({ name, rows, columns }) => ({
      name,
      rows,
      columns: columns.map((column) => ({ name: column.name, type: column.type })),
    })),
  };
}
