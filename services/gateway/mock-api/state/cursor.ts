import { hash } from "node:crypto";
import type { TokenSealer } from "../../../shared/domain/sealed-token.ts";

const PURPOSE = "mock-api-cursor";

export interface Place {
  key: string | number;
  id: string | number;
}

/**
 * What a cursor belongs to: it goes on with the same list under the same filters and order, and no other.
 * @param question made in the same way each time, down to the order of names
 */
export function listFingerprint(question: unknown): string {
  return hash("sha256", JSON.stringify(question), "base64url").slice(0, 16);
}

export function sealCursor(sealer: TokenSealer, fingerprint: string, place: Place): string {
  return sealer.seal(PURPOSE, { f: fingerprint, k: place.key, i: place.id });
}

/** The place, `other` when the cursor is of another list, or `invalid`. */
export function openCursor(
  sealer: TokenSealer,
  fingerprint: string,
  text: string,
): Place | "other" | "invalid" {
  const payload = sealer.open(PURPOSE, text);
  if (!payload) return "invalid";
  if (payload.f !== fingerprint) return "other";
  return { key: payload.k as string | number, id: payload.i as string | number };
}
