import { describe, expect, it } from "vitest";
import { barLength, describeBins, formatShare } from "./chart-scale.ts";

describe("what a chart says", () => {
  it.each([
    [0, 10, "0 %"],
    [0, 0, "0 %"],
    [1, 100_000, "< 0.1 %"],
    [4, 1000, "0.4 %"],
    [1, 100, "1 %"],
    [995, 1000, "> 99 %"],
    [1000, 1000, "100 %"],
    [37, 100, "37 %"],
  ])("%d of %d is %s", (part, whole, words) => {
    expect(formatShare(part, whole)).toBe(words);
  });

  it("keeps a single value in sight beside a million", () => {
    expect(barLength(1, 1_000_000, 40)).toBe(1);
    expect(barLength(0, 1_000_000, 40)).toBe(0);
    expect(barLength(500_000, 1_000_000, 40)).toBe(20);
  });

  it("puts a histogram into a sentence", () => {
    const bins = [
      { from: "0", to: "5", count: 3 },
      { from: "5", to: "10", count: 1200 },
    ];
    expect(describeBins("price", bins)).toBe(
      "Distribution of price, from 0 to 10. Most values lie between 5 and 10: 1,200 of 1,203.",
    );
    expect(describeBins("price", [])).toBe("price: no values");
  });
});
