import type { z } from "zod";
import type { EditInvitationRequest, ReinviteRequest } from "../../shared/contracts/invitation-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import { type Database, type DatabaseTransaction, databaseNow } from "../../shared/db/database.ts";
import { isOpen } from "../../shared/domain/attempt-state.ts";
import type { ApiContext } from "../context.ts";
import { isInvitable } from "../records/assessment-version.ts";
import { findLatestAttempt } from "../records/attempt.ts";
import {
  changeInvitation,
  type InvitationRow,
  insertInvitation,
  lockInvitation,
} from "../records/invitation.ts";
import { requireWindow, windowOf } from "./invitation-window.ts";
import {
  type CreatedInvitation,
  findEarlier,
  invitationSubject,
  mailInvitations,
  revokeLocked,
} from "./invitations.ts";

/**
 * Changes window and extra time before the candidate starts.
 * @throws PlatformError invitation_not_found, invitation_not_editable, invalid_request
 */
export async function editInvitation(
  db: Database,
  invitationId: string,
  edit: z.infer<typeof EditInvitationRequest>,
  actor: AuditActor,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const invitation = await lockChangeable(transaction, invitationId);
    const after = await applyEdit(transaction, invitation, edit);
    await recordAudit(transaction, actor, {
      action: "invitation.edit",
      subject: invitationSubject(invitationId, invitation.candidateName),
      before: changeableOf(invitation),
      after,
    });
  });
}

export function changeableOf({ validFrom, expiresAt, extraTimeFactor }: InvitationRow) {
  return { validFrom, expiresAt, extraTimeFactor };
}

/** What is absent stays. @returns what holds now. @throws PlatformError invalid_request */
export async function applyEdit(
  transaction: DatabaseTransaction,
  invitation: InvitationRow,
  edit: z.infer<typeof EditInvitationRequest>,
) {
  const after = {
    validFrom: edit.validFrom === undefined ? invitation.validFrom : new Date(edit.validFrom),
    expiresAt: edit.expiresAt === undefined ? invitation.expiresAt : new Date(edit.expiresAt),
    extraTimeFactor: edit.extraTimeFactor ?? invitation.extraTimeFactor,
  };
  requireWindow(after, await databaseNow(transaction));
  await changeInvitation(transaction, invitation.id, after);
  return after;
}

/** @throws PlatformError invitation_not_found; invitation_not_editable once it was withdrawn or begun */
export async function lockChangeable(
  transaction: DatabaseTransaction,
  invitationId: string,
): Promise<InvitationRow> {
  const invitation = await lockInvitation(transaction, invitationId);
  if (!invitation) throw new PlatformError("invitation_not_found", "There is no such invitation.");
  const attempt = await findLatestAttempt(transaction, invitationId, "scored");
  if (!isChangeable(invitation, attempt)) throw new PlatformError("invitation_not_editable");
  return invitation;
}

/** A start that failed before the clock ran is none. */
export function isChangeable(
  { revokedAt }: Pick<InvitationRow, "revokedAt">,
  attempt: { state: string; startedAt: Date | null } | null,
): boolean {
  return revokedAt === null && (!attempt || (attempt.state === "failed" && attempt.startedAt === null));
}

/**
 * Invites the same person anew. An old link that was not used ends with it; what was submitted stays.
 * @throws PlatformError invitation_not_found, invitation_in_use, assessment_version_not_found, invalid_request,
 *   mail_not_configured, idempotency_key_reused
 */
export async function reinvite(
  { db, config }: Pick<ApiContext, "db" | "config">,
  invitationId: string,
  request: z.infer<typeof ReinviteRequest>,
  actor: AuditActor,
): Promise<CreatedInvitation> {
  return db.transaction().execute(async (transaction) => {
    const earlier = await findEarlier(transaction, request.idempotencyKey);
    if (earlier && earlier.reinvitedFrom !== invitationId) throw new PlatformError("idempotency_key_reused");
    if (earlier) return earlier;
    const old = await lockFree(transaction, invitationId);
    const assessmentVersionId = request.assessmentVersionId ?? old.assessmentVersionId;
    if (!(await isInvitable(transaction, assessmentVersionId)))
      throw new PlatformError("assessment_version_not_found");
    const now = await databaseNow(transaction);
    const window = windowOf(request, now);
    requireWindow(window, now);
    const { candidateName, candidateEmail } = old;
    const extraTimeFactor = request.extraTimeFactor ?? old.extraTimeFactor;
    const facts = { assessmentVersionId, candidateName, candidateEmail, extraTimeFactor, ...window };
    const invitation = await insertInvitation(transaction, {
      ...facts,
      createdBy: staffIdOfActor(actor),
      reinvitedFrom: invitationId,
      idempotencyKey: request.idempotencyKey,
    });
    if (request.sendEmail)
      await mailInvitations(transaction, config, [{ id: invitation.id, candidateEmail }], actor);
    const attempt = await findLatestAttempt(transaction, invitationId, "scored");
    if (isChangeable(old, attempt))
      await revokeLocked(transaction, old, actor, "Replaced by a new invitation");
    await recordAudit(transaction, actor, {
      action: "invitation.reinvite",
      subject: invitationSubject(invitation.id, candidateName),
      after: { ...facts, reinvitedFrom: invitationId, sendEmail: request.sendEmail },
    });
    return invitation;
  });
}

/** @throws PlatformError invitation_in_use while the candidate is at work */
async function lockFree(transaction: DatabaseTransaction, invitationId: string): Promise<InvitationRow> {
  const old = await lockInvitation(transaction, invitationId);
  if (!old) throw new PlatformError("invitation_not_found", "There is no such invitation.");
  const attempt = await findLatestAttempt(transaction, invitationId, "scored");
  if (attempt && isOpen(attempt.state)) throw new PlatformError("invitation_in_use");
  return old;
}
