import type { ModelPrice } from "../../contracts/models.ts";

/** The call by which a budget is explained: about a page read, and a paragraph written. */
export const TYPICAL_CALL = { inputTokens: 1000, outputTokens: 300 };

/**
 * About how many typical calls a budget is good for; null: nothing bounds them.
 * @param prices of the models that may answer; the dearest one counts
 */
export function typicalCalls(
  budget: { usd: number | null; tokens: number | null },
  prices: readonly Pick<ModelPrice, "inputUsdPerMTok" | "outputUsdPerMTok">[],
  { inputTokens, outputTokens } = TYPICAL_CALL,
): number | null {
  const costs = prices.map(
    ({ inputUsdPerMTok, outputUsdPerMTok }) =>
      (inputTokens * inputUsdPerMTok + outputTokens * outputUsdPerMTok) / 1e6,
  );
  const dearest = Math.max(0, ...costs);
  const byMoney = budget.usd === null || dearest === 0 ? Number.POSITIVE_INFINITY : budget.usd / dearest;
  const byTokens =
    budget.tokens === null ? Number.POSITIVE_INFINITY : budget.tokens / (inputTokens + outputTokens);
  const calls = Math.min(byMoney, byTokens);
  // What is a hair below a whole number by the way of binary fractions is that number.
  return Number.isFinite(calls) ? Math.floor(calls + 1e-9) : null;
}
