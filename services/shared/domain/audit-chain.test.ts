import { describe, expect, it } from "vitest";
import type { AuditEvent } from "../contracts/audit.ts";
import { CHAIN_START, canonicalJson, checkAuditEvent, hashAuditEvent } from "./audit-chain.ts";

function event(id: number, previousHash: string): AuditEvent {
  const rest: Omit<AuditEvent, "hash"> = {
    id,
    at: "2026-03-01T09:00:00.000Z",
    actor: { kind: "staff", id: "s1", name: "Ida" },
    action: "invitation.create",
    subject: { type: "invitation", id: `i${id}`, label: "Amelie" },
    before: null,
    after: { extraTimeFactor: 1.25 },
    ip: "127.0.0.1",
    userAgent: null,
    previousHash,
  };
  return { ...rest, hash: hashAuditEvent(rest) };
}

describe("the audit chain", () => {
  const first = event(1, CHAIN_START);
  const second = event(2, first.hash);

  it("holds from its start", () => {
    expect(checkAuditEvent(null, first)).toBeNull();
    expect(checkAuditEvent(first, second)).toBeNull();
  });

  it.each([
    ["a changed word", { ...second, action: "invitation.revoke" }, "wrong_hash"],
    ["a changed value", { ...second, after: { extraTimeFactor: 1.5 } }, "wrong_hash"],
    ["another actor", { ...second, actor: { ...second.actor, name: "Ada" } }, "wrong_hash"],
    ["an event that was taken out", event(3, second.hash), "missing_event"],
    ["an event of another log", event(2, "f".repeat(64)), "wrong_previous_hash"],
  ] as const)("shows %s", (_, changed, reason) => {
    expect(checkAuditEvent(first, changed as AuditEvent)).toEqual({ id: changed.id, reason });
  });

  it("shows a changed event even when its own hash was made again, at the next one", () => {
    const { hash: _, ...rest } = { ...first, action: "invitation.revoke" };
    const forged = { ...rest, hash: hashAuditEvent(rest) };
    expect(checkAuditEvent(null, forged)).toBeNull();
    expect(checkAuditEvent(forged, second)).toEqual({ id: 2, reason: "wrong_previous_hash" });
  });

  it("does not depend on the order of keys", () => {
    expect(canonicalJson({ b: [1, { d: null, c: "x" }], a: 1 })).toBe('{"a":1,"b":[1,{"c":"x","d":null}]}');
  });
});
