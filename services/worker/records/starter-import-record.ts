import { sql } from "kysely";
import type { Connection } from "../../shared/db/database.ts";
import { storable } from "../../shared/db/storable.ts";

/** The blob of an upload that waits to become files of a workspace; null when nothing waits. */
export async function findWaitingStarter(db: Connection, uploadId: string): Promise<string | null> {
  const row = await db
    .selectFrom("starter_import")
    .innerJoin("upload", "upload.id", "starter_import.upload_id")
    .select("upload.sha256")
    .where("starter_import.upload_id", "=", uploadId)
    .where("starter_import.state", "=", "waiting")
    .executeTakeFirst();
  return row?.sha256 ?? null;
}

export async function endStarterImport(
  db: Connection,
  uploadId: string,
  outcome: { treeSha256: string } | { problems: readonly string[] },
): Promise<void> {
  await db
    .updateTable("starter_import")
    .set({
      ...("treeSha256" in outcome
        ? { state: "ready", tree_sha256: outcome.treeSha256 }
        : { state: "failed", problems: JSON.stringify(storable(outcome.problems)) }),
      updated_at: sql<Date>`clock_timestamp()`,
    })
    .where("upload_id", "=", uploadId)
    .where("state", "=", "waiting")
    .execute();
}

/** Uploads that wait to be read although no job reads them; the next look finds them later. */
export async function takeForgottenStarters(db: Connection, ageSec: number): Promise<string[]> {
  const rows = await db
    .updateTable("starter_import")
    .set({ updated_at: sql<Date>`clock_timestamp()` })
    .where("state", "=", "waiting")
    .where("updated_at", "<", sql<Date>`clock_timestamp() - make_interval(secs => ${ageSec})`)
    .returning("upload_id")
    .execute();
  return rows.map((row) => row.upload_id);
}
