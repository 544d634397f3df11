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

/** Where the protocol puts what a model wrote; other strings are names, roles and the like. */
const WRITTEN = new Set([
  "content",
  "text",
  "arguments",
  "input",
  "refusal",
  "reasoning",
  "reasoning_content",
]);

/** The length of what a model wrote in an answer, or in a part of one. */
export function countText(value: unknown, isWritten = false): number {
  if (typeof value === "string") return isWritten ? value.length : 0;
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value)) return value.reduce((sum, part) => sum + countText(part, isWritten), 0);
  let characters = 0;
  for (const [name, part] of Object.entries(value)) characters += countText(part, WRITTEN.has(name));
  return characters;
}
