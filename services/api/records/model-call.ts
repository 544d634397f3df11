import { type SelectQueryBuilder, sql } from "kysely";
import type { ModelCallTotals, ModelLine, ModelOutcome } from "../../shared/contracts/models.ts";
import type { Connection } from "../../shared/db/database.ts";
import { sumModelCalls } from "../../shared/db/model-calls.ts";
import type { DB } from "../../shared/db/schema.gen.ts";

/** One call of a submission's attempt, with the request as it is kept. */
export interface ModelCallRow {
  id: string;
  at: Date;
  line: ModelLine;
  endpoint: string;
  alias: string;
  upstreamModel: string | null;
  mock: boolean;
  stream: boolean;
  outcome: ModelOutcome;
  status: number | null;
  errorCode: string | null;
  inputTokens: number | null;
  cachedInputTokens: number | null;
  outputTokens: number | null;
  usage: "reported" | "estimated" | "none";
  costNanoUsd: number;
  firstTokenMs: number | null;
  durationMs: number | null;
  failedTargets: number;
  requestBytes: number;
  responseBytes: number;
  truncated: boolean;
  requestSealed: Buffer | null;
}

const COLUMNS = [
  "call.id as id",
  "call.at as at",
  "call.line as line",
  "call.endpoint as endpoint",
  "call.alias as alias",
  "call.upstream_model as upstreamModel",
  "call.mock as mock",
  "call.stream as stream",
  "call.outcome as outcome",
  "call.status as status",
  "call.error_code as errorCode",
  "call.input_tokens as inputTokens",
  "call.cached_input_tokens as cachedInputTokens",
  "call.output_tokens as outputTokens",
  "call.usage as usage",
  "call.cost_nano_usd as costNanoUsd",
  "call.first_token_ms as firstTokenMs",
  "call.duration_ms as durationMs",
  "call.failed_targets as failedTargets",
  "call.request_bytes as requestBytes",
  "call.response_bytes as responseBytes",
  "call.truncated as truncated",
  "call.request_sealed as requestSealed",
] as const;

type Calls = SelectQueryBuilder<DB & { call: DB["model_call"] }, "call" | "submission", object>;

/** By the submission: an attempt that has none yet is nobody's to read. */
function selectCalls(connection: Connection, submissionId: string): Calls {
  return connection
    .selectFrom("model_call as call")
    .innerJoin("submission", "submission.attempt_id", "call.attempt_id")
    .where("submission.id", "=", submissionId) as unknown as Calls;
}

/** Calls in the order in which they began. @param after only those after this one, which must be one of them */
export async function listModelCalls(
  connection: Connection,
  submissionId: string,
  { line, after, limit }: { line?: ModelLine | undefined; after?: string | undefined; limit: number },
): Promise<ModelCallRow[]> {
  let query = selectCalls(connection, submissionId).select(COLUMNS);
  if (line) query = query.where("call.line", "=", line);
  if (after)
    query = query.where(
      sql<boolean>`(call.at, call.id) > (select at, id from model_call where id = ${after})`,
    );
  return (await query.orderBy("call.at").orderBy("call.id").limit(limit).execute()) as ModelCallRow[];
}

export async function findModelCall(
  connection: Connection,
  submissionId: string,
  callId: string,
): Promise<(ModelCallRow & { responseSealed: Buffer | null }) | null> {
  const row = await selectCalls(connection, submissionId)
    .select([...COLUMNS, "call.response_sealed as responseSealed"])
    .where("call.id", "=", callId)
    .executeTakeFirst();
  return (row as (ModelCallRow & { responseSealed: Buffer | null }) | undefined) ?? null;
}

/** The clock of a submission's attempt, and what it called in all. */
export async function readCallFrame(
  connection: Connection,
  submissionId: string,
): Promise<{
  clock: { startedAt: Date; deadlineAt: Date; limitSec: number };
  totals: ModelCallTotals[];
}> {
  const attempt = await connection
    .selectFrom("attempt")
    .innerJoin("submission", "submission.attempt_id", "attempt.id")
    .select([
      "attempt.id as id",
      "attempt.started_at as startedAt",
      "attempt.deadline_at as deadlineAt",
      "attempt.limit_sec as limitSec",
    ])
    .where("submission.id", "=", submissionId)
    .executeTakeFirstOrThrow();
  const { startedAt, deadlineAt, limitSec } = attempt;
  return {
    clock: { startedAt: startedAt!, deadlineAt: deadlineAt!, limitSec },
    totals: await sumModelCalls(connection, attempt.id),
  };
}
