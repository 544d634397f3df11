import { sql } from "kysely";
import type { CandidateRequestView, RequestKind } from "../../shared/contracts/invitation-studio.ts";
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
