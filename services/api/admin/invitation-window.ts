import { PlatformError, type Problem } from "../../shared/contracts/problem.ts";

const DAY_MS = 24 * 3600_000;
const DEFAULT_VALIDITY_MS = 14 * DAY_MS;
const MAX_VALIDITY_MS = 366 * DAY_MS;

export interface InvitationWindow {
  validFrom: Date;
  expiresAt: Date;
}

type WindowFault = NonNullable<Problem["errors"]>[number] & { path: "validFrom" | "expiresAt" };

/** From when until when a link can be used: by default from now, for 14 days. */
export function windowOf(
  wanted: { validFrom?: string | undefined; expiresAt?: string | undefined },
  now: Date,
): InvitationWindow {
  const validFrom = wanted.validFrom === undefined ? now : new Date(wanted.validFrom);
  const expiresAt =
    wanted.expiresAt === undefined
      ? new Date(Math.max(now.getTime(), validFrom.getTime()) + DEFAULT_VALIDITY_MS)
      : new Date(wanted.expiresAt);
  return { validFrom, expiresAt };
}

/** What makes no sense about a window; empty when all does. */
export function windowFaults({ validFrom, expiresAt }: InvitationWindow, now: Date): WindowFault[] {
  const faults: WindowFault[] = [];
  const earliest = now.getTime() - MAX_VALIDITY_MS;
  const latest = now.getTime() + MAX_VALIDITY_MS;
  if (validFrom.getTime() < earliest || validFrom.getTime() > latest)
    faults.push({ path: "validFrom", message: "must be within a year of now" });
  if (expiresAt <= now) faults.push({ path: "expiresAt", message: "must be in the future" });
  if (expiresAt <= validFrom) faults.push({ path: "expiresAt", message: "must be after validFrom" });
  if (expiresAt.getTime() > latest + DEFAULT_VALIDITY_MS)
    faults.push({ path: "expiresAt", message: "must be within a year of now" });
  return faults;
}

/** @throws PlatformError invalid_request */
export function requireWindow(window: InvitationWindow, now: Date): void {
  const errors = windowFaults(window, now);
  if (errors.length > 0) throw new PlatformError("invalid_request", undefined, { errors });
}
