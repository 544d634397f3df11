import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";

export interface StarterUploadRow {
  uploadId: string;
  fileName: string;
  purpose: string;
  uploadState: string;
  /** Null while nothing reads it. */
  importState: "waiting" | "ready" | "failed" | null;
  treeSha256: string | null;
  problems: string[];
}

/** Uploads by id, with what became of them as files of a workspace. */
export async function findStarterUploads(
  connection: Connection,
  uploadIds: readonly string[],
): Promise<StarterUploadRow[]> {
  if (uploadIds.length === 0) return [];
  const rows = await connection
    .selectFrom("upload")
    .leftJoin("starter_import", "starter_import.upload_id", "upload.id")
    .select([
      "upload.id as uploadId",
      "upload.file_name as fileName",
      "upload.purpose as purpose",
      "upload.state as uploadState",
      "starter_import.state as importState",
      "starter_import.tree_sha256 as treeSha256",
      "starter_import.problems as problems",
    ])
    .where("upload.id", "in", uploadIds)
    .orderBy("upload.id")
    .execute();
  return rows.map((row) => ({
    ...row,
    importState: row.importState as StarterUploadRow["importState"],
    problems: (row.problems ?? []) as string[],
  }));
}

/** @returns whether it is new; an upload is read once. */
export async function insertStarterImport(
  transaction: DatabaseTransaction,
  uploadId: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto("starter_import")
    .values({ upload_id: uploadId })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
