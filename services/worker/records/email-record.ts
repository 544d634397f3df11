import { sql } from "kysely";
import { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { RequestKind } from "../../shared/contracts/invitation-studio.ts";
import type { Database } from "../../shared/db/database.ts";

export interface EmailRecord {
  id: string;
  subject: string;
  body: string;
  template: string;
  recipient: string;
  /** With this one. */
  attempts: number;
  invitation: {
    id: string;
    linkGeneration: number;
    candidateName: string;
    validFrom: Date;
    expiresAt: Date;
    extraTimeFactor: number;
    isRevoked: boolean;
    isExpired: boolean;
  };
  spec: AssessmentSpec;
  request: { kind: RequestKind; answer: string } | null;
}

/** Longer than a mail server may take, so that no second delivery of the job sends the same mail beside the first. */
const LEASE_SEC = 120;

/** Takes a waiting mail whose time has come. @returns null when it is sent, failed, taken, or not due yet */
export async function claimEmail(db: Database, emailId: string): Promise<EmailRecord | null> {
  const claimed = await db
    .updateTable("email_message")
    .set((e) => ({
      attempts: e("attempts", "+", 1),
      next_try_at: sql<Date>`clock_timestamp() + make_interval(secs => ${LEASE_SEC})`,
    }))
    .where("id", "=", emailId)
    .where("state", "=", "waiting")
    .where("next_try_at", "<=", sql<Date>`clock_timestamp()`)
    .returning("id")
    .executeTakeFirst();
  return claimed ? readEmail(db, emailId) : null;
}

async function readEmail(db: Database, emailId: string): Promise<EmailRecord> {
  const row = await db
    .selectFrom("email_message as mail")
    .innerJoin("invitation", "invitation.id", "mail.invitation_id")
    .innerJoin("assessment_version as version", "version.id", "invitation.assessment_version_id")
    .leftJoin("candidate_request as request", "request.id", "mail.request_id")
    .selectAll("mail")
    .select([
      "invitation.link_generation",
      "invitation.candidate_name",
      "invitation.valid_from",
      "invitation.expires_at",
      "invitation.extra_time_factor",
      "invitation.revoked_at",
      sql<boolean>`invitation.expires_at <= clock_timestamp()`.as("is_expired"),
      "version.spec",
      "request.kind",
      "request.answer",
    ])
    .where("mail.id", "=", emailId)
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    subject: row.subject,
    body: row.body,
    template: row.template,
    recipient: row.recipient,
    attempts: row.attempts,
    invitation: {
      id: row.invitation_id,
      linkGeneration: row.link_generation,
      candidateName: row.candidate_name,
      validFrom: row.valid_from,
      expiresAt: row.expires_at,
      extraTimeFactor: Number(row.extra_time_factor),
      isRevoked: row.revoked_at !== null,
      isExpired: row.is_expired,
    },
    spec: AssessmentSpec.parse(row.spec),
    request: row.kind === null ? null : { kind: row.kind as RequestKind, answer: row.answer ?? "" },
  };
}

export async function markSent(db: Database, emailId: string): Promise<void> {
  await db
    .updateTable("email_message")
    .set({ state: "sent", sent_at: sql<Date>`clock_timestamp()`, failure: null })
    .where("id", "=", emailId)
    .where("state", "=", "waiting")
    .execute();
}

export async function markUndeliverable(db: Database, emailId: string, failure: string): Promise<void> {
  await db
    .updateTable("email_message")
    .set({ state: "failed", failure })
    .where("id", "=", emailId)
    .where("state", "=", "waiting")
    .execute();
}

/** @returns when it is tried again. */
export async function postponeEmail(
  db: Database,
  emailId: string,
  failure: string,
  delaySec: number,
): Promise<Date | null> {
  const row = await db
    .updateTable("email_message")
    .set({
      failure,
      next_try_at: sql<Date>`clock_timestamp() + make_interval(secs => ${delaySec})`,
    })
    .where("id", "=", emailId)
    .where("state", "=", "waiting")
    .returning("next_try_at")
    .executeTakeFirst();
  return row?.next_try_at ?? null;
}

/** Mails whose job went missing; each is found by one host, and again only after a while. */
export async function takeForgottenEmails(db: Database, patienceSec: number): Promise<string[]> {
  const rows = await db
    .updateTable("email_message")
    .set({ next_try_at: sql<Date>`clock_timestamp()` })
    .where("state", "=", "waiting")
    .where("next_try_at", "<", sql<Date>`clock_timestamp() - make_interval(secs => ${patienceSec})`)
    .returning("id")
    .execute();
  return rows.map((row) => row.id);
}
