import { describe, expect, test } from "vitest";
import { costBound, costOf, estimateTokens, nanoUsd, plausibleUsage } from "./model-cost.ts";

const price = (input: number, cached: number, output: number) => ({
  inputUsdPerMTok: input,
  cachedInputUsdPerMTok: cached,
  outputUsdPerMTok: output,
});

describe("what tokens cost", () => {
  test.each([
    ["a million of input at a dollar", { input: 1e6, cachedInput: 0, output: 0 }, price(1, 1, 1), 1e9],
    ["one token of input at 15 cents", { input: 1, cachedInput: 0, output: 0 }, price(0.15, 0, 0), 150],
    [
      "cached input at its own price",
      { input: 1000, cachedInput: 400, output: 0 },
      price(2, 0.5, 8),
      1_400_000,
    ],
    ["output", { input: 0, cachedInput: 0, output: 300 }, price(2, 0.5, 8), 2_400_000],
    [
      "a part of a billionth counts whole",
      { input: 1, cachedInput: 0, output: 0 },
      price(0.0000375, 0, 0),
      1,
    ],
    ["nothing at no price", { input: 5, cachedInput: 0, output: 5 }, price(0, 0, 0), 0],
    ["decimals that no double holds", { input: 3, cachedInput: 0, output: 0 }, price(0.1, 0, 0), 300],
  ])("%s", (_, usage, at, nano) => expect(costOf(usage, at)).toBe(nano));

  test("the bound covers every target, whatever is cached", () => {
    const bound = { input: 100, output: 10 };
    expect(costBound(bound, [price(1, 0.1, 1), price(2, 3, 1)])).toBe(100 * 3000 + 10 * 1000);
    expect(costBound(bound, [])).toBe(0);
  });

  test("dollars become whole billionths", () => {
    expect(nanoUsd(5)).toBe(5e9);
    expect(nanoUsd(0.1)).toBe(1e8);
    expect(nanoUsd(0.29)).toBe(290_000_000);
  });
});

describe("what an upstream says it used", () => {
  const bound = { input: 100, output: 50 };
  test.each([
    ["as it is", { input: 10, output: 5, cachedInput: 4 }, { input: 10, output: 5, cachedInput: 4 }],
    ["without a word on the cache", { input: 10, output: 5 }, { input: 10, output: 5, cachedInput: 0 }],
    [
      "more cached than there was",
      { input: 10, output: 5, cachedInput: 99 },
      { input: 10, output: 5, cachedInput: 10 },
    ],
    ["more than it could be", { input: 101, output: 5 }, null],
    ["a longer answer than was allowed", { input: 1, output: 51 }, null],
    ["less than nothing", { input: -1, output: 5 }, null],
    ["half a token", { input: 1.5, output: 5 }, null],
    ["words", { input: "10", output: 5 }, null],
    ["nothing", {}, null],
  ])("%s", (_, reported, expected) => expect(plausibleUsage(reported, bound)).toEqual(expected));
});

test("tokens are estimated by bytes, and never fewer than the pieces they came in", () => {
  expect(estimateTokens(0)).toBe(0);
  expect(estimateTokens(9)).toBe(3);
  expect(estimateTokens(9, 7)).toBe(7);
});
