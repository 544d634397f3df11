import { describe, expect, it } from "vitest";
import { startOfDay } from "./settings-api.ts";
import { tokenStanding } from "./token-standing.ts";

const now = "2026-03-01T10:00:00.000Z";

describe("tokenStanding", () => {
  it.each([
    [null, null, "Works", "good", true],
    ["2026-06-01T10:00:00.000Z", null, "Works until", "good", true],
    ["2026-03-05T10:00:00.000Z", null, "Works until", "warn", true],
    ["2026-03-01T10:00:00.000Z", null, "Expired", "neutral", false],
    [null, "2026-02-01T10:00:00.000Z", "Revoked", "neutral", false],
    ["2026-02-15T10:00:00.000Z", "2026-02-01T10:00:00.000Z", "Revoked", "neutral", false],
  ] as const)(
    "of one that ends %s and was revoked %s is %s",
    (expiresAt, revokedAt, words, tone, isUsable) => {
      const standing = tokenStanding({ expiresAt, revokedAt }, now);
      expect(standing).toEqual({ words: expect.stringContaining(words), tone, isUsable });
    },
  );
});

describe("startOfDay", () => {
  it("is midnight where the reader is, and the next one for an end", () => {
    const from = new Date(startOfDay("2026-03-01", 0));
    const to = new Date(startOfDay("2026-03-01", 1));
    expect([from.getDate(), from.getHours(), to.getDate(), to.getHours()]).toEqual([1, 0, 2, 0]);
    expect(startOfDay("", 0)).toBe("");
  });
});
