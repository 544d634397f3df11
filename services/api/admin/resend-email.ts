import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit } from "../../shared/db/audit-log.ts";
import { standingOf } from "../../shared/domain/invitation.ts";
import type { ApiContext } from "../context.ts";
import { isEmailWaiting } from "../records/email.ts";
import { findInvitationFacts, lockInvitation } from "../records/invitation.ts";
import { invitationSubject, mailInvitations } from "./invitations.ts";

/**
 * Sends the link by e-mail, again if it was sent before. While such a mail waits to leave, nothing is added.
 * @throws PlatformError invitation_not_found, invitation_not_editable (withdrawn, expired), mail_not_configured
 */
export async function sendInvitationEmail(
  { db, config }: Pick<ApiContext, "db" | "config">,
  invitationId: string,
  actor: AuditActor,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const invitation = await lockInvitation(transaction, invitationId);
    const facts = await findInvitationFacts(transaction, invitationId);
    if (!invitation || !facts)
      throw new PlatformError("invitation_not_found", "There is no such invitation.");
    const standing = standingOf(facts, facts.hasAttempt, facts.now);
    if (standing === "revoked" || standing === "expired") throw new PlatformError("invitation_not_editable");
    if (await isEmailWaiting(transaction, invitationId, "invitation")) return;
    await mailInvitations(transaction, config, [invitation], actor);
    await recordAudit(transaction, actor, {
      action: "invitation.email",
      subject: invitationSubject(invitationId, invitation.candidateName),
      after: { recipient: invitation.candidateEmail },
    });
  });
}
