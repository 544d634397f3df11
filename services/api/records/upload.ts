import { type Selectable, sql } from "kysely";
import type { UploadPurpose } from "../../shared/contracts/upload.ts";
import type { Connection, Database, DatabaseTransaction } from "../../shared/db/database.ts";
import type { Upload } from "../../shared/db/schema.gen.ts";

export type UploadRow = Selectable<Upload>;

/** One number for the lock under which the sum of open uploads is counted. */
const QUOTA_LOCK = 7_102_025;

export function findUpload(db: Connection, id: string): Promise<UploadRow | undefined> {
  return db.selectFrom("upload").selectAll().where("id", "=", id).executeTakeFirst();
}

/** What open uploads have announced, in bytes, and how many they are. Nobody else adds one until the commit. */
export async function countOpenUploads(
  transaction: DatabaseTransaction,
): Promise<{ bytes: number; count: number }> {
  await sql`select pg_advisory_xact_lock(${QUOTA_LOCK})`.execute(transaction);
  const row = await transaction
    .selectFrom("upload")
    .select((e) => [e.fn.sum<string | null>("bytes").as("bytes"), e.fn.countAll<string>().as("count")])
    .where("state", "=", "receiving")
    .executeTakeFirstOrThrow();
  return { bytes: Number(row.bytes ?? 0), count: Number(row.count) };
}

export function insertUpload(
  transaction: DatabaseTransaction,
  upload: { purpose: UploadPurpose; fileName: string; bytes: number; createdBy: string | null },
): Promise<UploadRow> {
  return transaction
    .insertInto("upload")
    .values({
      purpose: upload.purpose,
      file_name: upload.fileName,
      bytes: upload.bytes,
      created_by: upload.createdBy,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function noteReceived(db: Database, id: string, received: number): Promise<void> {
  await db
    .updateTable("upload")
    .set({ received, updated_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", id)
    .where("state", "=", "receiving")
    .execute();
}

/** Out of `receiving`, once. @returns whether this call did it */
export async function endUpload(
  connection: Connection,
  id: string,
  end:
    | { state: "stored"; sha256: string; received: number }
    | { state: "cancelled" }
    | { state: "failed"; failure: string },
): Promise<boolean> {
  const result = await connection
    .updateTable("upload")
    .set({ ...end, updated_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", id)
    .where("state", "=", "receiving")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
