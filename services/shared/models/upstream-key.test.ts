import { describe, expect, it } from "vitest";
import { SecretBox } from "../domain/secret-box.ts";
import { keyHintOf, openUpstreamKey, sealUpstreamKey } from "./upstream-key.ts";

const box = new SecretBox("a-secret-of-at-least-thirty-two-characters");
const place = { upstreamId: "4b3cbb5e-0b7d-4a0f-93b6-bd2cd9a3a1b4", baseUrl: "https://api.example.com/v1" };

describe("an upstream's key", () => {
  it.each([
    ["at its own address", place, "sk-a-key"],
    ["at another address", { ...place, baseUrl: "https://thief.example.com/v1" }, null],
    ["of another upstream", { ...place, upstreamId: "5b3cbb5e-0b7d-4a0f-93b6-bd2cd9a3a1b4" }, null],
  ])("%s opens as it should", (_, opened, expected) => {
    expect(openUpstreamKey(box, opened, sealUpstreamKey(box, place, "sk-a-key"))).toBe(expected);
  });

  it.each([
    ["", ""],
    ["short", ""],
    ["eleven-char", ""],
    ["twelve-chars", "hars"],
    ["sk-0123456789abcdef", "cdef"],
  ])("%o is hinted at as %o", (key, hint) => expect(keyHintOf(key)).toBe(hint));
});
