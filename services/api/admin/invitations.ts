import type { z } from "zod";
import type { CreateInvitationRequest } from "../../shared/contracts/admin.ts";
import type { AuditSubject } from "../../shared/contracts/audit.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { recordEvent } from "../../shared/db/attempt-timeline.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import { type Database, databaseNow } from "../../shared/db/database.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import { isInvitable } from "../records/assessment-version.ts";
import { endAttempt, lockOpenAttempts } from "../records/attempt.ts";
import { insertInvitation, lockInvitation, markRevoked } from "../records/invitation.ts";

const DAY_MS = 24 * 3600_000;
const DEFAULT_VALIDITY_MS = 14 * DAY_MS;
const MAX_VALIDITY_MS = 366 * DAY_MS;

/** @throws PlatformError assessment_version_not_found, invalid_request (a window that makes no sense) */
export async function createInvitation(
  db: Database,
  request: z.infer<typeof CreateInvitationRequest>,
  actor: AuditActor,
): Promise<{ id: string; linkGeneration: number; expiresAt: Date }> {
  if (!(await isInvitable(db, request.assessmentVersionId)))
    throw new PlatformError("assessment_version_not_found");
  const now = await databaseNow(db);
  const validFrom = request.validFrom === undefined ? now : new Date(request.validFrom);
  const expiresAt =
    request.expiresAt === undefined
      ? new Date(Math.max(now.getTime(), validFrom.getTime()) + DEFAULT_VALIDITY_MS)
      : new Date(request.expiresAt);
  requireWindow(now, validFrom, expiresAt);
  return db.transaction().execute(async (transaction) => {
    const facts = {
      assessmentVersionId: request.assessmentVersionId,
      candidateName: request.candidateName,
      candidateEmail: request.candidateEmail,
      validFrom,
      expiresAt,
      extraTimeFactor: request.extraTimeFactor,
    };
    const invitation = await insertInvitation(transaction, { ...facts, createdBy: staffIdOfActor(actor) });
    await recordAudit(transaction, actor, {
      action: "invitation.create",
      subject: invitationSubject(invitation.id, request.candidateName),
      after: facts,
    });
    return invitation;
  });
}

function requireWindow(now: Date, validFrom: Date, expiresAt: Date): void {
  const errors: { path: string; message: string }[] = [];
  const earliest = now.getTime() - MAX_VALIDITY_MS;
  const latest = now.getTime() + MAX_VALIDITY_MS;
  if (validFrom.getTime() < earliest || validFrom.getTime() > latest)
    errors.push({ path: "validFrom", message: "must be within a year of now" });
  if (expiresAt <= now) errors.push({ path: "expiresAt", message: "must be in the future" });
  if (expiresAt <= validFrom) errors.push({ path: "expiresAt", message: "must be after validFrom" });
  if (expiresAt.getTime() > latest + DEFAULT_VALIDITY_MS)
    errors.push({ path: "expiresAt", message: "must be within a year of now" });
  if (errors.length > 0) throw new PlatformError("invalid_request", undefined, { errors });
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
    await markRevoked(transaction, invitationId, staffIdOfActor(actor), reason);
    for (const attempt of await lockOpenAttempts(transaction, invitationId)) {
      await endAttempt(transaction, attempt.id, "revoked");
      await recordEvent(transaction, attempt.id, { type: "revoked", actor: "staff" });
      // Without a host no worker took it yet; the one that does sees that it has ended.
      if (attempt.hostId) await enqueue(transaction, "discard", { attemptId: attempt.id }, attempt);
    }
    await recordAudit(transaction, actor, {
      action: "invitation.revoke",
      subject: invitationSubject(invitationId, invitation.candidateName),
      before: { revoked: false },
      after: { revoked: true, reason },
    });
  });
}

export function invitationSubject(id: string, candidateName: string): AuditSubject {
  return { type: "invitation", id, label: candidateName };
}
