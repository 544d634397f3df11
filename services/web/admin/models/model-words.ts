import type { ModelKind, ModelPrice } from "../../../shared/contracts/models.ts";

/** What a mock is called wherever one shows. */
export const MOCK_WORDS = "Mock: answers are made up";

export const KIND_WORDS: Record<ModelKind, string> = { chat: "Chat", embedding: "Embeddings" };

/** `$0.25`, `$0.000125`, `$12,000`: as exact as it is, with cents at least. */
export function dollars(usd: number): string {
  const digits = Number.isInteger(usd) && usd >= 1000 ? 0 : 2;
  return `$${usd.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: 6 })}`;
}

/** `$0.25 in, $0.03 cached, $2.00 out for a million tokens`. */
export function priceWords(price: ModelPrice | null, kind: ModelKind = "chat"): string {
  if (price === null) return "No price yet";
  const { inputUsdPerMTok: input, cachedInputUsdPerMTok: cached, outputUsdPerMTok: output } = price;
  if (input + cached + output === 0) return "Free";
  if (kind === "embedding") return `${dollars(input)} for a million tokens`;
  const cachedWords = cached === input ? "" : `, ${dollars(cached)} cached`;
  return `${dollars(input)} in${cachedWords}, ${dollars(output)} out for a million tokens`;
}
