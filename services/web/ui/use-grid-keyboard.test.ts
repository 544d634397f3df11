import { describe, expect, it } from "vitest";
import { moveInGrid } from "./use-grid-keyboard.ts";

const size = { rows: 100, columns: 4 };
const middle = { row: 50, column: 2 };

describe("keys in a grid", () => {
  it.each([
    ["ArrowDown", false, { row: 51, column: 2 }],
    ["ArrowUp", false, { row: 49, column: 2 }],
    ["ArrowLeft", false, { row: 50, column: 1 }],
    ["ArrowRight", false, { row: 50, column: 3 }],
    ["PageDown", false, { row: 65, column: 2 }],
    ["Home", false, { row: 50, column: 0 }],
    ["End", false, { row: 50, column: 3 }],
    ["Home", true, { row: 0, column: 0 }],
    ["End", true, { row: 99, column: 3 }],
  ])("%s (control %s) leads to a cell", (key, withControl, expected) => {
    expect(moveInGrid(middle, key, withControl, size)).toEqual(expected);
  });

  it("stops at the edges, and goes up into the head", () => {
    expect(moveInGrid({ row: 99, column: 3 }, "ArrowDown", false, size)).toEqual({ row: 99, column: 3 });
    expect(moveInGrid({ row: 0, column: 0 }, "ArrowUp", false, size)).toEqual({ row: -1, column: 0 });
    expect(moveInGrid({ row: -1, column: 0 }, "ArrowUp", false, size)).toEqual({ row: -1, column: 0 });
    expect(moveInGrid({ row: 3, column: 0 }, "PageUp", false, size)).toEqual({ row: 0, column: 0 });
  });

  it("leaves every other key to the page", () => {
    expect(moveInGrid(middle, "Tab", false, size)).toBeNull();
    expect(moveInGrid(middle, "a", true, size)).toBeNull();
  });
});
