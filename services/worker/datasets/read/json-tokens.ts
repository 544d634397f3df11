/**
 * The members of a JSON object as text: strings decoded, everything else exactly as it stands, so that no number
 * goes through a double. `text` must be valid JSON.
 */
export function membersOf(text: string): Map<string, string | null> {
  const members = new Map<string, string | null>();
  let at = skipSpace(text, text.indexOf("{") + 1);
  while (text[at] !== "}" && at < text.length) {
    const keyEnd = endOfString(text, at);
    const key = JSON.parse(text.slice(at, keyEnd)) as string;
    at = skipSpace(text, keyEnd);
    at = skipSpace(text, at + 1);
    const end = endOfValue(text, at);
    members.set(key, asText(text.slice(at, end)));
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return members;
}

/** The elements of a JSON array, as they stand. */
export function* elementsOf(text: string): Generator<string> {
  let at = skipSpace(text, text.indexOf("[") + 1);
  while (text[at] !== "]" && at < text.length) {
    const end = endOfValue(text, at);
    yield text.slice(at, end);
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
}

export function asText(value: string): string | null {
  if (value === "null") return null;
  return value.startsWith('"') ? (JSON.parse(value) as string) : value;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 10 || code === 13 || code === 9) at++;
    else return at;
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let slashes = 0;
    while (text[quote - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first !== "{" && first !== "[") {
    let at = start;
    while (at < text.length && !/[\s,\]}]/.test(text[at]!)) at++;
    return at;
  }
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at) - 1;
    else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}
