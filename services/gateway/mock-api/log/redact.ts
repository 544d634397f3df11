import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

const REDACTED = "[redacted]";
const ALWAYS = ["authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"];

/** What must not be in the log of one mock API: its caller's key, and whatever the document declares to be one. */
export interface Secrets {
  key: string;
  /** Lower case. */
  headers: ReadonlySet<string>;
  query: ReadonlySet<string>;
}

/** @param document an OpenAPI document @param key of the attempt or the scratch instance */
export function secretsOf(document: unknown, key: string): Secrets {
  const headers = new Set(ALWAYS);
  const query = new Set<string>();
  const components = asObject(asObject(document).components);
  for (const scheme of Object.values(asObject(components.securitySchemes))) {
    const { type, in: place, name } = asObject(scheme);
    if (type !== "apiKey" || typeof name !== "string") continue;
    if (place === "header") headers.add(name.toLowerCase());
    if (place === "query") query.add(name);
  }
  return { key, headers, query };
}

/** The text without the key, and fit for Postgres: no NUL, no half of a surrogate pair. */
export function redactText(text: string, { key }: Secrets): string {
  const clean = text.includes("\0") ? text.replaceAll("\0", "\ufffd") : text;
  const sound = clean.isWellFormed() ? clean : clean.toWellFormed();
  return sound.includes(key) ? sound.replaceAll(key, REDACTED) : sound;
}

/** The same for the beginning of a text, whose end may have cut the key in two. */
export function redactExcerpt(text: string, secrets: Secrets): string {
  const shown = redactText(text, secrets);
  for (let length = Math.min(secrets.key.length - 1, shown.length); length > 0; length--)
    if (shown.endsWith(secrets.key.slice(0, length))) return shown.slice(0, -length);
  return shown;
}

/** Path and query. Values of declared keys go, and with them everything that decodes to the key itself. */
export function redactTarget(target: string, secrets: Secrets): string {
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const shownPath = decodes(path, secrets.key) ? REDACTED : path;
  if (mark < 0) return redactText(shownPath, secrets);
  const shownQuery = target
    .slice(mark + 1)
    .split("&")
    .map((pair) => redactPair(pair, secrets))
    .join("&");
  return redactText(`${shownPath}?${shownQuery}`, secrets);
}

function redactPair(pair: string, { key, query }: Secrets): string {
  const equals = pair.indexOf("=");
  const name = equals < 0 ? pair : pair.slice(0, equals);
  if (equals >= 0 && query.has(decoded(name))) return `${name}=${REDACTED}`;
  return decodes(pair, key) ? REDACTED : pair;
}

function decodes(text: string, key: string): boolean {
  return text.includes("%") && decoded(text).includes(key);
}

/** As a form is decoded; what is not UTF-8 is left as it is. */
function decoded(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replace(/%[0-7][0-9a-f]/gi, (escaped) => decodeURIComponent(escaped));
  }
}

/** @param limit characters kept of a value */
export function redactHeaders(
  headers: IncomingHttpHeaders | OutgoingHttpHeaders,
  secrets: Secrets,
  limit: number,
): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name === "__proto__") continue;
    const text = Array.isArray(value) ? value.join(", ") : String(value);
    shown[name] = secrets.headers.has(name.toLowerCase())
      ? REDACTED
      : redactText(text, secrets).slice(0, limit);
  }
  return shown;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
