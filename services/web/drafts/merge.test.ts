import { describe, expect, it } from "vitest";
import { mergeDrafts, sameJson } from "./merge.ts";

const item = (id: string, title = id) => ({ id, title });

describe("merging drafts", () => {
  it("takes from both sides what only one of them changed, at any depth", () => {
    const base = { role: { title: "Engineer", type: 1 }, brief: "" };
    const mine = { role: { title: "Senior engineer", type: 1 }, brief: "" };
    const theirs = { role: { title: "Engineer", type: 3 }, brief: "Hello" };
    expect(mergeDrafts(base, mine, theirs)).toEqual({
      content: { role: { title: "Senior engineer", type: 3 }, brief: "Hello" },
      collisions: [],
    });
  });

  it("names the place of a collision and gives the side that was asked for", () => {
    const [base, mine, theirs] = [{ a: { b: 1 } }, { a: { b: 2 } }, { a: { b: 3 } }];
    const result = mergeDrafts(base, mine, theirs);
    expect(result).toEqual({
      content: { a: { b: 2 } },
      collisions: [{ path: ["a", "b"], mine: 2, theirs: 3 }],
    });
    expect(mergeDrafts(base, mine, theirs, "theirs").content).toEqual({ a: { b: 3 } });
  });

  it("merges lists of things with ids thing by thing, and keeps the order of who changed it", () => {
    const base = [item("a"), item("b"), item("c")];
    const mine = [item("c"), item("a"), item("b", "renamed")];
    const theirs = [item("a", "theirs"), item("b"), item("c"), item("d")];
    const { content, collisions } = mergeDrafts(base, mine, theirs);
    expect(content).toEqual([item("c"), item("a", "theirs"), item("b", "renamed"), item("d")]);
    expect(collisions).toEqual([]);
  });

  it("drops what one side removed, unless the other changed it", () => {
    const base = [item("a"), item("b")];
    expect(mergeDrafts(base, [item("a")], base).content).toEqual([item("a")]);
    const changed = mergeDrafts(base, [item("a")], [item("a"), item("b", "changed")]);
    expect(changed.collisions).toEqual([{ path: ["b"], mine: undefined, theirs: item("b", "changed") }]);
  });

  it("treats other lists as one value", () => {
    const result = mergeDrafts(["a"], ["a", "b"], ["c"]);
    expect(result).toMatchObject({ content: ["a", "b"], collisions: [{ path: [] }] });
  });
});

describe("sameness", () => {
  it.each([
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: undefined }, {}, true],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [null, {}, false],
    ["1", 1, false],
  ])("of %j and %j is %s", (a, b, expected) => {
    expect(sameJson(a, b)).toBe(expected);
  });
});
