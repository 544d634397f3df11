export interface InvitationFacts {
  validFrom: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

export type InvitationStanding = "open" | "not_yet_valid" | "expired" | "revoked";

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
