import type pg from "pg";
import type { SecretBox } from "../../../shared/domain/secret-box.ts";
import { openBody } from "../../../shared/models/transcript.ts";
import type { AttemptContext } from "../../egress/service.ts";
import type { ModelRequest } from "../request/read-call.ts";

/** An answer as the candidate's program got it. */
export interface RecordedAnswer {
  /** JSON; of a stream, its events. */
  text: string;
  upstreamId: string | null;
  upstreamModel: string | null;
  mock: boolean;
}

export interface ReplayedCall {
  id: string;
  request: ModelRequest;
  answer: RecordedAnswer;
  /** More than are kept of a run are answered all the same. */
  isKept: boolean;
}

interface RecordedRow {
  id: string;
  response_sealed: Buffer;
  upstream_id: string | null;
  upstream_model: string | null;
  mock: boolean;
}

/**
 * The n-th answer of those that an equal request got, or the last one when there are fewer. Only whole answers count:
 * what was refused, broke off or is not kept to its end is no answer to give again.
 */
const FIND = `
  with recorded as (
    select id, response_sealed, upstream_id, upstream_model, mock, row_number() over (order by at, id) - 1 as place
    from model_call
    where attempt_id = $1 and request_sha256 = $2 and stream = $3 and line = 'product'
      and outcome = 'answered' and status = 200 and not truncated and response_sealed is not null
  )
  select id, response_sealed, upstream_id, upstream_model, mock from recorded
  where place <= $4 order by place desc limit 1`;

/** Writes a replay down if its run goes on under this epoch. The texts are those of the recorded call. */
const KEEP = `
  with running as (select id from attempt where id = $2 and epoch = $3 and state = 'running'),
  kept as (
    insert into model_call (id, attempt_id, epoch, line, endpoint, alias, stream, outcome, status, request_sha256,
                            upstream_id, upstream_model, mock, request_bytes, response_bytes)
    select $1, id, $3, 'product', $4, $5, $6, 'replayed', 200, $7, $8, $9, $10, $11, $12 from running where $13
  )
  select exists (select from running) as running`;

/** What the models answered the candidate's programs, for one run of the submission. */
export class RecordedAnswers {
  readonly #pool: Pick<pg.Pool, "query">;
  readonly #box: SecretBox;
  readonly #sourceId: string;

  /** @param sourceId the candidate's attempt */
  constructor(pool: Pick<pg.Pool, "query">, box: SecretBox, sourceId: string) {
    this.#pool = pool;
    this.#box = box;
    this.#sourceId = sourceId;
  }

  /** @param place counts equal requests from 0. @returns null when there is none that can be given again */
  async find({ sha256, stream }: ModelRequest, place: number): Promise<RecordedAnswer | null> {
    const { rows } = await this.#pool.query<RecordedRow>({
      name: "find-recorded-answer",
      text: FIND,
      values: [this.#sourceId, sha256, stream, place],
    });
    const [row] = rows;
    const text = row ? openBody(this.#box, row.id, row.response_sealed) : null;
    if (!row || text === null) return null;
    return { text, upstreamId: row.upstream_id, upstreamModel: row.upstream_model, mock: row.mock };
  }

  /** @returns false when the run is over, or goes on under another epoch */
  async keep({ attemptId, epoch }: AttemptContext, call: ReplayedCall): Promise<boolean> {
    const { id, request, answer, isKept } = call;
    const values = [
      ...[id, attemptId, epoch, request.endpoint, request.alias, request.stream, request.sha256],
      ...[
        answer.upstreamId,
        answer.upstreamModel,
        answer.mock,
        request.text.length,
        answer.text.length,
        isKept,
      ],
    ];
    const { rows } = await this.#pool.query<{ running: boolean }>({
      name: "keep-replayed-call",
      text: KEEP,
      values,
    });
    return rows[0]?.running === true;
  }

  /** How often each request was replayed in the run so far, by {@link requestKey}. */
  async countReplayed(attemptId: string): Promise<Map<string, number>> {
    const { rows } = await this.#pool.query<{ sha256: string; stream: boolean; count: number }>(
      `select request_sha256 as sha256, stream, count(*)::int as count from model_call
       where attempt_id = $1 and outcome = 'replayed' group by 1, 2`,
      [attemptId],
    );
    return new Map(rows.map((row) => [requestKey(row), row.count]));
  }

  /** Whether the reviewer has allowed the run to ask models what is new. */
  async maySpend(attemptId: string): Promise<boolean> {
    const { rows } = await this.#pool.query(
      "select from attempt_model_budget where attempt_id = $1 and line = 'product'",
      [attemptId],
    );
    return rows.length > 0;
  }
}

/** Equal for requests that have the same recorded answers. */
export function requestKey({ sha256, stream }: Pick<ModelRequest, "sha256" | "stream">): string {
  return `${sha256}${stream ? " stream" : ""}`;
}
