import { expect, it } from "vitest";
import { formatCount, formatUsd } from "./money-words.ts";

it.each([
  [0, "$0.00"],
  [0.000_000_4, "under $0.0001"],
  [0.0042, "$0.0042"],
  [0.01, "$0.01"],
  [5, "$5.00"],
  [1234.5, "$1,234.50"],
])("%d dollars are %s", (usd, words) => expect(formatUsd(usd)).toBe(words));

it("counts with commas", () => expect(formatCount(2_000_000)).toBe("2,000,000"));
