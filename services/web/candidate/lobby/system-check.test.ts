import { describe, expect, it } from "vitest";
import { type BrowserFacts, checkSystem } from "./system-check.ts";

const fine: BrowserFacts = { webSocket: true, cookies: true, live: true, width: 1280, practised: true };
const stateOf = (facts: Partial<BrowserFacts>, id: string) =>
  checkSystem({ ...fine, ...facts }).find((check) => check.id === id)?.state;

describe("the system check", () => {
  it("finds nothing to say about a browser that has everything", () => {
    expect(checkSystem(fine).map((check) => check.state)).toEqual(["good", "good", "good", "good"]);
  });

  it.each([
    [{ webSocket: false }, "browser", "bad"],
    [{ cookies: false }, "browser", "bad"],
    [{ live: false }, "connection", "warn"],
    [{ width: 1099 }, "screen", "warn"],
    [{ width: 390 }, "screen", "bad"],
    [{ practised: false }, "editor", "open"],
  ] as const)("with %j judges %s as %s", (facts, id, state) => {
    expect(stateOf(facts, id)).toBe(state);
  });
});
