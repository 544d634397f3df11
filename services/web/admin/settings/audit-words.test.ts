import { describe, expect, it } from "vitest";
import { actionWords, fieldChanges } from "./audit-words.ts";

describe("actionWords", () => {
  it.each([
    ["invitation.create", "Invitation: create"],
    ["api_token.revoke", "API token: revoke"],
    ["mock_api.put_document", "Mock API: put document"],
    ["session.sign_in", "Session: sign in"],
  ])("says %s as %s", (action, words) => expect(actionWords(action)).toBe(words));
});

describe("fieldChanges", () => {
  it("lists what differs, and nothing else", () => {
    expect(fieldChanges({ a: 1, b: "x", c: null }, { a: 1, b: "y", d: [1] })).toEqual([
      { name: "b", before: "x", after: "y" },
      { name: "c", before: "nothing", after: null },
      { name: "d", before: null, after: "[\n 1\n]" },
    ]);
    expect(fieldChanges(null, null)).toEqual([]);
  });
});
