import { PlatformError } from "../../shared/contracts/problem.ts";
import { recordEvent } from "../../shared/db/attempt-timeline.ts";
import type { Database, DatabaseTransaction } from "../../shared/db/database.ts";
import { isOpen } from "../../shared/domain/attempt-state.ts";
import { consentVersionOf } from "../../shared/domain/consent.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import { requireStanding } from "../access/candidate-session.ts";
import { getAssessmentVersion } from "../records/assessment-version.ts";
import { insertAttempt, lockLatestAttempt } from "../records/attempt.ts";
import { findInvitationFacts, type InvitationRow, lockInvitation } from "../records/invitation.ts";
import { endPractice } from "./practice.ts";

/**
 * Asks for the one scored sitting. Repeating it while it is prepared or running changes nothing; an open
 * practice workspace is given up for it.
 * @throws PlatformError consent_required, consent_outdated, attempt_over, or why the invitation does not stand.
 */
export async function startAttempt(db: Database, invitationId: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const invitation = await lockStandingInvitation(transaction, invitationId);
    const existing = await lockLatestAttempt(transaction, invitationId, "scored");
    if (existing && (existing.state === "provisioning" || existing.state === "running")) return;
    if (existing && existing.state !== "failed") throw new PlatformError("attempt_over");

    const { spec } = await getAssessmentVersion(transaction, invitation.assessmentVersionId);
    requireConsent(invitation, consentVersionOf(spec));
    await endPractice(transaction, invitationId);
    const attemptId = await insertAttempt(transaction, {
      invitationId,
      assessmentVersionId: invitation.assessmentVersionId,
      kind: "scored",
      limitSec: spec.limitSec,
      extraTimeFactor: invitation.extraTimeFactor,
    });
    if (attemptId === null) return;
    await recordEvent(transaction, attemptId, {
      type: "consented",
      actor: "candidate",
      at: invitation.consentedAt!,
      data: { consentVersion: invitation.consentVersion },
    });
    await recordEvent(transaction, attemptId, { type: "start_requested", actor: "candidate" });
    await enqueue(transaction, "provision", { attemptId });
  });
}

/** Repeating it while a practice is open changes nothing. @throws PlatformError once the scored sitting began. */
export async function startPractice(db: Database, invitationId: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const invitation = await lockStandingInvitation(transaction, invitationId);
    const scored = await lockLatestAttempt(transaction, invitationId, "scored");
    if (scored && scored.state !== "failed")
      throw new PlatformError(isOpen(scored.state) ? "attempt_already_started" : "attempt_over");

    const { spec } = await getAssessmentVersion(transaction, invitation.assessmentVersionId);
    const attemptId = await insertAttempt(transaction, {
      invitationId,
      assessmentVersionId: invitation.assessmentVersionId,
      kind: "practice",
      limitSec: spec.practiceLimitSec,
      extraTimeFactor: 1,
    });
    if (attemptId !== null) await enqueue(transaction, "provision", { attemptId });
  });
}

/** Locks, then looks again: it may have been withdrawn since the request was let in. */
async function lockStandingInvitation(
  transaction: DatabaseTransaction,
  invitationId: string,
): Promise<InvitationRow> {
  const invitation = await lockInvitation(transaction, invitationId);
  const facts = await findInvitationFacts(transaction, invitationId);
  if (!invitation || !facts) throw new PlatformError("invitation_not_found");
  requireStanding(facts);
  return invitation;
}

function requireConsent(invitation: InvitationRow, currentVersion: string): void {
  if (!invitation.consentedAt) throw new PlatformError("consent_required");
  if (invitation.consentVersion !== currentVersion) throw new PlatformError("consent_outdated");
}
