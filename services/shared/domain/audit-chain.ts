import { createHash } from "node:crypto";
import type { AuditEvent } from "../contracts/audit.ts";

/** What the first event of a log is chained to. */
export const CHAIN_START = "0".repeat(64);

/**
 * SHA-256, in hexadecimal, of the event's canonical JSON without its own hash: so it covers `previousHash`, and with
 * it every event before. Canonical JSON has its keys in order (RFC 8785 without its rules for numbers; those here
 * come out of Postgres's `jsonb` and print the same every time).
 */
export function hashAuditEvent(event: Omit<AuditEvent, "hash">): string {
  return createHash("sha256").update(canonicalJson(event)).digest("hex");
}

export interface ChainFault {
  /** Of the first event that does not fit. */
  id: number;
  reason: "missing_event" | "wrong_previous_hash" | "wrong_hash";
}

export interface ChainLink {
  id: number;
  hash: string;
}

/** Checks one event against the one before it; null before the first. @returns null when it fits */
export function checkAuditEvent(previous: ChainLink | null, event: AuditEvent): ChainFault | null {
  if (event.id !== (previous?.id ?? 0) + 1) return { id: event.id, reason: "missing_event" };
  if (event.previousHash !== (previous?.hash ?? CHAIN_START))
    return { id: event.id, reason: "wrong_previous_hash" };
  const { hash, ...rest } = event;
  return hash === hashAuditEvent(rest) ? null : { id: event.id, reason: "wrong_hash" };
}

export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${sorted.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(",")}}`;
}
