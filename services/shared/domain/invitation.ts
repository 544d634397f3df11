export interface InvitationFacts {
  validFrom: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

export type InvitationStanding = "open" | "not_yet_valid" | "expired" | "revoked";

/** How long after its end the holder of a link may still ask for another date. */
const ASKING_DAYS = 60;

/** Whether whoever has the link may ask for another date: also when it can no longer be started, for a while. */
export function mayAsk(invitation: InvitationFacts, now: Date): boolean {
  const until = invitation.expiresAt.getTime() + ASKING_DAYS * 24 * 3600_000;
  return invitation.revokedAt === null && now.getTime() < until;
}

/**
 * Whether a link may be used at `now` to begin. Once a scored attempt exists the window no longer matters
 * (an attempt begun in time may be finished and its receipt read); a revocation always does.
 */
export function standingOf(invitation: InvitationFacts, hasAttempt: boolean, now: Date): InvitationStanding {
  if (invitation.revokedAt) return "revoked";
  if (hasAttempt) return "open";
  if (now < invitation.validFrom) return "not_yet_valid";
  if (now >= invitation.expiresAt) return "expired";
  return "open";
}
