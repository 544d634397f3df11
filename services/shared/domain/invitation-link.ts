import { timingSafeEqual } from "node:crypto";
import type { TokenSealer } from "./sealed-token.ts";

/**
 * The token of a personal link: 32 bytes in base64url, the invitation's UUID followed by a 16-byte MAC over
 * the UUID and the link generation. It can be made again (so an admin can copy a link later) and is stored
 * nowhere; raising the generation makes every earlier link void.
 */
export function invitationToken(sealer: TokenSealer, invitationId: string, generation: number): string {
  const id = Buffer.from(invitationId.replaceAll("-", ""), "hex");
  return Buffer.concat([id, sealer.shortMac("invitation-link", `${invitationId}:${generation}`)]).toString(
    "base64url",
  );
}

/** The invitation id a token speaks of, unverified; null when it cannot be a token. */
export function invitationIdOf(token: string): string | null {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  const hex = Buffer.from(token, "base64url").subarray(0, 16).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function isInvitationToken(
  sealer: TokenSealer,
  token: string,
  id: string,
  generation: number,
): boolean {
  const given = Buffer.from(token);
  const expected = Buffer.from(invitationToken(sealer, id, generation));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The whole link. Made again from the secret each time it is needed. @param publicUrl without a trailing slash */
export function invitationLink(
  publicUrl: string,
  sealer: TokenSealer,
  invitationId: string,
  generation: number,
): string {
  return `${publicUrl}/invite/${invitationToken(sealer, invitationId, generation)}`;
}
