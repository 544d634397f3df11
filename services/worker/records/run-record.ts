import { sql } from "kysely";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import type { AttemptRecord } from "./attempt-record.ts";

/** What a run is filled from, and the attempt that it came of. */
export async function findRunSource(
  db: Connection,
  runOf: string,
): Promise<{ attemptId: string; treeSha256: string }> {
  const row = await db
    .selectFrom("submission")
    .select(["attempt_id", "tree_sha256"])
    .where("id", "=", runOf)
    .executeTakeFirstOrThrow();
  return { attemptId: row.attempt_id, treeSha256: row.tree_sha256 };
}

/**
 * The attempt whose keys of mock APIs hold in a sandbox. A run has those of the candidate's attempt, since a key that
 * was written into a file must go on working.
 */
export async function keyOwnerOf(
  db: Connection,
  { id, runOf }: Pick<AttemptRecord, "id" | "runOf">,
): Promise<string> {
  return runOf === null ? id : (await findRunSource(db, runOf)).attemptId;
}

const LOST = "The sandbox stopped by itself, and this run ended with it. Start another one.";

/** Nobody's time is at stake and nothing is kept, so a run is not brought back. */
export async function endLostRun(tx: DatabaseTransaction, attemptId: string, hostId: string): Promise<void> {
  await tx
    .updateTable("attempt")
    .set({ state: "ended", end_reason: "lost", failure: LOST, ended_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", attemptId)
    .where("state", "=", "running")
    .execute();
  await enqueue(tx, "discard", { attemptId }, { hostId });
}
