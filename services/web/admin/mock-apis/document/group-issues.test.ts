import { describe, expect, it } from "vitest";
import type { MockApiIssue } from "../../../../shared/contracts/mock-api-studio.ts";
import { groupIssues, placeWords } from "./group-issues.ts";
import { wordsOfRule } from "./rule-words.ts";

const issue = (more: Partial<MockApiIssue>): MockApiIssue => ({
  severity: "error",
  rule: "specification",
  message: "It is wrong.",
  pointer: "/paths",
  line: 3,
  column: 1,
  file: null,
  ...more,
});

describe("issues of a check", () => {
  it("are grouped by rule, errors before warnings, each group in the order found", () => {
    const groups = groupIssues([
      issue({ severity: "warning", rule: "nullable", line: 1 }),
      issue({ line: 7 }),
      issue({ rule: "duplicate-key" }),
      issue({ line: 9 }),
    ]);
    expect(groups.map(({ rule, issues }) => [rule, issues.map(({ line }) => line)])).toEqual([
      ["specification", [7, 9]],
      ["duplicate-key", [3]],
      ["nullable", [1]],
    ]);
  });

  it("keep errors and warnings of one rule apart", () => {
    const groups = groupIssues([issue({ severity: "warning" }), issue({})]);
    expect(groups.map(({ severity }) => severity)).toEqual(["error", "warning"]);
  });

  it.each([
    [issue({}), "line 3, column 1"],
    [issue({ column: null }), "line 3"],
    [issue({ line: null }), ""],
    [issue({ file: "tickets.yaml" }), "tickets.yaml, line 3, column 1"],
    [issue({ file: "tickets.yaml", line: null }), "tickets.yaml"],
  ])("say where they are (%#)", (given, words) => expect(placeWords(given)).toBe(words));

  it("have words even for a rule nobody gave any", () => {
    expect(wordsOfRule("too-many-aliases").title).toBe("Too many aliases");
    expect(wordsOfRule("bindings").advice).toContain("Answers tab");
  });
});
