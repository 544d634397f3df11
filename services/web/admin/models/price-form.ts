import type { ModelKind, ModelPrice } from "../../../shared/contracts/models.ts";

/** Dollars for a million tokens as they are typed; null where nothing is. */
export interface PriceForm {
  input: number | null;
  cached: number | null;
  output: number | null;
}

export function priceFormOf(price: ModelPrice | null): PriceForm {
  return {
    input: price?.inputUsdPerMTok ?? null,
    cached:
      price === null || price.cachedInputUsdPerMTok === price.inputUsdPerMTok
        ? null
        : price.cachedInputUsdPerMTok,
    output: price?.outputUsdPerMTok ?? null,
  };
}

/** Null: no price, which may be. Embeddings have no output; cached input costs what other input does unless it is said. */
export function priceOfForm({ input, cached, output }: PriceForm, kind: ModelKind): ModelPrice | null {
  if (input === null) return null;
  const outputUsd = kind === "embedding" ? 0 : output;
  if (outputUsd === null) return null;
  return { inputUsdPerMTok: input, cachedInputUsdPerMTok: cached ?? input, outputUsdPerMTok: outputUsd };
}

type Problems = Partial<Record<keyof PriceForm, string>>;

export function problemsOfPrice(form: PriceForm, kind: ModelKind): Problems {
  const problems: Problems = {};
  for (const key of ["input", "cached", "output"] as const) {
    const value = form[key];
    if (value !== null && (value < 0 || value > 1e6)) problems[key] = "From 0 to 1,000,000 dollars.";
  }
  const { input, cached, output } = form;
  const isNothing = input === null && cached === null && (output === null || kind === "embedding");
  if (!isNothing && input === null) problems.input ??= "Give this price, too; 0 if it is free.";
  if (!isNothing && kind === "chat" && output === null)
    problems.output ??= "Give this price, too; 0 if it is free.";
  return problems;
}
