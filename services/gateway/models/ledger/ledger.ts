import type pg from "pg";
import type { ModelLine, ModelOutcome } from "../../../shared/contracts/models.ts";
import type { TokenUsage } from "../../../shared/domain/model-cost.ts";
import type { AttemptContext } from "../../egress/service.ts";
import { type EndedCall, SETTLE_BUDGETS, settlementOf } from "./settle-calls.ts";

/** Amounts of money are billionths of a dollar. */
export interface Amounts {
  nanoUsd: number;
  tokens: number;
}

/** Where a line stands, its open reservations included. */
export interface Balance {
  limit: { nanoUsd: number; tokens: number | null };
  spent: Amounts;
  reserved: Amounts;
  /** Reservations made so far, this one included. */
  requests: number;
}

export interface OpenCall {
  id: string;
  line: ModelLine;
  endpoint: string;
  alias: string;
  stream: boolean;
  reserved: Amounts;
  requestSha256: string;
}

export interface CallEnd {
  outcome: ModelOutcome;
  status: number | null;
  errorCode: string | null;
  target: { upstreamId: string; name: string; mock: boolean } | null;
  failedTargets: number;
  usage: TokenUsage | null;
  usageSource: "reported" | "estimated" | "none";
  /** Not above what was reserved. */
  costNanoUsd: number;
  firstTokenMs: number | null;
  durationMs: number;
  /** Seals what was said, which takes a while: to be called once nobody waits. */
  transcript: () => Transcript;
}

/** Both bodies sealed, with their sizes before. */
export interface Transcript {
  request: Buffer | null;
  response: Buffer | null;
  requestBytes: number;
  responseBytes: number;
  truncated: boolean;
}

/** A call that was not made. */
export interface RefusedCall extends Omit<OpenCall, "reserved" | "requestSha256"> {
  /** Null when the request was not understood. */
  requestSha256: string | null;
  status: number;
  errorCode: string;
  transcript: Transcript;
}

export type Reservation =
  | { state: "reserved"; balance: Balance }
  /** What is left does not cover the reservation. */
  | { state: "exceeded"; balance: Balance }
  /** The attempt is not running under this epoch. */
  | { state: "closed" };

interface BalanceRow {
  limit_nano_usd: number;
  limit_tokens: number | null;
  spent_nano_usd: number;
  spent_tokens: number;
  reserved_nano_usd: number;
  reserved_tokens: number;
  requests: number;
}

/**
 * One statement: the attempt is running under this epoch, the budget covers the most that the call can cost, and from
 * now on that much is taken. The row's lock puts calls that come at once in a row, and its check would refuse whoever
 * tried to write past the limit.
 *
 * The commit does not wait for the disk. What could be lost by that is a reservation whose call is under way while the
 * database's machine dies; the settlement waits, and writes the call anew where it is missing.
 */
const RESERVE = `
  with relaxed as (select set_config('synchronous_commit', 'off', true)),
  running as (
    select attempt.id from attempt, relaxed
    where attempt.id = $2 and attempt.epoch = $3 and attempt.state = 'running'
  ),
  budget as (
    update attempt_model_budget
    set reserved_nano_usd = reserved_nano_usd + $4, reserved_tokens = reserved_tokens + $5, requests = requests + 1
    where attempt_id = (select id from running) and line = $6
      and spent_nano_usd + reserved_nano_usd + $4 <= limit_nano_usd
      and (limit_tokens is null or spent_tokens + reserved_tokens + $5 <= limit_tokens)
    returning *
  ),
  call as (
    insert into model_call (id, attempt_id, epoch, line, endpoint, alias, stream, outcome, reserved_nano_usd,
                            reserved_tokens, request_sha256)
    select $1, attempt_id, $3, $6, $7, $8, $9, 'open', $4, $5, $10 from budget
  )
  select true as reserved, limit_nano_usd, limit_tokens, spent_nano_usd, spent_tokens, reserved_nano_usd,
         reserved_tokens, requests
  from budget`;

const STANDING = `
  select attempt.state = 'running' and attempt.epoch = $2 as running, budget.*
  from attempt left join attempt_model_budget as budget on budget.attempt_id = attempt.id and budget.line = $3
  where attempt.id = $1`;

