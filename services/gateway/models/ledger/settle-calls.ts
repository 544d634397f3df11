import type pg from "pg";
import type { AttemptContext } from "../../egress/service.ts";
import type { CallEnd, OpenCall } from "./ledger.ts";

/** A call with how it ended. */
export interface EndedCall {
  call: OpenCall;
  end: CallEnd;
}

/** Calls that one statement ends at most. Each number of calls is a prepared statement of its own. */
export const MAX_SETTLED_AT_ONCE = 16;

type Value = (ended: EndedCall) => unknown;

/** Of model_call, in the order of the statement: name, type, value. What the transcript says comes last. */
const COLUMNS: readonly (readonly [name: string, type: string, value: Value])[] = [
  ["id", "uuid", ({ call }) => call.id],
  ["line", "text", ({ call }) => call.line],
  ["endpoint", "text", ({ call }) => call.endpoint],
  ["alias", "text", ({ call }) => call.alias],
  ["stream", "boolean", ({ call }) => call.stream],
  ["request_sha256", "text", ({ call }) => call.requestSha256],
  ["outcome", "text", ({ end }) => end.outcome],
  ["status", "integer", ({ end }) => end.status],
  ["error_code", "text", ({ end }) => end.errorCode],
  ["upstream_id", "uuid", ({ end }) => end.target?.upstreamId],
  ["upstream_model", "text", ({ end }) => end.target?.name],
  ["mock", "boolean", ({ end }) => end.target?.mock ?? false],
  ["failed_targets", "integer", ({ end }) => end.failedTargets],
  ["input_tokens", "bigint", ({ end }) => end.usage?.input],
  ["cached_input_tokens", "bigint", ({ end }) => end.usage?.cachedInput],
  ["output_tokens", "bigint", ({ end }) => end.usage?.output],
  ["usage", "text", ({ end }) => end.usageSource],
  ["cost_nano_usd", "bigint", ({ end }) => end.costNanoUsd],
  ["first_token_ms", "real", ({ end }) => end.firstTokenMs],
  ["duration_ms", "real", ({ end }) => end.durationMs],
];
const TRANSCRIPT = [
  ["request_sealed", "bytea"],
  ["response_sealed", "bytea"],
  ["request_bytes", "bigint"],
  ["response_bytes", "bigint"],
  ["truncated", "boolean"],
] as const;
const NAMES = [...COLUMNS, ...TRANSCRIPT].map(([name]) => name);
const TYPES = [...[...COLUMNS, ...TRANSCRIPT].map(([, type]) => type), "bigint"];
/** What the reservation said already. */
const SAID = new Set(["id", "line", "endpoint", "alias", "stream", "request_sha256"]);

/**
 * Ends calls of one attempt, each once: reservations become what the calls cost. A row is written whole where its
 * reservation was lost with the database's last moments; then nothing is held back any more that could be given back.
 */
export function settlementOf(
  { attemptId, epoch }: Pick<AttemptContext, "attemptId" | "epoch">,
  ended: readonly EndedCall[],
): pg.QueryConfig {
  const values = ended.flatMap(valuesOf);
  return {
    name: `settle-model-calls-${ended.length}`,
    text: textFor(ended.length),
    values: [attemptId, epoch, ...values],
  };
}

function valuesOf(one: EndedCall): unknown[] {
  const { call, end } = one;
  const { request, response, requestBytes, responseBytes, truncated } = end.transcript();
  // Never more tokens than were reserved: the table's check would refuse the settlement as a whole.
  const tokens = Math.min((end.usage?.input ?? 0) + (end.usage?.output ?? 0), call.reserved.tokens);
  const said = COLUMNS.map(([, , value]) => value(one));
  return [...said, request, response, requestBytes, responseBytes, truncated, tokens];
}

/** Turns reservations into costs, as `sums` has them for each line of an attempt. */
export const SETTLE_BUDGETS = `
  update attempt_model_budget as budget
  set spent_nano_usd = budget.spent_nano_usd + sums.cost_nano_usd,
      reserved_nano_usd = budget.reserved_nano_usd - sums.reserved_nano_usd,
      spent_tokens = budget.spent_tokens + sums.tokens,
      reserved_tokens = budget.reserved_tokens - sums.reserved_tokens
  from sums
  where budget.attempt_id = sums.attempt_id and budget.line = sums.line`;

const texts = new Map<number, string>();

function textFor(count: number): string {
  const known = texts.get(count) ?? writeText(count);
  texts.set(count, known);
  return known;
}

function writeText(count: number): string {
  const row = (number: number) =>
    `(${TYPES.map((type, index) => `$${3 + number * TYPES.length + index}::${type}`).join(", ")})`;
  const rows = Array.from({ length: count }, (_, number) => row(number));
  const changed = NAMES.filter((name) => !SAID.has(name)).map((name) => `${name} = excluded.${name}`);
  return `
  with given (${NAMES.join(", ")}, tokens) as (values ${rows.join(", ")}),
  ended as (
    insert into model_call as call (attempt_id, epoch, ${NAMES.join(", ")})
    select $1::uuid, $2::integer, ${NAMES.join(", ")} from given
    on conflict (id) do update set ${changed.join(", ")}
    where call.outcome = 'open'
    returning id, attempt_id, line, cost_nano_usd, reserved_nano_usd, reserved_tokens
  ),
  sums as (
    select ended.attempt_id, ended.line, sum(ended.cost_nano_usd) as cost_nano_usd,
           sum(ended.reserved_nano_usd) as reserved_nano_usd, sum(ended.reserved_tokens) as reserved_tokens,
           sum(given.tokens) as tokens
    from ended join given using (id)
    group by ended.attempt_id, ended.line
  )${SETTLE_BUDGETS}`;
}
