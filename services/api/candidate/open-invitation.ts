import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Connection } from "../../shared/db/database.ts";
import { invitationIdOf, isInvitationToken } from "../../shared/domain/invitation-link.ts";
import type { TokenSealer } from "../../shared/domain/sealed-token.ts";
import { requireSight, sealCandidateSession } from "../access/candidate-session.ts";
import { findInvitationFacts } from "../records/invitation.ts";

/**
 * Trades the token of a personal link for a session. Starts nothing: mail scanners open links too.
 * @throws PlatformError invitation_not_found for anything that is not a current link, else why it does not stand.
 */
export async function openInvitation(
  connection: Connection,
  sealer: TokenSealer,
  token: string,
): Promise<{ invitationId: string; session: string }> {
  const invitationId = invitationIdOf(token);
  const facts = invitationId && (await findInvitationFacts(connection, invitationId));
  if (!facts || !isInvitationToken(sealer, token, facts.id, facts.linkGeneration))
    throw new PlatformError("invitation_not_found");
  requireSight(facts);
  const session = sealCandidateSession(sealer, {
    invitationId: facts.id,
    linkGeneration: facts.linkGeneration,
    issuedAt: Date.now(),
  });
  return { invitationId: facts.id, session };
}
