import type { ModelPrice } from "../contracts/models.ts";

/** Tokens of one call. `cachedInput` is a part of `input`. */
export interface TokenUsage {
  input: number;
  cachedInput: number;
  output: number;
}

/** The most a call can use: what is reserved before it is made. */
export interface TokenBound {
  input: number;
  output: number;
}

export const NANO_PER_USD = 1e9;

/** Dollars as billionths of a dollar, rounded up. */
export function nanoUsd(usd: number): number {
  return Math.ceil(Number((usd * NANO_PER_USD).toFixed(3)));
}

/** Billionths of a dollar as dollars. */
export function usdOf(nano: number): number {
  return nano / NANO_PER_USD;
}

/**
 * What tokens cost, in billionths of a dollar, rounded up to a whole one: dollars for a million tokens are
 * millionths of a dollar for one, hence × 1000.
 */
export function costOf(usage: TokenUsage, price: ModelPrice): number {
  const picoUsd =
    (usage.input - usage.cachedInput) * pico(price.inputUsdPerMTok) +
    usage.cachedInput * pico(price.cachedInputUsdPerMTok) +
    usage.output * pico(price.outputUsdPerMTok);
  return Math.ceil(picoUsd / 1000);
}

/** Prices have six decimals at most, so that this is whole and sums are exact. */
function pico(usdPerMTok: number): number {
  return Math.round(usdPerMTok * 1e6);
}

/** The most a call can cost at any of the prices of its targets, in billionths of a dollar. */
export function costBound(bound: TokenBound, prices: readonly ModelPrice[]): number {
  const costs = prices.map((price) =>
    // A provider that charged more for cached input than for other input would still be covered.
    costOf(
      {
        input: bound.input,
        cachedInput: price.cachedInputUsdPerMTok > price.inputUsdPerMTok ? bound.input : 0,
        output: bound.output,
      },
      price,
    ),
  );
  return Math.max(0, ...costs);
}

/** Bytes of text that a token has on average in English, for what has to be estimated. */
const BYTES_PER_TOKEN = 4;

/**
 * Tokens of a text of so many bytes, where nobody counted them: a quarter of its bytes, and at least one for each
 * piece it came in.
 */
export function estimateTokens(bytes: number, pieces = 0): number {
  return Math.max(pieces, Math.ceil(bytes / BYTES_PER_TOKEN));
}

/**
 * What an upstream says it used, as far as it can be true: whole numbers, not above the bound.
 * @returns null for what cannot be: missing, negative, not a number, or more than the call could use
 */
export function plausibleUsage(
  reported: Partial<Record<keyof TokenUsage, unknown>>,
  bound: TokenBound,
): TokenUsage | null {
  const { input, output, cachedInput = 0 } = reported;
  if (!isCount(input) || !isCount(output)) return null;
  if (input > bound.input || output > bound.output) return null;
  return { input, output, cachedInput: isCount(cachedInput) ? Math.min(cachedInput, input) : 0 };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
