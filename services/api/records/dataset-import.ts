import { type Selectable, sql } from "kysely";
import type { ImportChoices, ReadingWish } from "../../shared/contracts/dataset-studio.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import type { DatasetImport } from "../../shared/db/schema.gen.ts";

export type ImportRow = Selectable<DatasetImport> & {
  datasetTitle: string;
  parentNumber: number | null;
  versionNumber: number | null;
};

export function findImport(db: Connection, id: string): Promise<ImportRow | undefined> {
  return db
    .selectFrom("dataset_import as i")
    .innerJoin("dataset as d", "d.id", "i.dataset_id")
    .leftJoin("dataset_version as p", "p.id", "i.parent_version_id")
    .leftJoin("dataset_version as v", "v.id", "i.dataset_version_id")
    .selectAll("i")
    .select(["d.title as datasetTitle", "p.number as parentNumber", "v.number as versionNumber"])
    .where("i.id", "=", id)
    .executeTakeFirst();
}

/** Held until the transaction ends. */
export async function lockImport(
  transaction: DatabaseTransaction,
  id: string,
): Promise<ImportRow | undefined> {
  await transaction.selectFrom("dataset_import").select("id").where("id", "=", id).forUpdate().execute();
  return findImport(transaction, id);
}

export function listImportFiles(
  db: Connection,
  importId: string,
): Promise<{ uploadId: string; fileName: string; bytes: number; reading: ReadingWish }[]> {
  return db
    .selectFrom("dataset_import_file as f")
    .innerJoin("upload as u", "u.id", "f.upload_id")
    .select(["u.id as uploadId", "u.file_name as fileName", "u.bytes"])
    .select((e) => e.ref("f.reading").$castTo<ReadingWish>().as("reading"))
    .where("f.import_id", "=", importId)
    .orderBy("f.position")
    .execute();
}

export async function insertImport(
  transaction: DatabaseTransaction,
  wanted: {
    datasetId: string;
    parentVersionId: string | null;
    createdBy: string | null;
    files: readonly { uploadId: string; reading: ReadingWish }[];
  },
): Promise<string> {
  const { id } = await transaction
    .insertInto("dataset_import")
    .values({
      dataset_id: wanted.datasetId,
      parent_version_id: wanted.parentVersionId,
      created_by: wanted.createdBy,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (wanted.files.length > 0)
    await transaction
      .insertInto("dataset_import_file")
      .values(
        wanted.files.map(({ uploadId, reading }, position) => ({
          import_id: id,
          position,
          upload_id: uploadId,
          reading: JSON.stringify(reading),
        })),
      )
      .execute();
  return id;
}

export async function updateImport(
  transaction: DatabaseTransaction,
  id: string,
  changes: { state?: string; choices?: ImportChoices; revision?: number; progress?: unknown },
): Promise<void> {
  const json = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value));
  await transaction
    .updateTable("dataset_import")
    .set({
      state: changes.state,
      revision: changes.revision,
      choices: json(changes.choices),
      progress: json(changes.progress),
      updated_at: sql<Date>`clock_timestamp()`,
    })
    .where("id", "=", id)
    .execute();
}
