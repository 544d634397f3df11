import { type Selectable, sql } from "kysely";
import { DatasetManifest } from "../../shared/contracts/dataset.ts";
import type { DatasetProfile } from "../../shared/contracts/dataset-profile.ts";
import type { ImportState } from "../../shared/contracts/dataset-studio.ts";
import type { Connection } from "../../shared/db/database.ts";
import type { Dataset } from "../../shared/db/schema.gen.ts";

export type DatasetRow = Selectable<Dataset>;

export function listDatasets(db: Connection, archived: boolean): Promise<DatasetRow[]> {
  return db
    .selectFrom("dataset")
    .selectAll()
    .where("archived_at", archived ? "is not" : "is", null)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
}

export function findDataset(db: Connection, id: string): Promise<DatasetRow | undefined> {
  return db.selectFrom("dataset").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Held until the transaction ends. */
export function lockDataset(db: Connection, id: string): Promise<DatasetRow | undefined> {
  return db.selectFrom("dataset").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
}

/** Slugs are only for addresses of the platform's own; a title that is taken gets a number. */
export async function insertDataset(
  db: Connection,
  dataset: { title: string; description: string },
): Promise<DatasetRow> {
  const plain = dataset.title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50);
  for (let number = 1; ; number++) {
    const slug = `${plain || "dataset"}${number === 1 ? "" : `-${number}`}`;
    const row = await db
      .insertInto("dataset")
      .values({ ...dataset, slug })
      .onConflict((conflict) => conflict.column("slug").doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row) return row;
  }
}

export function changeDataset(
  db: Connection,
  id: string,
  changes: { title?: string; description?: string; archived_at?: Date | null },
): Promise<DatasetRow> {
  return db
    .updateTable("dataset")
    .set({ id, ...changes })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export interface VersionRow {
  id: string;
  datasetId: string;
  datasetTitle: string;
  number: number;
  sha256: string;
  createdAt: Date;
  createdBy: string | null;
  manifest: DatasetManifest;
  parent: { id: string; number: number } | null;
}

/** Newest first. */
export async function listVersions(
  db: Connection,
  where: { datasetIds?: string[]; id?: string },
): Promise<VersionRow[]> {
  const rows = await db
    .selectFrom("dataset_version as v")
    .innerJoin("dataset as d", "d.id", "v.dataset_id")
    .leftJoin("dataset_version as p", "p.id", "v.parent_version_id")
    .leftJoin("staff_user as s", "s.id", "v.created_by")
    .select(["v.id", "v.dataset_id", "v.number", "v.sha256", "v.created_at", "v.manifest", "d.title"])
    .select(["p.id as parent_id", "p.number as parent_number", "s.name as created_by"])
    .$if(where.datasetIds !== undefined, (query) =>
      query.where("v.dataset_id", "=", sql<string>`any(${where.datasetIds}::uuid[])`),
    )
    .$if(where.id !== undefined, (query) => query.where("v.id", "=", where.id!))
    .orderBy("v.number", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    datasetId: row.dataset_id,
    datasetTitle: row.title,
    number: row.number,
    sha256: row.sha256,
    createdAt: row.created_at,
    createdBy: row.created_by,
    manifest: DatasetManifest.parse(row.manifest),
    parent: row.parent_id === null ? null : { id: row.parent_id, number: row.parent_number! },
  }));
}

export async function findVersionProfile(db: Connection, id: string): Promise<DatasetProfile | null> {
  const row = await db
    .selectFrom("dataset_version")
    .select("profile")
    .where("id", "=", id)
    .executeTakeFirst();
  return (row?.profile ?? null) as DatasetProfile | null;
}

/** Published assessment versions that give a dataset version out. */
export function listUses(
  db: Connection,
  versionId: string,
): Promise<{ assessmentTitle: string; number: number }[]> {
  return db
    .selectFrom("assessment_version_dataset as u")
    .innerJoin("assessment_version as v", "v.id", "u.assessment_version_id")
    .innerJoin("assessment as a", "a.id", "v.assessment_id")
    .select(["a.title as assessmentTitle", "v.number"])
    .where("u.dataset_version_id", "=", versionId)
    .where("v.purpose", "=", "published")
    .where("v.published_at", "is not", null)
    .orderBy("a.title")
    .orderBy("v.number")
    .execute();
}

export interface ImportItemRow {
  id: string;
  datasetId: string;
  state: ImportState;
  parentVersionId: string | null;
  createdAt: Date;
  fileNames: string[];
}

/** Newest first. */
export async function listImports(db: Connection, datasetIds: string[]): Promise<ImportItemRow[]> {
  const rows = await db
    .selectFrom("dataset_import as i")
    .leftJoin("dataset_import_file as f", "f.import_id", "i.id")
    .leftJoin("upload as u", "u.id", "f.upload_id")
    .select(["i.id", "i.dataset_id", "i.state", "i.parent_version_id", "i.created_at"])
    .select(
      sql<
        string[]
      >`coalesce(array_agg(u.file_name order by f.position) filter (where u.id is not null), '{}')`.as(
        "file_names",
      ),
    )
    .where("i.dataset_id", "=", sql<string>`any(${datasetIds}::uuid[])`)
    .groupBy("i.id")
    .orderBy("i.created_at", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    datasetId: row.dataset_id,
    state: row.state as ImportState,
    parentVersionId: row.parent_version_id,
    createdAt: row.created_at,
    fileNames: row.file_names,
  }));
}
