import { describe, expect, it } from "vitest";
import { canMove, isOpen } from "./attempt-state.ts";
import { isGitInternal, redactIdentity } from "./blind.ts";
import { codeName } from "./code-name.ts";
import { mayAsk, standingOf } from "./invitation.ts";
import { invitationIdOf, invitationToken, isInvitationToken } from "./invitation-link.ts";
import { TokenSealer } from "./sealed-token.ts";
import {
  openCookie,
  openTicket,
  originLabel,
  parseOriginLabel,
  sealCookie,
  sealTicket,
} from "./workspace-access.ts";

const sealer = new TokenSealer("a-secret-of-at-least-thirty-two-characters");
const id = "0e3b7a4e-6a1f-4f58-8d55-7a8a3c1b2d22";

describe("attempt states", () => {
  it("never leave a final state", () => {
    for (const final of ["submitted", "ended", "failed"] as const) {
      expect(isOpen(final)).toBe(false);
      for (const next of ["provisioning", "running", "sealing", "submitted", "ended", "failed"] as const) {
        expect(canMove(final, next)).toBe(false);
      }
    }
  });

  it("start the clock only after provisioning, and seal before submitting", () => {
    expect(canMove("provisioning", "running")).toBe(true);
    expect(canMove("provisioning", "sealing")).toBe(false);
    expect(canMove("running", "submitted")).toBe(false);
    expect(canMove("sealing", "running")).toBe(false);
  });
});

describe("standingOf", () => {
  const facts = { validFrom: new Date(1000), expiresAt: new Date(2000), revokedAt: null };
  it.each([
    { at: 999, attempt: false, standing: "not_yet_valid" },
    { at: 1000, attempt: false, standing: "open" },
    { at: 2000, attempt: false, standing: "expired" },
    { at: 5000, attempt: true, standing: "open" },
  ])("at $at with attempt $attempt is $standing", ({ at, attempt, standing }) => {
    expect(standingOf(facts, attempt, new Date(at))).toBe(standing);
  });

  it("ends with a revocation, attempt or not", () => {
    const revoked = { ...facts, revokedAt: new Date(1500) };
    expect(standingOf(revoked, true, new Date(1600))).toBe("revoked");
    expect(standingOf(revoked, false, new Date(1600))).toBe("revoked");
  });
});

describe("asking for another date", () => {
  const day = 24 * 3600_000;
  const facts = { validFrom: new Date(0), expiresAt: new Date(day), revokedAt: null };
  it.each([
    { facts, atDay: 0.5, may: true },
    { facts, atDay: 60, may: true },
    { facts, atDay: 61, may: false },
    { facts: { ...facts, revokedAt: new Date(0) }, atDay: 2, may: false },
  ])("on day $atDay: $may", ({ facts: given, atDay, may }) => {
    expect(mayAsk(given, new Date(atDay * day))).toBe(may);
  });
});

describe("invitation links", () => {
  it("can be made again, and become void with the next generation", () => {
    const token = invitationToken(sealer, id, 1);
    expect(token).toHaveLength(43);
    expect(invitationToken(sealer, id, 1)).toBe(token);
    expect(invitationIdOf(token)).toBe(id);
    expect(isInvitationToken(sealer, token, id, 1)).toBe(true);
    expect(isInvitationToken(sealer, token, id, 2)).toBe(false);
  });

  it("cannot be guessed from an id, nor read from nonsense", () => {
    const forged = `${invitationToken(sealer, id, 1).slice(0, -4)}AAAA`;
    expect(isInvitationToken(sealer, forged, id, 1)).toBe(false);
    for (const nonsense of ["", "x", "../../etc/passwd", "a".repeat(44), "é".repeat(43)])
      expect(invitationIdOf(nonsense)).toBeNull();
  });
});

describe("sealed tokens", () => {
  it("open only with the same secret and for the same purpose", () => {
    const token = sealer.seal("one", { value: 1 });
    expect(sealer.open("one", token)).toEqual({ value: 1 });
    expect(sealer.open("two", token)).toBeNull();
    expect(new TokenSealer("another-secret-of-thirty-two-characters!").open("one", token)).toBeNull();
  });

  it("do not open when any character is changed", () => {
    const token = sealer.seal("one", { value: 1 });
    for (let index = 0; index < token.length; index++) {
      const changed = token.slice(0, index) + (token[index] === "A" ? "B" : "A") + token.slice(index + 1);
      expect(sealer.open("one", changed), `character ${index}`).toBeNull();
    }
  });
});

describe("workspace access", () => {
  const access = { attemptId: id, target: 3000 as const, jti: "x", expiresAt: 10_000 };
  it("keeps tickets and cookies apart, and ends both in time", () => {
    expect(openTicket(sealer, sealTicket(sealer, access), 9999)).toEqual(access);
    expect(openTicket(sealer, sealTicket(sealer, access), 10_000)).toBeNull();
    expect(openCookie(sealer, sealTicket(sealer, access), 0)).toBeNull();
    expect(openTicket(sealer, sealCookie(sealer, access), 0)).toBeNull();
  });

  it("names origins that can be read back, and no others", () => {
    for (const target of ["ide", 3000] as const) {
      expect(parseOriginLabel(originLabel(id, target))).toEqual({ attemptId: id, target });
    }
    for (const label of ["", "www", `80-${id}`, `03000-${id}`, `99999-${id}`, id.toUpperCase(), `${id}-x`]) {
      expect(parseOriginLabel(label)).toBeNull();
    }
  });
});

describe("redactIdentity", () => {
  const identity = { name: "Noor Haddad", email: "noor.haddad@candidates.example" };
  it.each([
    "by Noor Haddad",
    "noor haddad <noor.haddad@candidates.example>",
    "Author: NOOR.HADDAD",
    "Haddad, Noor",
    "mail NOOR.HADDAD@candidates.example",
  ])("leaves neither name nor address in: %s", (text) => {
    const result = redactIdentity(text, identity);
    expect(result.redacted).toBe(true);
    expect(result.text).not.toMatch(/noor|haddad/i);
  });

  it("leaves other text as it is, also beside parts of the name", () => {
    const text = "The Haddadian algorithm, Noorani edition: nothing personal";
    expect(redactIdentity(text, identity)).toEqual({ text, redacted: false });
  });

  it("is not confused by a name full of pattern characters", () => {
    expect(redactIdentity("hi (x+) [y]*", { name: "(x+) [y]*", email: "" }).redacted).toBe(true);
  });
});

describe("isGitInternal", () => {
  it("knows a repository's own data at any depth", () => {
    expect(isGitInternal(".git/config")).toBe(true);
    expect(isGitInternal("app/.git/logs/HEAD")).toBe(true);
    expect(isGitInternal(".gitignore")).toBe(false);
    expect(isGitInternal("src/git/config")).toBe(false);
  });
});

describe("codeName", () => {
  it("is two words and a number from 10 to 9999", () => {
    expect(codeName(new Uint8Array([0, 0, 0, 0, 0]))).toBe("Amber Badger 10");
    expect(codeName(new Uint8Array([255, 255, 255, 255, 255]))).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+ \d{2,4}$/);
  });
});
