import { sql } from "kysely";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import type { InvitationFacts } from "../../shared/domain/invitation.ts";

export interface InvitationFactsRow extends InvitationFacts {
  id: string;
  linkGeneration: number;
  /** A scored attempt of any state: one that failed to start must not lock its candidate out. */
  hasAttempt: boolean;
  /** The latest scored attempt. */
  attemptId: string | null;
  /** The database's clock. */
  now: Date;
}

/** What decides whether the invitation may be used; no word about who it is for. */
export async function findInvitationFacts(
  connection: Connection,
  invitationId: string,
): Promise<InvitationFactsRow | null> {
  const row = await connection
    .selectFrom("invitation")
    .select((select) => [
      "id",
      "link_generation as linkGeneration",
      "valid_from as validFrom",
      "expires_at as expiresAt",
      "revoked_at as revokedAt",
      select
        .selectFrom("attempt")
        .select("attempt.id")
        .whereRef("attempt.invitation_id", "=", "invitation.id")
        .where("attempt.kind", "=", "scored")
        .orderBy("attempt.requested_at", "desc")
        .limit(1)
        .as("attemptId"),
      sql<Date>`clock_timestamp()`.as("now"),
    ])
    .where("id", "=", invitationId)
    .executeTakeFirst();
  return row ? { ...row, hasAttempt: row.attemptId !== null } : null;
}

export interface InvitationRow {
  id: string;
  linkGeneration: number;
  assessmentVersionId: string;
  candidateName: string;
  candidateEmail: string;
  isTrial: boolean;
  validFrom: Date;
  expiresAt: Date;
  extraTimeFactor: number;
  consentedAt: Date | null;
  consentVersion: string | null;
  revokedAt: Date | null;
}

function selectInvitation(connection: Connection, invitationId: string) {
  return connection
    .selectFrom("invitation")
    .select([
      "id",
      "link_generation as linkGeneration",
      "assessment_version_id as assessmentVersionId",
      "candidate_name as candidateName",
      "candidate_email as candidateEmail",
      sql<boolean>`purpose = 'trial'`.as("isTrial"),
      "valid_from as validFrom",
      "expires_at as expiresAt",
      "extra_time_factor as extraTimeFactor",
      "consented_at as consentedAt",
      "consent_version as consentVersion",
      "revoked_at as revokedAt",
    ])
    .where("id", "=", invitationId);
}

export async function findInvitation(
  connection: Connection,
  invitationId: string,
): Promise<InvitationRow | null> {
  return (await selectInvitation(connection, invitationId).executeTakeFirst()) ?? null;
}

/** Serialises everything that begins or ends attempts of the invitation. */
export async function lockInvitation(
  transaction: DatabaseTransaction,
  invitationId: string,
): Promise<InvitationRow | null> {
  return (await selectInvitation(transaction, invitationId).forUpdate().executeTakeFirst()) ?? null;
}

/** Consent given once stays as it was given. */
export async function recordConsent(
  connection: Connection,
  invitationId: string,
  consentVersion: string,
): Promise<void> {
  await connection
    .updateTable("invitation")
    .set({ consented_at: sql<Date>`clock_timestamp()`, consent_version: consentVersion })
    .where("id", "=", invitationId)
    .where((where) =>
      where.or([where("consent_version", "is", null), where("consent_version", "!=", consentVersion)]),
    )
    .execute();
}

export interface NewInvitation {
  assessmentVersionId: string;
  candidateName: string;
  candidateEmail: string;
  validFrom: Date;
  expiresAt: Date;
  extraTimeFactor: number;
  createdBy: string | null;
  reinvitedFrom?: string;
  idempotencyKey?: string | undefined;
}

export async function insertInvitation(
  connection: Connection,
  invitation: NewInvitation,
): Promise<{ id: string; linkGeneration: number; expiresAt: Date }> {
  return connection
    .insertInto("invitation")
    .values({
      assessment_version_id: invitation.assessmentVersionId,
      candidate_name: invitation.candidateName,
      candidate_email: invitation.candidateEmail,
      valid_from: invitation.validFrom,
      expires_at: invitation.expiresAt,
      extra_time_factor: invitation.extraTimeFactor,
      created_by: invitation.createdBy,
      reinvited_from: invitation.reinvitedFrom ?? null,
      idempotency_key: invitation.idempotencyKey ?? null,
    })
    .returning(["id", "link_generation as linkGeneration", "expires_at as expiresAt"])
    .executeTakeFirstOrThrow();
}

export async function markRevoked(
  transaction: DatabaseTransaction,
  invitationId: string,
  by: string | null,
  reason: string,
): Promise<void> {
  await transaction
    .updateTable("invitation")
    .set({ revoked_at: sql<Date>`clock_timestamp()`, revoked_by: by, revoke_reason: reason })
    .where("id", "=", invitationId)
    .execute();
}

/** The invitation that a request with this key made. */
export async function findInvitationByKey(
  connection: Connection,
  key: string,
): Promise<(InvitationRow & { reinvitedFrom: string | null }) | null> {
  const row = await connection
    .selectFrom("invitation")
    .select(["id", "reinvited_from as reinvitedFrom"])
    .where("idempotency_key", "=", key)
    .executeTakeFirst();
  const invitation = row && (await findInvitation(connection, row.id));
  return invitation ? { ...invitation, reinvitedFrom: row.reinvitedFrom } : null;
}

/** Lets requests with the same key wait for one another, until the transaction ends. */
export async function lockIdempotencyKey(transaction: DatabaseTransaction, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`idempotency:${key}`}, 0))`.execute(transaction);
}

export async function changeInvitation(
  transaction: DatabaseTransaction,
  invitationId: string,
  { validFrom, expiresAt, extraTimeFactor }: { validFrom: Date; expiresAt: Date; extraTimeFactor: number },
): Promise<void> {
  await transaction
    .updateTable("invitation")
    .set({ valid_from: validFrom, expires_at: expiresAt, extra_time_factor: extraTimeFactor })
    .where("id", "=", invitationId)
    .execute();
}
