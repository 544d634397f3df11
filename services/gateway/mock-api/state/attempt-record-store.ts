import { type Database, runPrepared } from "../../../shared/db/database.ts";
import type { AttemptContext } from "../../egress/service.ts";
import type { RecordChange } from "./attempt-database.ts";
import type { WrittenChange } from "./change-group.ts";
import type { StoredRecord } from "./column-value.ts";
import { AttemptClosedError, type RecordStore } from "./record-store.ts";

const SAVE = {
  name: "save-mock-api-records",
  text: `
    with running as (
      select id from attempt
      where id = $1 and epoch = $2 and state = 'running'
      for share
    )
    insert into mock_api_record (attempt_id, mock_api_version_id, collection, record_id, document)
    select running.id, $3::uuid, change.collection, change.record_id, nullif(change.document, 'null'::jsonb)
    from running, jsonb_to_recordset($4::jsonb) as change (collection text, record_id text, document jsonb)
    on conflict (attempt_id, mock_api_version_id, collection, record_id)
    do update set document = excluded.document, updated_at = clock_timestamp()
    returning 1`,
};

/** The overlay of one attempt in Postgres: what a restarted gateway, or one on another host, goes on with. */
export class AttemptRecordStore implements RecordStore {
  readonly #db: Database;
  readonly #versionId: string;
  readonly #attempt: Pick<AttemptContext, "attemptId" | "epoch">;

  constructor(db: Database, versionId: string, attempt: Pick<AttemptContext, "attemptId" | "epoch">) {
    this.#db = db;
    this.#versionId = versionId;
    this.#attempt = attempt;
  }

  async load(): Promise<RecordChange[]> {
    const rows = await this.#db
      .selectFrom("mock_api_record")
      .select(["collection", "record_id", "document"])
      .where("attempt_id", "=", this.#attempt.attemptId)
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
   * Writes only while the attempt runs under the epoch of the socket the request came in on. The share lock keeps
   * that true until the commit: sealing and replacing a sandbox update the same row.
   */
  async save(changes: readonly WrittenChange[]): Promise<void> {
    const { attemptId, epoch } = this.#attempt;
    const rows = changes.map(
      ({ collection, id, json }) =>
        `{"collection":${JSON.stringify(collection)},"record_id":${JSON.stringify(id)},"document":${json}}`,
    );
    const saved = await runPrepared(this.#db, SAVE, [attemptId, epoch, this.#versionId, `[${rows.join()}]`]);
    if (saved.length === 0) throw new AttemptClosedError("the attempt is not running under this epoch");
  }
}