/** Calls that were open when a gateway ended: nobody knows what they used, so they count as all they could. */
const SETTLE_LOST = `
  with lost as (
    update model_call set outcome = 'lost', cost_nano_usd = reserved_nano_usd
    where outcome = 'open' and attempt_id in (select id from attempt where host_id = $1)
      and not (id = any ($2::uuid[]))
    returning attempt_id, line, reserved_nano_usd, reserved_tokens
  ),
  sums as (
    select attempt_id, line, sum(reserved_nano_usd) as cost_nano_usd, sum(reserved_nano_usd) as reserved_nano_usd,
           sum(reserved_tokens) as tokens, sum(reserved_tokens) as reserved_tokens
    from lost group by attempt_id, line
  )${SETTLE_BUDGETS}`;

/** Budgets in Postgres, which alone knows what is left. Statements are prepared once for each connection. */
export class Ledger {
  readonly #pool: Pick<pg.Pool, "query">;

  constructor(pool: Pick<pg.Pool, "query">) {
    this.#pool = pool;
  }

  /** Makes the budget of a line, with the limits of the attempt's version; what is there stays. */
  async openBudget(attemptId: string, line: ModelLine, limit: Balance["limit"]): Promise<void> {
    await this.#pool.query(
      `insert into attempt_model_budget (attempt_id, line, limit_nano_usd, limit_tokens) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [attemptId, line, limit.nanoUsd, limit.tokens],
    );
  }

  async reserve(attempt: Pick<AttemptContext, "attemptId" | "epoch">, call: OpenCall): Promise<Reservation> {
    const { attemptId, epoch } = attempt;
    const { id, line, endpoint, alias, stream, reserved, requestSha256 } = call;
    const amounts = [reserved.nanoUsd, reserved.tokens];
    const values = [id, attemptId, epoch, ...amounts, line, endpoint, alias, stream, requestSha256];
    const { rows } = await this.#pool.query<BalanceRow>({
      name: "reserve-model-call",
      text: RESERVE,
      values,
    });
    if (rows[0]) return { state: "reserved", balance: balanceOf(rows[0]) };
    return this.#explain(attemptId, epoch, line);
  }

  /** @param ended calls of this attempt, MAX_SETTLED_AT_ONCE at most; all are settled, or none */
  async settle(
    attempt: Pick<AttemptContext, "attemptId" | "epoch">,
    ended: readonly EndedCall[],
  ): Promise<void> {
    await this.#pool.query(settlementOf(attempt, ended));
  }

  async recordRefusal(
    { attemptId, epoch }: Pick<AttemptContext, "attemptId" | "epoch">,
    call: RefusedCall,
  ): Promise<void> {
    const { request, response, requestBytes, responseBytes, truncated } = call.transcript;
    await this.#pool.query(
      `insert into model_call (id, attempt_id, epoch, line, endpoint, alias, stream, outcome, status, error_code,
                               request_sealed, response_sealed, request_bytes, response_bytes, truncated,
                               request_sha256)
       values ($1, $2, $3, $4, $5, $6, $7, 'refused', $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        ...[call.id, attemptId, epoch, call.line, call.endpoint, call.alias, call.stream],
        ...[call.status, call.errorCode, request, response, requestBytes, responseBytes, truncated],
        call.requestSha256,
      ],
    );
  }

  /** @param underWay ids of this process's own calls */
  async settleLost(hostId: string, underWay: readonly string[]): Promise<void> {
    await this.#pool.query(SETTLE_LOST, [hostId, underWay]);
  }

  async #explain(attemptId: string, epoch: number, line: ModelLine): Promise<Reservation> {
    const { rows } = await this.#pool.query<BalanceRow & { running: boolean }>({
      name: "read-model-budget",
      text: STANDING,
      values: [attemptId, epoch, line],
    });
    const [row] = rows;
    if (!row?.running || row.limit_nano_usd === null) return { state: "closed" };
    return { state: "exceeded", balance: balanceOf(row) };
  }
}

function balanceOf(row: BalanceRow): Balance {
  return {
    limit: { nanoUsd: row.limit_nano_usd, tokens: row.limit_tokens },
    spent: { nanoUsd: row.spent_nano_usd, tokens: row.spent_tokens },
    reserved: { nanoUsd: row.reserved_nano_usd, tokens: row.reserved_tokens },
    requests: row.requests,
  };
}
