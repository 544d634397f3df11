import { listOf, objectOf, textOf } from "./json-object.ts";

/** What a request asks, in the words of its last message: of a chat, a response or an embedding. */
export function lastWords(request: unknown): string {
  const { messages, input } = objectOf(request) ?? {};
  const said = messages ?? input;
  if (typeof said === "string") return said;
  const last = listOf(said).at(-1);
  return typeof last === "string" ? last : wordsOf(last);
}

function wordsOf(message: unknown): string {
  const { content, output, arguments: called } = objectOf(message) ?? {};
  if (typeof content === "string") return content;
  const parts = listOf(content).map((part) => textOf(objectOf(part)?.text));
  return parts.filter(Boolean).join(" ") || textOf(output) || textOf(called);
}
