import { sql } from "kysely";
import type { Database } from "../../../shared/db/database.ts";
import type { OperationWeather } from "../../../shared/domain/weather.ts";
import type { KeptEntry } from "./log-entry.ts";

/** Why a request is not in the log: more than its owner may log, or more at once than could be written. */
export type UnloggedReason = "cap" | "overload";

const [BEGIN, COMMA, END] = ["[", ",", "]"].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];

/** Also tells the studio's pages which scratch instances were asked. */
export async function insertRequests(db: Database, entries: readonly KeptEntry[]): Promise<void> {
  const scratchIds = [...new Set(entries.flatMap(({ owner }) => (owner.kind === "scratch" ? owner.id : [])))];
  const rows = Buffer.concat(
    entries.flatMap(({ row }, index) => [index === 0 ? BEGIN : COMMA, row]).concat(END),
  );
  const told = sql.join(
    scratchIds.map((id) => sql`pg_notify('studio_changed', ${`mock_api_scratch ${id}`})`),
  );
  const insert = sql`
      insert into mock_api_request (attempt_id, scratch_id, hostname, at, method, target, operation_id, status,
                                    duration_ms, fault, request, response)
      select * from jsonb_to_recordset(${rows}::text::jsonb) as entry
        (attempt_id uuid, scratch_id uuid, hostname text, at timestamptz, method text, target text,
         operation_id text, status integer, duration_ms real, fault text, request jsonb, response jsonb)`;
  if (scratchIds.length === 0) {
    await insert.execute(db);
    return;
  }
  await db.transaction().execute(async (tx) => {
    await insert.execute(tx);
    await sql`select ${told}`.execute(tx);
  });
}

export async function addUnlogged(
  db: Database,
  attemptId: string,
  reason: UnloggedReason,
  requests: number,
): Promise<void> {
  await db
    .insertInto("mock_api_unlogged")
    .values({ attempt_id: attemptId, reason, requests })
    .onConflict((on) =>
      on.columns(["attempt_id", "reason"]).doUpdateSet({
        requests: sql<number>`mock_api_unlogged.requests + excluded.requests`,
      }),
    )
    .execute();
}

export interface WeatherRow {
  attemptId: string;
  hostname: string;
  operationId: string;
  state: OperationWeather;
}

/** Counters only grow, so what an older sandbox says late changes nothing. */
export async function saveWeather(db: Database, rows: readonly WeatherRow[]): Promise<void> {
  const records = rows.map(({ attemptId, hostname, operationId, state }) => ({
    attempt_id: attemptId,
    hostname,
    operation_id: operationId,
    requests: state.requests,
    in_a_row: state.inARow,
    strikes: state.strikes,
  }));
  await sql`
    insert into mock_api_weather (attempt_id, hostname, operation_id, requests, in_a_row, strikes)
    select * from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as entry
      (attempt_id uuid, hostname text, operation_id text, requests integer, in_a_row integer, strikes jsonb)
    on conflict (attempt_id, hostname, operation_id) do update
      set requests = excluded.requests, in_a_row = excluded.in_a_row, strikes = excluded.strikes
      where mock_api_weather.requests < excluded.requests`.execute(db);
}

/** Operation id -> how far its weather has come. */
export async function loadWeather(
  db: Database,
  attemptId: string,
  hostname: string,
): Promise<Map<string, OperationWeather>> {
  const rows = await db
    .selectFrom("mock_api_weather")
    .select(["operation_id", "requests", "in_a_row", "strikes"])
    .where("attempt_id", "=", attemptId)
    .where("hostname", "=", hostname)
    .execute();
  return new Map(
    rows.map((row) => [
      row.operation_id,
      { requests: row.requests, inARow: row.in_a_row, strikes: row.strikes as Record<string, number> },
    ]),
  );
}
