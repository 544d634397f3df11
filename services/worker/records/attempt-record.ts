import { sql } from "kysely";
import { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import { DatasetDelivery } from "../../shared/contracts/assessment-draft.ts";
import type { AttemptKind, AttemptState, EndReason } from "../../shared/contracts/common.ts";
import { DatasetManifest } from "../../shared/contracts/dataset.ts";
import type { Connection, Database } from "../../shared/db/database.ts";
import { deadlineOf } from "../../shared/domain/clock.ts";

export interface AttemptRecord {
  id: string;
  invitationId: string;
  assessmentVersionId: string;
  kind: AttemptKind;
  state: AttemptState;
  limitSec: number;
  extraTimeFactor: number;
  startedAt: Date | null;
  deadlineAt: Date | null;
  submitRequestedAt: Date | null;
  frozenAt: Date | null;
  endReason: EndReason | null;
  hostId: string | null;
  epoch: number;
  notesToReviewer: string;
  lastSnapshotAt: Date | null;
  /** Since when its clock stands still. */
  pausedAt: Date | null;
  pauseReason: string | null;
  resumeRequestedAt: Date | null;
  /** Of a run: the submission that it is filled from. */
  runOf: string | null;
}

export async function findAttempt(
  db: Connection,
  id: string,
  options: { lock?: boolean } = {},
): Promise<AttemptRecord | null> {
  let query = db.selectFrom("attempt").selectAll().where("id", "=", id);
  if (options.lock) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    invitationId: row.invitation_id,
    assessmentVersionId: row.assessment_version_id,
    kind: row.kind as AttemptKind,
    state: row.state as AttemptState,
    limitSec: row.limit_sec,
    extraTimeFactor: Number(row.extra_time_factor),
    startedAt: row.started_at,
    deadlineAt: row.deadline_at,
    submitRequestedAt: row.submit_requested_at,
    frozenAt: row.frozen_at,
    endReason: row.end_reason as EndReason | null,
    hostId: row.host_id,
    epoch: row.epoch,
    notesToReviewer: row.notes_to_reviewer,
    lastSnapshotAt: row.last_snapshot_at,
    pausedAt: row.paused_at,
    pauseReason: row.pause_reason,
    resumeRequestedAt: row.resume_requested_at,
    runOf: row.run_of,
  };
}

export async function findSpec(db: Connection, assessmentVersionId: string): Promise<AssessmentSpec> {
  const row = await db
    .selectFrom("assessment_version")
    .select("spec")
    .where("id", "=", assessmentVersionId)
    .executeTakeFirstOrThrow();
  return AssessmentSpec.parse(row.spec);
}

export async function findDatasets(db: Connection, assessmentVersionId: string) {
  const rows = await db
    .selectFrom("assessment_version_dataset as pinned")
    .innerJoin("dataset_version as version", "version.id", "pinned.dataset_version_id")
    .select([
      "pinned.mount_name",
      "pinned.dataset_version_id",
      "pinned.delivery",
      "version.sha256",
      "version.manifest",
    ])
    .where("pinned.assessment_version_id", "=", assessmentVersionId)
    .execute();
  return rows.map((row) => ({
    mountName: row.mount_name,
    datasetVersionId: row.dataset_version_id,
    delivery: DatasetDelivery.parse(row.delivery),
    sha256: row.sha256,
    manifest: DatasetManifest.parse(row.manifest),
  }));
}

export interface SandboxMockApi {
  hostname: string;
  /** What its bindings call the variable of the key. */
  wanted: string | null;
  /** Of its document. */
  servers: unknown;
}

/** In the order of their hostnames. */
export async function findSandboxMockApis(
  db: Connection,
  assessmentVersionId: string,
): Promise<SandboxMockApi[]> {
  return db
    .selectFrom("assessment_version_mock_api as pin")
    .innerJoin("mock_api_version as version", "version.id", "pin.mock_api_version_id")
    .select([
      "pin.hostname",
      sql<string | null>`version.bindings -> 'apiKey' ->> 'environment'`.as("wanted"),
      sql<unknown>`version.document -> 'servers'`.as("servers"),
    ])
    .where("pin.assessment_version_id", "=", assessmentVersionId)
    .orderBy("pin.hostname")
    .execute();
}

/** Recomputes the deadline from the clock's formula, after a credit. @returns the new deadline. */
export async function refreshDeadline(tx: Connection, attempt: AttemptRecord): Promise<Date> {
  if (!attempt.startedAt) throw new Error(`attempt ${attempt.id} has not started and has no deadline`);
  const credits = await tx
    .selectFrom("time_credit")
    .select("seconds")
    .where("attempt_id", "=", attempt.id)
    .execute();
  const deadline = deadlineOf({
    startedAt: attempt.startedAt,
    limitSec: attempt.limitSec,
    extraTimeFactor: attempt.extraTimeFactor,
    creditsSec: credits.map((credit) => credit.seconds),
  });
  await tx.updateTable("attempt").set({ deadline_at: deadline }).where("id", "=", attempt.id).execute();
  return deadline;
}

/**
 * Runs `action` while holding the attempt's advisory lock, so that two deliveries of a job never work on one
 * sandbox at once. @returns false, without running it, when another worker holds it.
 */
export function withAttemptLock(
  db: Database,
  attemptId: string,
  action: () => Promise<void>,
): Promise<boolean> {
  return withAdvisoryLock(db, `attempt:${attemptId}`, action);
}

/** The same for anything that has a name. */
export async function withAdvisoryLock(
  db: Database,
  name: string,
  action: () => Promise<void>,
): Promise<boolean> {
  return db.connection().execute(async (connection) => {
    const key = sql`hashtextextended(${name}, 0)`;
    const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_lock(${key}) as locked`.execute(
      connection,
    );
    if (!rows[0]!.locked) return false;
    try {
      await action();
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection);
    }
    return true;
  });
}
