import { describe, expect, it } from "vitest";
import { type PriceForm, priceFormOf, priceOfForm, problemsOfPrice } from "./price-form.ts";

const form = (input: number | null, cached: number | null, output: number | null): PriceForm => ({
  input,
  cached,
  output,
});

describe("a price as it is typed", () => {
  it.each([
    [form(null, null, null), "chat", null],
    [form(1, null, 2), "chat", { inputUsdPerMTok: 1, cachedInputUsdPerMTok: 1, outputUsdPerMTok: 2 }],
    [form(1, 0.1, 2), "chat", { inputUsdPerMTok: 1, cachedInputUsdPerMTok: 0.1, outputUsdPerMTok: 2 }],
    [
      form(0.02, null, 9),
      "embedding",
      { inputUsdPerMTok: 0.02, cachedInputUsdPerMTok: 0.02, outputUsdPerMTok: 0 },
    ],
    [form(0, null, 0), "chat", { inputUsdPerMTok: 0, cachedInputUsdPerMTok: 0, outputUsdPerMTok: 0 }],
  ] as const)("%o of %s is %o", (typed, kind, price) => {
    expect(priceOfForm(typed, kind)).toEqual(price);
    if (price && kind === "chat") expect(priceFormOf(price)).toEqual(typed);
  });

  it.each([
    [form(null, null, null), "chat", []],
    [form(1, null, null), "chat", ["output"]],
    [form(null, null, 1), "chat", ["input"]],
    [form(null, 1, null), "chat", ["input", "output"]],
    [form(1, null, null), "embedding", []],
    [form(-1, null, 2e6), "chat", ["input", "output"]],
  ] as const)("%o of %s lacks %o", (typed, kind, problems) => {
    expect(Object.keys(problemsOfPrice(typed, kind))).toEqual(problems);
  });
});
