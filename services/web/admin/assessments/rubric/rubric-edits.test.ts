import { describe, expect, it } from "vitest";
import type { DraftCriterion } from "../../../../shared/contracts/assessment-draft.ts";
import {
  duplicateCriterion,
  filledOf,
  moveCriterion,
  newCriterion,
  shareOf,
  shiftCriterion,
} from "./rubric-edits.ts";

const criterion = (id: string, weight: number | null = 1): DraftCriterion => ({
  ...newCriterion([]),
  id,
  title: id,
  weight,
});
const abc = [criterion("a"), criterion("b", 2), criterion("c")];
const ids = (criteria: readonly DraftCriterion[]) => criteria.map(({ id }) => id).join("");

describe("editing a rubric", () => {
  it.each([
    ["a", "c", "after", "bca"],
    ["c", "a", "before", "cab"],
    ["a", "b", "before", "abc"],
    ["a", "a", "after", "abc"],
    ["a", "gone", "after", "abc"],
  ] as const)("moves %s to %s (%s): %s", (id, target, position, expected) => {
    expect(ids(moveCriterion(abc, id, target, position))).toBe(expected);
  });

  it("shifts by one place and stops at the ends", () => {
    expect(ids(shiftCriterion(abc, "b", -1))).toBe("bac");
    expect(ids(shiftCriterion(abc, "c", 1))).toBe("abc");
  });

  it("never gives out an id twice, not even one that was freed in between", () => {
    const first = newCriterion([]);
    const second = newCriterion([first]);
    const third = newCriterion([second]);
    expect(new Set([second.id, third.id]).size).toBe(2);
    expect(first.id).toMatch(/^[a-z][a-z0-9_]{1,40}$/);
  });

  it("duplicates a criterion behind itself, with an id of its own", () => {
    const [, , copy] = duplicateCriterion(abc, "b");
    expect(copy).toMatchObject({ title: "b (copy)", weight: 2 });
    expect(["a", "b", "c"]).not.toContain(copy!.id);
  });

  it("says what share a criterion has, and nothing while a weight is missing", () => {
    expect(shareOf(abc, "b")).toBe(0.5);
    expect(shareOf([...abc, criterion("d", null)], "b")).toBeNull();
  });

  it("counts what is filled in: the title, and title and description of each level", () => {
    expect(filledOf(criterion("a"))).toEqual({ filled: 1, of: 11 });
  });
});
