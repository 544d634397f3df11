import type { ApiTokenItem } from "../../../shared/contracts/api-token.ts";
import { formatInstant } from "../../ui/time-words.ts";

export interface TokenStanding {
  words: string;
  tone: "neutral" | "good" | "warn";
  isUsable: boolean;
}

const SOON_MS = 7 * 24 * 3600_000;

/** Whether a token works at `now`, an instant of the server's clock. */
export function tokenStanding(
  { revokedAt, expiresAt }: Pick<ApiTokenItem, "revokedAt" | "expiresAt">,
  now: string,
): TokenStanding {
  if (revokedAt !== null)
    return { words: `Revoked ${formatInstant(revokedAt)}`, tone: "neutral", isUsable: false };
  if (expiresAt === null) return { words: "Works", tone: "good", isUsable: true };
  const left = new Date(expiresAt).getTime() - new Date(now).getTime();
  if (left <= 0) return { words: `Expired ${formatInstant(expiresAt)}`, tone: "neutral", isUsable: false };
  const words = `Works until ${formatInstant(expiresAt)}`;
  return { words, tone: left < SOON_MS ? "warn" : "good", isUsable: true };
}
