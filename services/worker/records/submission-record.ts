import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Receipt } from "../../shared/contracts/receipt.ts";
import type { Database } from "../../shared/db/database.ts";
import { codeName } from "../../shared/domain/code-name.ts";
import { recordPlatformEvent } from "./attempt-event-record.ts";

export async function submissionExists(db: Database, attemptId: string): Promise<boolean> {
  return (
    (await db
      .selectFrom("submission")
      .select("id")
      .where("attempt_id", "=", attemptId)
      .executeTakeFirst()) !== undefined
  );
}

/** Writes the submission and ends the attempt, in one transaction. Repeating it changes nothing. */
export async function saveSubmission(db: Database, receipt: Receipt, treeSha256: string): Promise<void> {
  const { statement } = receipt;
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .insertInto("submission")
      .values({
        id: statement.submissionId,
        attempt_id: statement.attemptId,
        code_name: codeName(randomBytes(5)),
        reason: statement.reason,
        sealed_at: statement.sealedAt,
        tree_sha256: treeSha256,
        archive_sha256: statement.archiveSha256,
        archive_bytes: statement.archiveBytes,
        file_count: statement.fileCount,
        total_bytes: statement.totalBytes,
        omitted_count: statement.omittedCount,
        receipt: JSON.stringify(receipt),
      })
      .onConflict((conflict) => conflict.column("attempt_id").doNothing())
      .returning("id")
      .executeTakeFirst();
    await tx
      .updateTable("attempt")
      .set({ state: "submitted", ended_at: sql<Date>`coalesce(ended_at, clock_timestamp())` })
      .where("id", "=", statement.attemptId)
      .where("state", "=", "sealing")
      .execute();
    if (row) {
      await recordPlatformEvent(tx, statement.attemptId, "sealed", {
        archiveSha256: statement.archiveSha256,
        files: statement.fileCount,
        bytes: statement.totalBytes,
      });
    }
  });
}
