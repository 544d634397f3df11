import { expect, it } from "vitest";
import { dollars, priceWords } from "./model-words.ts";

it.each([
  [0.25, "$0.25"],
  [2, "$2.00"],
  [0.000125, "$0.000125"],
  [12_000, "$12,000"],
  [1234.5, "$1,234.50"],
])("%d dollars are %s", (usd, words) => expect(dollars(usd)).toBe(words));

const price = { inputUsdPerMTok: 0.25, cachedInputUsdPerMTok: 0.025, outputUsdPerMTok: 2 };
it.each([
  [null, "chat", "No price yet"],
  [price, "chat", "$0.25 in, $0.025 cached, $2.00 out for a million tokens"],
  [{ ...price, cachedInputUsdPerMTok: 0.25 }, "chat", "$0.25 in, $2.00 out for a million tokens"],
  [price, "embedding", "$0.25 for a million tokens"],
  [{ inputUsdPerMTok: 0, cachedInputUsdPerMTok: 0, outputUsdPerMTok: 0 }, "chat", "Free"],
] as const)("the price %o of %s is %s", (of, kind, words) => expect(priceWords(of, kind)).toBe(words));
