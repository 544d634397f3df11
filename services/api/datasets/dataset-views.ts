import type { DatasetProfile } from "../../shared/contracts/dataset-profile.ts";
import type {
  DatasetDetail,
  DatasetImportItem,
  DatasetImportView,
  DatasetList,
  DatasetVersionItem,
  DatasetVersionView,
  ImportFailure,
  ImportProgress,
} from "../../shared/contracts/dataset-studio.ts";
import { ImportChoices } from "../../shared/contracts/dataset-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type Database, databaseNow } from "../../shared/db/database.ts";
import {
  type DatasetRow,
  findDataset,
  findVersionProfile,
  type ImportItemRow,
  listDatasets,
  listImports,
  listUses,
  listVersions,
  type VersionRow,
} from "../records/dataset.ts";
import { findImport, listImportFiles } from "../records/dataset-import.ts";

const OPEN_STATES = new Set(["waiting", "profiling", "ready", "publishing"]);
const NOT_STARTED: ImportProgress = { phase: "waiting", subject: null, share: 0, rows: 0 };

export async function readDatasets(db: Database, archived: boolean): Promise<DatasetList> {
  const datasets = await listDatasets(db, archived);
  const ids = datasets.map(({ id }) => id);
  const [versions, imports] = await Promise.all([
    listVersions(db, { datasetIds: ids }),
    listImports(db, ids),
  ]);
  return {
    items: datasets.map((dataset) => {
      const own = versions.filter(({ datasetId }) => datasetId === dataset.id);
      const open = imports.find(({ datasetId, state }) => datasetId === dataset.id && OPEN_STATES.has(state));
      return {
        ...presentDataset(dataset),
        versions: own.length,
        latestVersion: own[0] ? presentVersion(own[0]) : null,
        openImport: open ? { id: open.id, state: open.state } : null,
      };
    }),
  };
}

/** @throws PlatformError dataset_not_found */
export async function readDataset(db: Database, id: string): Promise<DatasetDetail> {
  const dataset = await findDataset(db, id);
  if (!dataset) throw new PlatformError("dataset_not_found");
  const [versions, imports] = await Promise.all([
    listVersions(db, { datasetIds: [id] }),
    listImports(db, [id]),
  ]);
  return {
    ...presentDataset(dataset),
    versions: versions.map(presentVersion),
    imports: imports.map(presentImportItem),
  };
}

/** @throws PlatformError dataset_import_not_found */
export async function readImport(db: Database, id: string): Promise<DatasetImportView> {
  const row = await findImport(db, id);
  if (!row) throw new PlatformError("dataset_import_not_found");
  return {
    now: (await databaseNow(db)).toISOString(),
    id: row.id,
    dataset: { id: row.dataset_id, title: row.datasetTitle },
    state: row.state as DatasetImportView["state"],
    revision: row.revision,
    progress: { ...NOT_STARTED, ...(row.progress as Partial<ImportProgress>) },
    failure: row.failure as ImportFailure | null,
    files: await listImportFiles(db, id),
    parent: row.parent_version_id === null ? null : { id: row.parent_version_id, number: row.parentNumber! },
    profile: row.profile as DatasetProfile | null,
    choices: ImportChoices.parse(row.choices),
    version:
      row.dataset_version_id === null ? null : { id: row.dataset_version_id, number: row.versionNumber! },
    createdAt: row.created_at.toISOString(),
  };
}

/** @throws PlatformError dataset_version_not_found */
export async function readVersion(db: Database, id: string): Promise<DatasetVersionView> {
  const [version] = await listVersions(db, { id });
  if (!version) throw new PlatformError("dataset_version_not_found");
  const [profile, usedBy] = await Promise.all([findVersionProfile(db, id), listUses(db, id)]);
  const { manifest } = version;
  return {
    ...presentVersion(version),
    dataset: { id: version.datasetId, title: version.datasetTitle },
    description: manifest.description,
    licence: manifest.licence,
    card: manifest.card,
    files: manifest.files,
    tableList: manifest.tables.map(({ name, rows, columns, preview }) => ({
      name,
      rows,
      columns: columns.map(({ name: column, type, description }) => ({ name: column, type, description })),
      pageable: manifest.files.some(({ path }) => path === `platform/${name}.parquet`),
      preview,
    })),
    profile,
    treated: manifest.treated ?? [],
    usedBy,
  };
}

function presentDataset(dataset: DatasetRow) {
  return {
    id: dataset.id,
    slug: dataset.slug,
    title: dataset.title,
    description: dataset.description,
    createdAt: dataset.created_at.toISOString(),
    archivedAt: dataset.archived_at?.toISOString() ?? null,
  };
}

function presentVersion({ manifest, ...version }: VersionRow): DatasetVersionItem {
  const given = manifest.files.filter(({ path }) => path.startsWith("candidate/"));
  return {
    id: version.id,
    number: version.number,
    sha256: version.sha256,
    createdAt: version.createdAt.toISOString(),
    createdBy: version.createdBy,
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    bytes: given.reduce((sum, file) => sum + file.bytes, 0),
    parent: version.parent,
  };
}

function presentImportItem(row: ImportItemRow): DatasetImportItem {
  return {
    id: row.id,
    state: row.state,
    fileNames: row.fileNames,
    parentVersionId: row.parentVersionId,
    createdAt: row.createdAt.toISOString(),
  };
}
