import { sql } from "kysely";
import type { AttemptKind, AttemptState, EndReason, SandboxState } from "../../shared/contracts/common.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";

export interface AttemptRow {
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
  endedAt: Date | null;
  endReason: EndReason | null;
  failure: string | null;
  hostId: string | null;
  notesToReviewer: string;
  lastSnapshotAt: Date | null;
  pausedAt: Date | null;
  pauseReason: string | null;
  resumeRequestedAt: Date | null;
  /** The deadline, if any, has passed by the database's clock, which stands while the attempt is paused. */
  overdue: boolean;
}

const COLUMNS = [
  "id",
  "invitation_id as invitationId",
  "assessment_version_id as assessmentVersionId",
  "kind",
  "state",
  "limit_sec as limitSec",
  "extra_time_factor as extraTimeFactor",
  "started_at as startedAt",
  "deadline_at as deadlineAt",
  "submit_requested_at as submitRequestedAt",
  "ended_at as endedAt",
  "end_reason as endReason",
  "failure",
  "host_id as hostId",
  "notes_to_reviewer as notesToReviewer",
  "last_snapshot_at as lastSnapshotAt",
  "paused_at as pausedAt",
  "pause_reason as pauseReason",
  "resume_requested_at as resumeRequestedAt",
] as const;
const OVERDUE = sql<boolean>`coalesce(deadline_at <= coalesce(paused_at, clock_timestamp()), false)`.as(
  "overdue",
);
const OPEN_STATES = ["provisioning", "running", "sealing"];

function selectAttempts(connection: Connection) {
  return connection.selectFrom("attempt").select(COLUMNS).select(OVERDUE);
}

/** The attempt of the kind that counts: the latest, whatever became of it. */
export async function findLatestAttempt(
  connection: Connection,
  invitationId: string,
  kind: AttemptKind,
): Promise<AttemptRow | null> {
  const row = await selectAttempts(connection)
    .where("invitation_id", "=", invitationId)
    .where("kind", "=", kind)
    .orderBy("requested_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return (row as AttemptRow | undefined) ?? null;
}

/** The same, locked: its state cannot change until the transaction ends. */
export async function lockLatestAttempt(
  transaction: DatabaseTransaction,
  invitationId: string,
  kind: AttemptKind,
): Promise<AttemptRow | null> {
  const latest = await findLatestAttempt(transaction, invitationId, kind);
  return latest && lockAttempt(transaction, latest.id);
}

export async function lockAttempt(
  transaction: DatabaseTransaction,
  attemptId: string,
): Promise<AttemptRow | null> {
  const row = await selectAttempts(transaction).where("id", "=", attemptId).forUpdate().executeTakeFirst();
  return (row as AttemptRow | undefined) ?? null;
}

/** All that the candidate has open; a reviewer's runs are not the candidate's. */
export async function lockOpenAttempts(
  transaction: DatabaseTransaction,
  invitationId: string,
): Promise<AttemptRow[]> {
  const rows = await selectAttempts(transaction)
    .where("invitation_id", "=", invitationId)
    .where("kind", "<>", "run")
    .where("state", "in", OPEN_STATES)
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows as AttemptRow[];
}

/** Null when the invitation has an attempt of the kind already (the unique indexes are the last word). */
export async function insertAttempt(
  transaction: DatabaseTransaction,
  attempt: Pick<AttemptRow, "invitationId" | "assessmentVersionId" | "kind" | "limitSec" | "extraTimeFactor">,
): Promise<string | null> {
  const row = await transaction
    .insertInto("attempt")
    .values({
      invitation_id: attempt.invitationId,
      assessment_version_id: attempt.assessmentVersionId,
      kind: attempt.kind,
      limit_sec: attempt.limitSec,
      extra_time_factor: attempt.extraTimeFactor,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function endAttempt(
  transaction: DatabaseTransaction,
  attemptId: string,
  reason: EndReason,
): Promise<void> {
  await transaction
    .updateTable("attempt")
    .set({ state: "ended", end_reason: reason, ended_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", attemptId)
    .execute();
}

export async function requestSubmit(
  transaction: DatabaseTransaction,
  attemptId: string,
  notes: string,
): Promise<void> {
  await transaction
    .updateTable("attempt")
    .set({ submit_requested_at: sql<Date>`clock_timestamp()`, notes_to_reviewer: notes })
    .where("id", "=", attemptId)
    .execute();
}

export async function setNotes(
  transaction: DatabaseTransaction,
  attemptId: string,
  notes: string,
): Promise<void> {
  await transaction
    .updateTable("attempt")
    .set({ notes_to_reviewer: notes })
    .where("id", "=", attemptId)
    .execute();
}

export async function moveDeadline(
  transaction: DatabaseTransaction,
  attemptId: string,
  deadlineAt: Date,
): Promise<void> {
  await transaction
    .updateTable("attempt")
    .set({ deadline_at: deadlineAt })
    .where("id", "=", attemptId)
    .execute();
}

/** State of the attempt's newest sandbox. */
export async function findSandboxState(
  connection: Connection,
  attemptId: string,
): Promise<SandboxState | null> {
  const row = await connection
    .selectFrom("sandbox")
    .select("state")
    .where("attempt_id", "=", attemptId)
    .orderBy("epoch", "desc")
    .limit(1)
    .executeTakeFirst();
  return (row?.state as SandboxState | undefined) ?? null;
}
