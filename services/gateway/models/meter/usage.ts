import { plausibleUsage, type TokenBound, type TokenUsage } from "../../../shared/domain/model-cost.ts";
import type { Endpoint } from "../route.ts";

type Loose = Record<string, unknown> | null | undefined;

/**
 * Usage as an answer of OpenAI's protocol states it: of chat completions and embeddings (`prompt_tokens` …) or of
 * responses (`input_tokens` …).
 * @returns null when it is missing or cannot be
 */
export function usageOf(endpoint: Endpoint, usage: unknown, bound: TokenBound): TokenUsage | null {
  if (typeof usage !== "object" || usage === null) return null;
  const stated = usage as Record<string, unknown>;
  if (endpoint === "responses")
    return plausibleUsage(
      {
        input: stated.input_tokens,
        output: stated.output_tokens,
        cachedInput: (stated.input_tokens_details as Loose)?.cached_tokens,
      },
      bound,
    );
  return plausibleUsage(
    {
      input: stated.prompt_tokens,
      output: endpoint === "embeddings" ? 0 : stated.completion_tokens,
      cachedInput: (stated.prompt_tokens_details as Loose)?.cached_tokens,
    },
    bound,
  );
}
