import { sql } from "kysely";
import type {
  AdminRequestItem,
  CandidateRequestView,
  RequestKind,
} from "../../shared/contracts/invitation-studio.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";

export interface CandidateRequestRow {
  id: string;
  invitationId: string;
  kind: RequestKind;
  message: string;
  /** `2026-03-01`. */
  wantedDate: string | null;
  state: CandidateRequestView["state"];
  answer: string;
  createdAt: Date;
  answeredAt: Date | null;
}

const COLUMNS = [
  "candidate_request.id",
  "candidate_request.invitation_id as invitationId",
  "candidate_request.kind",
  "candidate_request.message",
  // As text: a day has no time zone, and a Date would give it one.
  sql<string | null>`candidate_request.wanted_date::text`.as("wantedDate"),
  "candidate_request.state",
  "candidate_request.answer",
  "candidate_request.created_at as createdAt",
  "candidate_request.answered_at as answeredAt",
] as const;

/** Newest first. */
export async function listRequestsOf(
  connection: Connection,
  invitationId: string,
): Promise<CandidateRequestRow[]> {
  const rows = await connection
    .selectFrom("candidate_request")
    .select(COLUMNS)
    .where("invitation_id", "=", invitationId)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
  return rows as CandidateRequestRow[];
}

export function presentRequest(row: CandidateRequestRow): CandidateRequestView {
  const { invitationId: _, createdAt, answeredAt, ...rest } = row;
  return { ...rest, createdAt: createdAt.toISOString(), answeredAt: answeredAt?.toISOString() ?? null };
}

export async function countOpenRequests(connection: Connection): Promise<number> {
  const row = await connection
    .selectFrom("candidate_request")
    .innerJoin("invitation", "invitation.id", "candidate_request.invitation_id")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("candidate_request.state", "=", "open")
    .where("invitation.purpose", "=", "candidate")
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function lockRequest(
  transaction: DatabaseTransaction,
  requestId: string,
): Promise<CandidateRequestRow | null> {
  const row = await transaction
    .selectFrom("candidate_request")
    .select(COLUMNS)
    .where("id", "=", requestId)
    .forUpdate()
    .executeTakeFirst();
  return (row as CandidateRequestRow | undefined) ?? null;
}

export async function findRequest(
  connection: Connection,
  requestId: string,
): Promise<CandidateRequestRow | null> {
  const row = await connection
    .selectFrom("candidate_request")
    .select(COLUMNS)
    .where("id", "=", requestId)
    .executeTakeFirst();
  return (row as CandidateRequestRow | undefined) ?? null;
}

export async function closeRequest(
  transaction: DatabaseTransaction,
  requestId: string,
  { state, answer, by }: { state: "granted" | "declined" | "withdrawn"; answer: string; by: string | null },
): Promise<void> {
  await transaction
    .updateTable("candidate_request")
    .set({ state, answer, answered_by: by, answered_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", requestId)
    .execute();
}

/** @returns false when one of the kind is open already. */
export async function insertRequest(
  transaction: DatabaseTransaction,
  request: { invitationId: string; kind: RequestKind; message: string; wantedDate: string | null },
): Promise<boolean> {
  const row = await transaction
    .insertInto("candidate_request")
    .values({
      invitation_id: request.invitationId,
      kind: request.kind,
      message: request.message,
      wanted_date: request.wantedDate === null ? null : sql<Date>`${request.wantedDate}::date`,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

const LISTED_ANSWERED = 200;

/** Open ones oldest first; of the others the latest, newest first. */
export async function listRequests(
  connection: Connection,
  state: "open" | "answered",
): Promise<AdminRequestItem[]> {
  const rows = await connection
    .selectFrom("candidate_request")
    .innerJoin("invitation", "invitation.id", "candidate_request.invitation_id")
    .innerJoin("assessment_version", "assessment_version.id", "invitation.assessment_version_id")
    .innerJoin("assessment", "assessment.id", "assessment_version.assessment_id")
    .leftJoin("staff_user", "staff_user.id", "candidate_request.answered_by")
    .select(COLUMNS)
    .select([
      "invitation.candidate_name as candidateName",
      "invitation.candidate_email as candidateEmail",
      "assessment.title as assessmentTitle",
      "invitation.valid_from as validFrom",
      "invitation.expires_at as expiresAt",
      "invitation.extra_time_factor as extraTimeFactor",
      "staff_user.name as answeredBy",
      sql<boolean>`invitation.revoked_at is null and not exists (select from attempt
        where invitation_id = invitation.id and kind = 'scored'
        and (state <> 'failed' or started_at is not null))`.as("canGrant"),
    ])
    .where("candidate_request.state", state === "open" ? "=" : "<>", "open")
    .where("invitation.purpose", "=", "candidate")
    .orderBy("candidate_request.created_at", state === "open" ? "asc" : "desc")
    .orderBy("candidate_request.id")
    .limit(state === "open" ? 1000 : LISTED_ANSWERED)
    .execute();
  return rows.map((row) => ({
    ...row,
    kind: row.kind as RequestKind,
    state: row.state as AdminRequestItem["state"],
    createdAt: row.createdAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    validFrom: row.validFrom.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    extraTimeFactor: Number(row.extraTimeFactor),
  }));
}
