import { z } from "zod";
import type { Config } from "../../shared/config/config.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { mayAsk, standingOf } from "../../shared/domain/invitation.ts";
import type { TokenSealer } from "../../shared/domain/sealed-token.ts";
import type { InvitationFactsRow } from "../records/invitation.ts";

export const CANDIDATE_COOKIE = "ws_candidate";
/** Longer than any attempt; whoever comes later opens the link again. */
const SESSION_TTL_MS = 30 * 24 * 3600_000;

const Session = z.object({
  invitationId: z.uuid(),
  linkGeneration: z.int(),
  /** Milliseconds since the epoch. */
  issuedAt: z.number(),
});
export type CandidateSession = z.infer<typeof Session>;

export function sealCandidateSession(sealer: TokenSealer, session: CandidateSession): string {
  return sealer.seal("candidate-session", session);
}

/** Null when absent, forged, malformed or too old. */
export function openCandidateSession(
  sealer: TokenSealer,
  cookie: string | undefined,
  nowMs: number,
): CandidateSession | null {
  if (!cookie) return null;
  const parsed = Session.safeParse(sealer.open("candidate-session", cookie));
  return parsed.success && nowMs - parsed.data.issuedAt < SESSION_TTL_MS ? parsed.data : null;
}

/** The path keeps several invitations of one browser apart. */
export function candidateCookieOptions(config: Pick<Config, "publicUrl">, invitationId: string) {
  return {
    path: `/api/candidate/invitations/${invitationId}`,
    httpOnly: true,
    sameSite: "lax" as const,
    secure: config.publicUrl.startsWith("https:"),
    maxAge: SESSION_TTL_MS / 1000,
  };
}

/**
 * For looking and asking: an invitation that has just expired may be opened to ask for another date, and no more.
 * @throws PlatformError saying why the invitation cannot be looked at.
 */
export function requireSight(facts: InvitationFactsRow): void {
  const hasExpired = standingOf(facts, facts.hasAttempt, facts.now) === "expired";
  if (!hasExpired || !mayAsk(facts, facts.now)) requireStanding(facts);
}

/** @throws PlatformError saying why the invitation cannot be used now. */
export function requireStanding(facts: InvitationFactsRow): void {
  const standing = standingOf(facts, facts.hasAttempt, facts.now);
  switch (standing) {
    case "open":
      return;
    case "revoked":
      throw new PlatformError("invitation_revoked");
    case "expired":
      throw new PlatformError(
        "invitation_expired",
        `It could be used until ${facts.expiresAt.toISOString()}.`,
      );
    case "not_yet_valid":
      throw new PlatformError("invitation_not_yet_valid", `It opens at ${facts.validFrom.toISOString()}.`);
  }
}
