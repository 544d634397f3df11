import { sql } from "kysely";
import type { Database } from "../../../shared/db/database.ts";
import type { AttemptContext } from "../../egress/service.ts";
import type { RecordChange } from "./attempt-database.ts";
import type { StoredRecord } from "./column-value.ts";

/** The attempt ended, or another sandbox has taken its place: nothing of this one counts any more. */
export class AttemptClosedError extends Error {}

/** The overlay of one attempt in Postgres: what a restarted gateway, or one on another host, goes on with. */
export class RecordStore {
  readonly #db: Database;
  readonly #versionId: string;

  constructor(db: Database, versionId: string) {
    this.#db = db;
    this.#versionId = versionId;
  }

  async load(attemptId: string): Promise<RecordChange[]> {
    const rows = await this.#db
      .selectFrom("mock_api_record")
      .select(["collection", "record_id", "document"])
      .where("attempt_id", "=", attemptId)
      .where("mock_api_version_id", "=", this.#versionId)
      .orderBy("updated_at")
      .orderBy("record_id")
      .execute();
    return rows.map((row) => ({
      collection: row.collection,
      id: row.record_id,
      record: row.document as StoredRecord | null,
    }));
  }

  /**
   * Writes all changes or none, and only while the attempt runs under the epoch of the socket the request came in
   * on. The share lock keeps that true until the commit: sealing and replacing a sandbox update the same row.
   * @throws AttemptClosedError
   */
  async save(attempt: AttemptContext, changes: readonly RecordChange[]): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      const running = await transaction
        .selectFrom("attempt")
        .select("id")
        .where("id", "=", attempt.attemptId)
        .where("epoch", "=", attempt.epoch)
        .where("state", "=", "running")
        .forShare()
        .executeTakeFirst();
      if (!running) throw new AttemptClosedError("the attempt is not running under this epoch");
      await transaction
        .insertInto("mock_api_record")
        .values(
          changes.map((change) => ({
            attempt_id: attempt.attemptId,
            mock_api_version_id: this.#versionId,
            collection: change.collection,
            record_id: change.id,
            document: change.record === null ? null : JSON.stringify(change.record),
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(["attempt_id", "mock_api_version_id", "collection", "record_id"]).doUpdateSet({
            document: (row) => row.ref("excluded.document"),
            updated_at: sql`clock_timestamp()`,
          }),
        )
        .execute();
    });
  }
}
