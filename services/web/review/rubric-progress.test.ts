import { describe, expect, it } from "vitest";
import type { Rubric } from "../../shared/contracts/rubric.ts";
import { findReferences, formatReference, insertReference } from "./file-reference.ts";
import { countRated, findGaps, weightedScore } from "./rubric-progress.ts";
import { shortcutFor } from "./shortcuts.ts";

const criterion = (id: string, weight: number): Rubric["criteria"][number] => ({
  id,
  title: id.toUpperCase(),
  guidance: "",
  weight,
  anchors: [],
});
const rubric: Rubric = { criteria: [criterion("aa", 1), criterion("bb", 3)] };
const content = (ratings: Parameters<typeof countRated>[1], recommendation: "yes" | null = null) => ({
  ratings,
  summary: recommendation ? "Good." : " ",
  recommendation,
});

describe("progress", () => {
  it("asks for a level and evidence of every criterion, a recommendation and a summary", () => {
    expect(findGaps(rubric, content({ aa: { level: 3, evidence: " " } })).map((gap) => gap.kind)).toEqual([
      "evidence",
      "level",
      "evidence",
      "recommendation",
      "summary",
    ]);
    const complete = { aa: { level: 3, evidence: "a" }, bb: { level: 1, evidence: "b" } };
    expect(findGaps(rubric, content(complete, "yes"))).toEqual([]);
    expect(countRated(rubric, complete)).toBe(2);
  });

  it("weighs levels, and has no score before the first", () => {
    expect(weightedScore(rubric, {})).toBeNull();
    expect(weightedScore(rubric, { aa: { level: 5, evidence: "" } })).toBe(5);
    expect(weightedScore(rubric, { aa: { level: 5, evidence: "" }, bb: { level: 1, evidence: "" } })).toBe(2);
  });

  it("is not fooled by a criterion named like a property of every object", () => {
    expect(countRated({ criteria: [criterion("constructor", 1)] }, {})).toBe(0);
  });
});

describe("references", () => {
  it.each([
    [null, "src/a.py"],
    [{ from: 3, to: 3 }, "src/a.py:3"],
    [{ from: 3, to: 9 }, "src/a.py:3-9"],
  ])("%j", (lines, text) => {
    expect(formatReference("src/a.py", lines)).toBe(text);
  });

  it("are set apart from the words around them", () => {
    expect(insertReference("", { start: 0, end: 0 }, "a:1")).toEqual({ text: "a:1 ", caret: 4 });
    expect(insertReference("see", { start: 3, end: 3 }, "a:1")).toEqual({ text: "see a:1 ", caret: 8 });
    expect(insertReference("(x) end", { start: 1, end: 2 }, "a:1")).toEqual({ text: "(a:1) end", caret: 4 });
  });
});

describe("findReferences", () => {
  const paths = new Set(["src/a.py", "README.md"]);
  it("finds what leads to a file of the submission, once", () => {
    const note = "see src/a.py:3-9, (README.md:1) and src/a.py:3-9; not other.py:4 or http://x:80";
    expect(findReferences(note, paths)).toEqual([
      { path: "src/a.py", from: 3, to: 9, text: "src/a.py:3-9" },
      { path: "README.md", from: 1, to: 1, text: "README.md:1" },
    ]);
  });
  it("does not hang on hostile text", () => {
    const startedAt = performance.now();
    findReferences(`${"a:".repeat(2500)}`, paths);
    findReferences("x".repeat(5000), paths);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});

describe("shortcuts", () => {
  const press = (key: string, over = {}) =>
    shortcutFor({ key, ctrlKey: false, metaKey: false, altKey: false, typing: false, ...over });
  it("never steal typing or the browser's own combinations", () => {
    expect(press("j")).toEqual({ kind: "next_file" });
    expect(press("j", { typing: true })).toBeNull();
    expect(press("j", { ctrlKey: true })).toBeNull();
    expect(press("1", { metaKey: true })).toBeNull();
    expect(press("d", { altKey: true })).toBeNull();
  });
  it("rate from one to five only", () => {
    expect(press("5")).toEqual({ kind: "rate", level: 5 });
    for (const key of ["0", "6", "12", "toString", "Enter"]) expect(press(key)).toBeNull();
  });
});
