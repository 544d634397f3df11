import { type Selectable, sql } from "kysely";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import type { MockApiRequest, MockApiScratch } from "../../shared/db/schema.gen.ts";

export interface ScratchRow
  extends Pick<Selectable<MockApiScratch>, "id" | "mock_api_id" | "created_at" | "expires_at"> {
  /** Whether its document describes any way to authenticate. */
  asksForKey: boolean;
}

const COLUMNS = [
  "id",
  "mock_api_id",
  "created_at",
  "expires_at",
  sql<boolean>`coalesce(document #> '{components,securitySchemes}', '{}') <> '{}'`.as("asksForKey"),
] as const;

export interface NewScratch {
  mockApiId: string;
  document: unknown;
  bindings: unknown;
  weather: unknown;
  datasetVersionId: string | null;
  createdBy: string | null;
  lifetimeSec: number;
}

/** Of the others of this mock API the newest `keep` stay. */
export async function insertScratch(
  transaction: DatabaseTransaction,
  scratch: NewScratch,
  keep: number,
): Promise<ScratchRow> {
  const surplus = transaction
    .selectFrom("mock_api_scratch")
    .select("id")
    .where("mock_api_id", "=", scratch.mockApiId)
    .orderBy("created_at", "desc")
    .offset(keep);
  await transaction.deleteFrom("mock_api_scratch").where("id", "in", surplus).execute();
  return transaction
    .insertInto("mock_api_scratch")
    .values({
      mock_api_id: scratch.mockApiId,
      document: JSON.stringify(scratch.document),
      bindings: JSON.stringify(scratch.bindings),
      weather: JSON.stringify(scratch.weather),
      dataset_version_id: scratch.datasetVersionId,
      created_by: scratch.createdBy,
      expires_at: sql<Date>`clock_timestamp() + make_interval(secs => ${scratch.lifetimeSec})`,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** The same once more, as new; the old one is gone. @returns undefined when there is none or it has expired */
export async function replaceScratch(
  transaction: DatabaseTransaction,
  mockApiId: string,
  scratchId: string,
  lifetimeSec: number,
): Promise<ScratchRow | undefined> {
  const row = await transaction
    .insertInto("mock_api_scratch")
    .columns([
      "mock_api_id",
      "document",
      "bindings",
      "weather",
      "dataset_version_id",
      "created_by",
      "expires_at",
    ])
    .expression((e) =>
      e
        .selectFrom("mock_api_scratch as old")
        .select([
          "old.mock_api_id",
          "old.document",
          "old.bindings",
          "old.weather",
          "old.dataset_version_id",
          "old.created_by",
          sql<Date>`clock_timestamp() + make_interval(secs => ${lifetimeSec})`.as("expires_at"),
        ])
        .where("old.id", "=", scratchId)
        .where("old.mock_api_id", "=", mockApiId)
        .where("old.expires_at", ">", sql<Date>`clock_timestamp()`),
    )
    .returning(COLUMNS)
    .executeTakeFirst();
  if (row) await transaction.deleteFrom("mock_api_scratch").where("id", "=", scratchId).execute();
  return row;
}

/** Undefined when it has expired, too. */
export function findScratch(
  db: Connection,
  mockApiId: string,
  scratchId: string,
): Promise<ScratchRow | undefined> {
  return db
    .selectFrom("mock_api_scratch")
    .select(COLUMNS)
    .where("id", "=", scratchId)
    .where("mock_api_id", "=", mockApiId)
    .where("expires_at", ">", sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
}

/** Newest first. @param before only what was asked before the request with this id */
export function listScratchRequests(
  db: Connection,
  scratchId: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<Selectable<MockApiRequest>[]> {
  return db
    .selectFrom("mock_api_request")
    .selectAll()
    .where("scratch_id", "=", scratchId)
    .$if(before !== undefined, (query) => query.where("id", "<", before!))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}
