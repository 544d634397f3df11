import { sql } from "kysely";
import type { DatasetProfile } from "../../shared/contracts/dataset-profile.ts";
import {
  ImportChoices,
  type ImportFailure,
  type ImportProgress,
  ReadingWish,
} from "../../shared/contracts/dataset-studio.ts";
import { StagedTables } from "../../shared/contracts/staged-dataset.ts";
import type { Connection, Database } from "../../shared/db/database.ts";
import { storable } from "../../shared/db/storable.ts";

export interface DatasetImportRecord {
  id: string;
  datasetId: string;
  datasetTitle: string;
  datasetSlug: string;
  datasetDescription: string;
  parentVersionId: string | null;
  state: string;
  choices: ImportChoices;
  staged: StagedTables | null;
  profile: DatasetProfile | null;
  createdBy: string | null;
}

export async function findImport(db: Connection, id: string): Promise<DatasetImportRecord | undefined> {
  const row = await db
    .selectFrom("dataset_import as i")
    .innerJoin("dataset as d", "d.id", "i.dataset_id")
    .selectAll("i")
    .select(["d.title", "d.slug", "d.description"])
    .where("i.id", "=", id)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    datasetId: row.dataset_id,
    datasetTitle: row.title,
    datasetSlug: row.slug,
    datasetDescription: row.description,
    parentVersionId: row.parent_version_id,
    state: row.state,
    choices: ImportChoices.parse(row.choices),
    staged: row.staged === null ? null : StagedTables.parse(row.staged),
    profile: row.profile as DatasetProfile | null,
    createdBy: row.created_by,
  };
}

export interface ImportFile {
  name: string;
  sha256: string;
  bytes: number;
  reading: ReadingWish;
}

export async function listImportFiles(db: Connection, importId: string): Promise<ImportFile[]> {
  const rows = await db
    .selectFrom("dataset_import_file as f")
    .innerJoin("upload as u", "u.id", "f.upload_id")
    .select(["u.file_name", "u.sha256", "u.bytes", "f.reading"])
    .where("f.import_id", "=", importId)
    .orderBy("f.position")
    .execute();
  return rows.map((row) => ({
    name: row.file_name,
    sha256: row.sha256!,
    bytes: row.bytes,
    reading: ReadingWish.parse(row.reading),
  }));
}

/** From one of `from` to `to`. @returns false when it is in none of them: somebody else moved it */
export async function moveImport(
  connection: Connection,
  id: string,
  from: readonly string[],
  to: string,
  changes: {
    failure?: ImportFailure;
    profile?: DatasetProfile;
    staged?: StagedTables;
    choices?: ImportChoices;
    versionId?: string;
    progress?: ImportProgress;
  } = {},
): Promise<boolean> {
  const json = (value: unknown) => (value === undefined ? undefined : JSON.stringify(storable(value)));
  const result = await connection
    .updateTable("dataset_import")
    .set({
      state: to,
      failure: json(changes.failure),
      profile: json(changes.profile),
      staged: json(changes.staged),
      choices: json(changes.choices),
      progress: json(changes.progress),
      dataset_version_id: changes.versionId,
      updated_at: sql<Date>`clock_timestamp()`,
    })
    .where("id", "=", id)
    .where("state", "in", [...from])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function saveProgress(db: Database, id: string, progress: ImportProgress): Promise<void> {
  await db
    .updateTable("dataset_import")
    .set({ progress: JSON.stringify(storable(progress)), updated_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", id)
    .where("state", "in", ["profiling", "publishing"])
    .execute();
}

export async function isCancelled(db: Database, id: string): Promise<boolean> {
  const row = await db.selectFrom("dataset_import").select("state").where("id", "=", id).executeTakeFirst();
  return row === undefined || row.state === "cancelled";
}

/** Runs `action` unless another worker holds the import. @returns whether it ran */
export async function withImportLock(
  db: Database,
  id: string,
  action: () => Promise<void>,
): Promise<boolean> {
  return db.connection().execute(async (connection) => {
    const key = sql`hashtextextended(${`dataset-import:${id}`}, 0)`;
    const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_lock(${key}) as locked`.execute(
      connection,
    );
    if (!rows[0]!.locked) return false;
    try {
      await action();
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection);
    }
    return true;
  });
}
