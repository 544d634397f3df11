import { z } from "zod";
import type { TokenSealer } from "./sealed-token.ts";

/**
 * How a browser gets from a page of the platform into the origin of one sandbox: the api seals a ticket, the
 * gateway trades it, once, for a cookie of that origin alone.
 */
const Access = z.object({
  attemptId: z.uuid(),
  /** `ide`, or the port of the candidate's own app. */
  target: z.union([z.literal("ide"), z.int().min(1024).max(65535)]),
  jti: z.string(),
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
});
export type WorkspaceAccess = z.infer<typeof Access>;

export const TICKET_TTL_MS = 60_000;
export const COOKIE_TTL_MS = 12 * 3600_000;

export function sealTicket(sealer: TokenSealer, access: WorkspaceAccess): string {
  return sealer.seal("workspace-ticket", access);
}

export function sealCookie(sealer: TokenSealer, access: WorkspaceAccess): string {
  return sealer.seal("workspace-cookie", access);
}

/** Null when forged, malformed, of another purpose, or expired at `nowMs`. */
export function openTicket(sealer: TokenSealer, token: string, nowMs: number): WorkspaceAccess | null {
  return openAccess(sealer.open("workspace-ticket", token), nowMs);
}

export function openCookie(sealer: TokenSealer, token: string, nowMs: number): WorkspaceAccess | null {
  return openAccess(sealer.open("workspace-cookie", token), nowMs);
}

function openAccess(payload: unknown, nowMs: number): WorkspaceAccess | null {
  const parsed = Access.safeParse(payload);
  return parsed.success && parsed.data.expiresAt > nowMs ? parsed.data : null;
}

/** The DNS label of a sandbox origin: the attempt id, with the port in front for a preview of the candidate's app. */
export function originLabel(attemptId: string, target: WorkspaceAccess["target"]): string {
  return target === "ide" ? attemptId : `${target}-${attemptId}`;
}

/** The reverse of {@link originLabel}; null for any other label. */
export function parseOriginLabel(label: string): Pick<WorkspaceAccess, "attemptId" | "target"> | null {
  const match = /^(?:(\d{4,5})-)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(label);
  if (!match) return null;
  if (match[1] === undefined) return { attemptId: match[2]!, target: "ide" };
  const port = Number(match[1]);
  return port >= 1024 && port <= 65535 && String(port) === match[1]
    ? { attemptId: match[2]!, target: port }
    : null;
}
