import type { TokenSealer } from "../../shared/domain/sealed-token.ts";
import {
  COOKIE_TTL_MS,
  openCookie,
  sealCookie,
  type WorkspaceAccess,
} from "../../shared/domain/workspace-access.ts";

/** Browsers take a `__Host-` cookie only from the very host it belongs to, never from a sibling or by script. */
export const SESSION_COOKIE = "__Host-worksample";

type Place = Pick<WorkspaceAccess, "attemptId" | "target">;

/** The Set-Cookie value that lets a browser into one target of one attempt. */
export function sessionCookie(sealer: TokenSealer, place: Place, jti: string, nowMs: number): string {
  const token = sealCookie(sealer, {
    attemptId: place.attemptId,
    target: place.target,
    jti,
    expiresAt: nowMs + COOKIE_TTL_MS,
  });
  const lifetime = `Max-Age=${COOKIE_TTL_MS / 1000}`;
  return `${SESSION_COOKIE}=${token}; Path=/; ${lifetime}; Secure; HttpOnly; SameSite=None; Partitioned`;
}

/** True when a Cookie header carries a session for exactly this target of this attempt. */
export function holdsSession(
  sealer: TokenSealer,
  cookieHeader: string | undefined,
  place: Place,
  nowMs: number,
): boolean {
  return pairs(cookieHeader).some((pair) => {
    if (!pair.startsWith(`${SESSION_COOKIE}=`)) return false;
    const access = openCookie(sealer, pair.slice(SESSION_COOKIE.length + 1), nowMs);
    return access !== null && access.attemptId === place.attemptId && access.target === place.target;
  });
}

/** The Cookie header for the sandbox: all but ours. Undefined when nothing is left. */
export function withoutSession(cookieHeader: string): string | undefined {
  const rest = pairs(cookieHeader).filter((pair) => !namesSession(pair));
  return rest.length > 0 ? rest.join("; ") : undefined;
}

/**
 * What a sandbox may set in the browser, from its Set-Cookie value: never our cookie, never for more than its
 * own host. Null drops it.
 *
 * The sandbox is shown inside a page of the platform, which is another site, and there browsers only keep cookies
 * that are `SameSite=None; Partitioned`. So an app's own cookies are made so; the forgery that SameSite guards
 * against is refused by the gateway itself.
 */
export function confineSetCookie(value: string): string | null {
  const [pair = "", ...attributes] = value.split(";").map((part) => part.trim());
  if (namesSession(pair)) return null;
  const kept = attributes.filter((attribute) => {
    const name = attribute.split("=", 1)[0]!.trim().toLowerCase();
    return name !== "" && !["domain", "samesite", "secure", "partitioned"].includes(name);
  });
  return [pair, ...kept, "Secure", "SameSite=None", "Partitioned"].join("; ");
}

/** Browsers have read `=name=value` and `name` in more ways than one, and prefixes in any case. */
function namesSession(pair: string): boolean {
  return pair
    .replace(/^[\s=]+/, "")
    .toLowerCase()
    .startsWith(SESSION_COOKIE.toLowerCase());
}

function pairs(cookieHeader: string | undefined): string[] {
  return (cookieHeader ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter(Boolean);
}
