import { sql } from "kysely";
import type { AttemptState } from "../../shared/contracts/common.ts";
import type { ModelOutcome } from "../../shared/contracts/models.ts";
import type { Connection } from "../../shared/db/database.ts";
import type { OutageCall } from "../../shared/domain/model-outages.ts";

export interface TreatmentRow {
  attemptId: string;
  candidateName: string;
  state: AttemptState;
  submitRequestedAt: Date | null;
  calls: number;
  upstreamFailures: number;
  refusals: number;
  firstTokenP50Ms: number | null;
  firstTokenP95Ms: number | null;
  tokensPerSecP50: number | null;
  spentNanoUsd: number;
}

const percentile = (share: number, of: string) =>
  sql<number | null>`percentile_cont(${sql.lit(share)}) within group (order by ${sql.raw(of)})`;

/** Tokens a second from the first token on, of answers that are long enough to have a speed. */
const SPEED = `case when call.outcome = 'answered' and call.output_tokens > 1
  and call.duration_ms - call.first_token_ms >= 50
  then call.output_tokens / ((call.duration_ms - call.first_token_ms) / 1000) end`;
const FIRST_TOKEN = "case when call.outcome = 'answered' then call.first_token_ms end";

/** What each candidate's started attempt of a version met of the models, by name. */
export async function listTreatment(connection: Connection, versionId: string): Promise<TreatmentRow[]> {
  const rows = await connection
    .selectFrom("attempt")
    .innerJoin("invitation", "invitation.id", "attempt.invitation_id")
    .leftJoin("model_call as call", "call.attempt_id", "attempt.id")
    .select([
      "attempt.id as attemptId",
      "invitation.candidate_name as candidateName",
      "attempt.state as state",
      "attempt.submit_requested_at as submitRequestedAt",
      sql<number>`count(call.id)`.as("calls"),
      sql<number>`count(*) filter (where call.outcome = 'upstream_failed')`.as("upstreamFailures"),
      sql<number>`count(*) filter (where call.outcome = 'refused')`.as("refusals"),
      percentile(0.5, FIRST_TOKEN).as("firstTokenP50Ms"),
      percentile(0.95, FIRST_TOKEN).as("firstTokenP95Ms"),
      percentile(0.5, SPEED).as("tokensPerSecP50"),
      sql<number>`coalesce(sum(call.cost_nano_usd), 0)`.as("spentNanoUsd"),
    ])
    .where("attempt.assessment_version_id", "=", versionId)
    .where("attempt.kind", "=", "scored")
    .where("attempt.started_at", "is not", null)
    .where("invitation.purpose", "=", "candidate")
    .groupBy(["attempt.id", "invitation.candidate_name"])
    .orderBy("invitation.candidate_name")
    .orderBy("attempt.id")
    .execute();
  return rows as TreatmentRow[];
}

/** Calls that tell of outages, in the order in which they began, by attempt. */
export async function findOutageCalls(
  connection: Connection,
  attemptIds: readonly string[],
): Promise<Map<string, OutageCall[]>> {
  const calls = new Map<string, OutageCall[]>();
  if (attemptIds.length === 0) return calls;
  const rows = await connection
    .selectFrom("model_call")
    .select(["attempt_id", "at", "outcome", "duration_ms", "first_token_ms"])
    .where("attempt_id", "in", attemptIds)
    .where("outcome", "in", ["answered", "aborted", "upstream_failed"])
    .orderBy("at")
    .orderBy("id")
    .execute();
  for (const row of rows) {
    const ofAttempt = calls.get(row.attempt_id) ?? [];
    ofAttempt.push({
      at: row.at,
      outcome: row.outcome as ModelOutcome,
      durationMs: row.duration_ms,
      firstTokenMs: row.first_token_ms,
    });
    calls.set(row.attempt_id, ofAttempt);
  }
  return calls;
}
