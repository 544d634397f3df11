import { type SelectQueryBuilder, sql } from "kysely";
import type { AttemptState } from "../../shared/contracts/common.ts";
import type { RunEnd } from "../../shared/contracts/run.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import type { DB } from "../../shared/db/schema.gen.ts";

/** Whose run, and of what. */
export interface RunOwner {
  submissionId: string;
  reviewerId: string;
}

export interface RunRow {
  id: string;
  state: AttemptState;
  startedAt: Date | null;
  deadlineAt: Date | null;
  endedAt: Date | null;
  endReason: RunEnd | null;
  hostId: string | null;
  /** Its time is up by the database's clock, whether or not it was ended yet. */
  overdue: boolean;
  sandboxReady: boolean;
}

function selectLatest(connection: Connection, { submissionId, reviewerId }: RunOwner) {
  return connection
    .selectFrom("attempt")
    .where("kind", "=", "run")
    .where("run_of", "=", submissionId)
    .where("run_by", "=", reviewerId)
    .orderBy("requested_at", "desc")
    .limit(1);
}

async function read(query: SelectQueryBuilder<DB, "attempt", object>): Promise<RunRow | null> {
  const row = await query
    .select((select) => [
      "attempt.id as id",
      "attempt.state as state",
      "attempt.started_at as startedAt",
      "attempt.deadline_at as deadlineAt",
      "attempt.ended_at as endedAt",
      "attempt.end_reason as endReason",
      "attempt.host_id as hostId",
      sql<boolean>`coalesce(deadline_at <= clock_timestamp(), false)`.as("overdue"),
      select
        .exists(
          select
            .selectFrom("sandbox")
            .select("sandbox.id")
            .whereRef("sandbox.attempt_id", "=", "attempt.id")
            .whereRef("sandbox.epoch", "=", "attempt.epoch")
            .where("sandbox.state", "=", "ready"),
        )
        .as("sandboxReady"),
    ])
    .executeTakeFirst();
  return (row as RunRow | undefined) ?? null;
}

export function findLatestRun(connection: Connection, owner: RunOwner): Promise<RunRow | null> {
  return read(selectLatest(connection, owner));
}

/** The same, locked: its state cannot change until the transaction ends. */
export async function lockLatestRun(
  transaction: DatabaseTransaction,
  owner: RunOwner,
): Promise<RunRow | null> {
  const latest = await findLatestRun(transaction, owner);
  if (!latest) return null;
  return read(transaction.selectFrom("attempt").where("attempt.id", "=", latest.id).forUpdate("attempt"));
}

/** @returns null when the reviewer has one open already (the unique index is the last word). */
export async function insertRun(
  transaction: DatabaseTransaction,
  { submissionId, reviewerId }: RunOwner,
  limitSec: number,
): Promise<string | null> {
  const row = await transaction
    .insertInto("attempt")
    .columns(["invitation_id", "assessment_version_id", "kind", "run_of", "run_by", "limit_sec"])
    .expression((from) =>
      from
        .selectFrom("submission")
        .innerJoin("attempt as scored", "scored.id", "submission.attempt_id")
        .select([
          "scored.invitation_id",
          "scored.assessment_version_id",
          sql.lit("run").as("kind"),
          "submission.id as run_of",
          sql<string>`${reviewerId}::text`.as("run_by"),
          sql<number>`${limitSec}::int`.as("limit_sec"),
        ])
        .where("submission.id", "=", submissionId),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function endRunRow(
  transaction: DatabaseTransaction,
  runId: string,
  reason: RunEnd,
): Promise<void> {
  await transaction
    .updateTable("attempt")
    .set({ state: "ended", end_reason: reason, ended_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", runId)
    .execute();
}

/**
 * Whether a workspace could start now on some host that is up, after those that wait already. Runs give way: only they
 * are refused beforehand, all others wait for a place.
 */
export async function hasRoom(connection: Connection): Promise<boolean> {
  const { rows } = await sql<{ free: number }>`
    select coalesce(sum(greatest(host.capacity - coalesce(used.count, 0), 0)), 0)::int
           - (select count(*)::int from attempt where state = 'provisioning' and epoch = 0) as free
    from host
    left join (
      select host_id, count(*)::int as count from sandbox
      where state in ('starting', 'ready', 'frozen', 'lost') group by host_id
    ) as used on used.host_id = host.id
    where host.last_seen_at > clock_timestamp() - interval '1 minute'`.execute(connection);
  return (rows[0]?.free ?? 0) > 0;
}
