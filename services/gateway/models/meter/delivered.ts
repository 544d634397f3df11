import { estimateTokens, type TokenBound, type TokenUsage } from "../../../shared/domain/model-cost.ts";

/** What of an answer has come: for an estimate where nobody says what it used. */
export interface Delivered {
  /** Pieces of a stream that held text; providers send about one for each token. */
  pieces: number;
  /** Of text, arguments of tools included; UTF-16 code units, which is close enough. */
  characters: number;
}

/**
 * Usage nobody stated. Input by the size of the request, output by what came; never above the bound, and nothing where
 * no answer had begun.
 */
export function estimateUsage(requestBytes: number, delivered: Delivered, bound: TokenBound): TokenUsage {
  return {
    input: Math.min(estimateTokens(requestBytes), bound.input),
    cachedInput: 0,
    output: Math.min(estimateTokens(delivered.characters, delivered.pieces), bound.output),
  };
}

/** Adds up the strings of an answer: what a model wrote, wherever the protocol puts it. */
export function countText(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 0;
  let characters = 0;
  for (const part of Object.values(value)) characters += countText(part);
  return characters;
}
