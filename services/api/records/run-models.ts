import { sql } from "kysely";
import type { ModelOutcome } from "../../shared/contracts/models.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";

/** Larger requests are told of without their words: this is read at every look at the page. */
const LARGEST_EXCERPTED = 200_000;
const LISTED = 20;

export interface NewRequestRow {
  id: string;
  at: Date;
  times: number;
  endpoint: string;
  alias: string;
  stream: boolean;
  outcome: ModelOutcome;
  errorCode: string | null;
  costNanoUsd: number;
  requestSealed: Buffer | null;
  requestBytes: number;
  truncated: boolean;
}

/** What the run asked that is not on the record, equal requests as one with the latest of them; newest first. */
export async function listNewRequests(
  connection: Connection,
  runId: string,
): Promise<{ items: NewRequestRow[]; count: number }> {
  const { rows } = await sql<NewRequestRow & { count: number }>`
    with new as (
      select coalesce(request_sha256 || stream::text, id::text) as key, id, at, cost_nano_usd from model_call
      where attempt_id = ${runId} and outcome <> 'replayed'
    ),
    equal as (
      select (array_agg(id order by at desc))[1] as id, max(at) as at, count(*)::int as times,
             sum(cost_nano_usd)::bigint as cost, count(*) over ()::int as count
      from new group by key
    )
    select call.id, equal.at, equal.times, call.endpoint, call.alias, call.stream, call.outcome,
           call.error_code as "errorCode", equal.cost as "costNanoUsd", equal.count,
           case when call.request_bytes <= ${LARGEST_EXCERPTED} then call.request_sealed end as "requestSealed",
           call.request_bytes as "requestBytes", call.truncated
    from equal join model_call as call on call.id = equal.id
    order by equal.at desc, call.id limit ${LISTED}`.execute(connection);
  return { items: rows.map(({ count: _, ...row }) => row), count: rows[0]?.count ?? 0 };
}

/** Answers that can be replayed, and how many requests of the run were answered from them. */
export async function countReplays(
  connection: Connection,
  submissionId: string,
  runId: string,
): Promise<{ recorded: number; replayed: number }> {
  const { rows } = await sql<{ recorded: number; replayed: number }>`
    select
      (select count(*)::int from model_call
       where attempt_id = (select attempt_id from submission where id = ${submissionId}) and line = 'product'
         and outcome = 'answered' and status = 200 and not truncated and response_sealed is not null) as recorded,
      (select count(*)::int from model_call where attempt_id = ${runId} and outcome = 'replayed') as replayed`.execute(
    connection,
  );
  return rows[0]!;
}

export interface SpendingRow {
  limitNanoUsd: number;
  spentNanoUsd: number;
  reservedNanoUsd: number;
}

/** Null until the reviewer allows some. */
export async function findSpending(connection: Connection, runId: string): Promise<SpendingRow | null> {
  const row = await connection
    .selectFrom("attempt_model_budget")
    .select([
      "limit_nano_usd as limitNanoUsd",
      "spent_nano_usd as spentNanoUsd",
      "reserved_nano_usd as reservedNanoUsd",
    ])
    .where("attempt_id", "=", runId)
    .where("line", "=", "product")
    .executeTakeFirst();
  return row ?? null;
}

/** Sets what the run may spend in all. What is spent or under way stays allowed. */
export async function setSpending(
  transaction: DatabaseTransaction,
  runId: string,
  limit: { nanoUsd: number; tokens: number | null },
): Promise<void> {
  await transaction
    .insertInto("attempt_model_budget")
    .values({
      attempt_id: runId,
      line: "product",
      limit_nano_usd: limit.nanoUsd,
      limit_tokens: limit.tokens,
    })
    .onConflict((conflict) =>
      conflict.columns(["attempt_id", "line"]).doUpdateSet({
        limit_nano_usd: sql<number>`greatest(excluded.limit_nano_usd,
          attempt_model_budget.spent_nano_usd + attempt_model_budget.reserved_nano_usd)`,
      }),
    )
    .execute();
}
