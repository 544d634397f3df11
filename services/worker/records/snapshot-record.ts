import { sql } from "kysely";
import type { Connection } from "../../shared/db/database.ts";

export interface SnapshotFacts {
  attemptId: string;
  epoch: number;
  treeSha256: string;
  fileCount: number;
  totalBytes: number;
  changedCount: number;
}

/** Digest of the newest snapshot's tree, or null before the first. */
export async function latestSnapshotTree(db: Connection, attemptId: string): Promise<string | null> {
  const row = await db
    .selectFrom("snapshot")
    .select("tree_sha256")
    .where("attempt_id", "=", attemptId)
    .orderBy("taken_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.tree_sha256 ?? null;
}

/** Writes a snapshot unless a newer epoch has taken over or the attempt is over. @returns whether it was written. */
export async function saveSnapshot(db: Connection, facts: SnapshotFacts): Promise<boolean> {
  const row = await db
    .insertInto("snapshot")
    .columns(["attempt_id", "epoch", "tree_sha256", "file_count", "total_bytes", "changed_count"])
    .expression((e) =>
      e
        .selectFrom("attempt")
        .select([
          "id",
          "epoch",
          sql<string>`${facts.treeSha256}`.as("tree_sha256"),
          sql<number>`${facts.fileCount}::int`.as("file_count"),
          sql<number>`${facts.totalBytes}::bigint`.as("total_bytes"),
          sql<number>`${facts.changedCount}::int`.as("changed_count"),
        ])
        .where("id", "=", facts.attemptId)
        .where("epoch", "=", facts.epoch)
        .where("state", "=", "running"),
    )
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** The workspace is known to be stored as of now, changed or not. */
export async function markSaved(db: Connection, attemptId: string): Promise<void> {
  await db
    .updateTable("attempt")
    .set({ last_snapshot_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", attemptId)
    .where("state", "in", ["running", "sealing"])
    .execute();
}
