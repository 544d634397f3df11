import type { z } from "zod";
import type { CreateInvitationRequest } from "../../shared/contracts/admin.ts";
import type { AuditSubject } from "../../shared/contracts/audit.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { recordEvent } from "../../shared/db/attempt-timeline.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import { type Database, type DatabaseTransaction, databaseNow } from "../../shared/db/database.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import type { ApiContext } from "../context.ts";
import { isInvitable } from "../records/assessment-version.ts";
import { endAttempt, lockOpenAttempts } from "../records/attempt.ts";
import { insertEmails, readTemplate } from "../records/email.ts";
import {
  findInvitationByKey,
  insertInvitation,
  lockIdempotencyKey,
  lockInvitation,
  markRevoked,
} from "../records/invitation.ts";
import { requireWindow, windowOf } from "./invitation-window.ts";

type Config = ApiContext["config"];
type NewInvitationRequest = z.infer<typeof CreateInvitationRequest>;
export interface CreatedInvitation {
  id: string;
  linkGeneration: number;
  expiresAt: Date;
}

/**
 * A request with the key of an earlier one answers with what that one made.
 * @throws PlatformError assessment_version_not_found, invalid_request (a window that makes no sense),
 *   mail_not_configured, idempotency_key_reused
 */
export async function createInvitation(
  { db, config }: Pick<ApiContext, "db" | "config">,
  request: NewInvitationRequest,
  actor: AuditActor,
): Promise<CreatedInvitation> {
  return db.transaction().execute(async (transaction) => {
    const earlier = await findEarlier(transaction, request.idempotencyKey);
    if (earlier) return requireSame(earlier, request);
    if (!(await isInvitable(transaction, request.assessmentVersionId)))
      throw new PlatformError("assessment_version_not_found");
    const now = await databaseNow(transaction);
    const window = windowOf(request, now);
    requireWindow(window, now);
    const { assessmentVersionId, candidateName, candidateEmail, extraTimeFactor } = request;
    const facts = { assessmentVersionId, candidateName, candidateEmail, extraTimeFactor, ...window };
    const invitation = await insertInvitation(transaction, {
      ...facts,
      createdBy: staffIdOfActor(actor),
      idempotencyKey: request.idempotencyKey,
    });
    if (request.sendEmail)
      await mailInvitations(transaction, config, [{ id: invitation.id, candidateEmail }], actor);
    await recordAudit(transaction, actor, {
      action: "invitation.create",
      subject: invitationSubject(invitation.id, candidateName),
      after: { ...facts, sendEmail: request.sendEmail },
    });
    return invitation;
  });
}

/** What a request with this key made before; others with the same key wait from here on. */
export async function findEarlier(transaction: DatabaseTransaction, key: string | undefined) {
  if (key === undefined) return null;
  await lockIdempotencyKey(transaction, key);
  return findInvitationByKey(transaction, key);
}

type Earlier = NonNullable<Awaited<ReturnType<typeof findEarlier>>>;

function requireSame(earlier: Earlier, request: NewInvitationRequest): CreatedInvitation {
  const isSame =
    earlier.reinvitedFrom === null &&
    earlier.assessmentVersionId === request.assessmentVersionId &&
    earlier.candidateName === request.candidateName &&
    earlier.candidateEmail === request.candidateEmail;
  if (!isSame) throw new PlatformError("idempotency_key_reused");
  return earlier;
}

/**
 * Queues the invitation's mail for each. @throws PlatformError mail_not_configured
 */
export async function mailInvitations(
  transaction: DatabaseTransaction,
  config: Pick<Config, "smtpUrl">,
  invitations: readonly { id: string; candidateEmail: string }[],
  actor: AuditActor,
): Promise<void> {
  if (config.smtpUrl === "") throw new PlatformError("mail_not_configured");
  const template = await readTemplate(transaction, "invitation");
  await insertEmails(
    transaction,
    template,
    invitations.map(({ id, candidateEmail }) => ({
      invitationId: id,
      template: "invitation",
      recipient: candidateEmail,
      createdBy: staffIdOfActor(actor),
    })),
  );
}

/**
 * Withdraws an invitation: its link is void at once, open workspaces are removed and nothing of them is kept.
 * What was submitted stays. Repeating it changes nothing. @throws PlatformError invitation_not_found
 */
export async function revokeInvitation(
  db: Database,
  invitationId: string,
  actor: AuditActor,
  reason: string,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const invitation = await lockInvitation(transaction, invitationId);
    if (!invitation) throw new PlatformError("invitation_not_found", "There is no such invitation.");
    if (invitation.revokedAt) return;
    await revokeLocked(transaction, invitation, actor, reason);
  });
}

/** The same, of an invitation that the caller has locked. */
export async function revokeLocked(
  transaction: DatabaseTransaction,
  { id: invitationId, candidateName }: { id: string; candidateName: string },
  actor: AuditActor,
  reason: string,
): Promise<void> {
  await markRevoked(transaction, invitationId, staffIdOfActor(actor), reason);
  for (const attempt of await lockOpenAttempts(transaction, invitationId)) {
    await endAttempt(transaction, attempt.id, "revoked");
    await recordEvent(transaction, attempt.id, { type: "revoked", actor: "staff" });
    // Without a host no worker took it yet; the one that does sees that it has ended.
    if (attempt.hostId) await enqueue(transaction, "discard", { attemptId: attempt.id }, attempt);
  }
  await recordAudit(transaction, actor, {
    action: "invitation.revoke",
    subject: invitationSubject(invitationId, candidateName),
    before: { revoked: false },
    after: { revoked: true, reason },
  });
}

export function invitationSubject(id: string, candidateName: string): AuditSubject {
  return { type: "invitation", id, label: candidateName };
}
