import type { SecretBox } from "../../../shared/domain/secret-box.ts";
import { openBody } from "../../../shared/models/transcript.ts";
import type { Redactor } from "../../records/blind-identity.ts";

const EXCERPT = 200;
/** Of a last message, what an excerpt is taken from. */
const EXCERPT_SOURCE = 4000;

/** The first words of a request's last message, without the candidate's name and e-mail; empty when there are none. */
export function excerptOf(box: SecretBox, callId: string, sealed: Uint8Array, redact: Redactor): string {
  const text = openBody(box, callId, sealed);
  const words = unescapeLetters(lastWords(text === null ? null : parseJson(text)).slice(0, EXCERPT_SOURCE));
  return redact(words).text.replace(/\s+/g, " ").trim().slice(0, EXCERPT).toWellFormed();
}

/** Of a chat, a response or an embedding. */
export function lastWords(request: unknown): string {
  const { messages, input } = asObject(request);
  const said = messages ?? input;
  const last = Array.isArray(said) ? said.at(-1) : said;
  if (typeof last === "string") return last;
  const { content, output } = asObject(last);
  if (typeof content === "string") return content;
  const parts = Array.isArray(content) ? content.map((part) => asObject(part).text) : [output];
  return parts.filter((part) => typeof part === "string").join(" ");
}

/** JSON inside of a message may hold a name in escapes. */
function unescapeLetters(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Of long requests only the beginning is kept, which is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
