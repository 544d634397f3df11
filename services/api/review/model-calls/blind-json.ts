import type { Redactor } from "../../records/blind-identity.ts";

/** Deeper than any request; beyond it a text is not looked at value by value. */
const MAX_DEPTH = 200;

class TooDeepError extends Error {}

/**
 * A JSON text without the candidate's name and e-mail. They are looked for in the values as they will be read: written
 * as `\u00e9` a letter is another one in the JSON than on the page, also in JSON inside of JSON, as in the arguments of
 * a tool. A text in which nothing is found stays as it is, to the byte.
 */
export function blindJson(text: string, redact: Redactor): { text: string; redacted: boolean } {
  const parsed = parseJson(text);
  if (parsed === undefined) return blindText(text, redact);
  const blind = blindValue(parsed, redact);
  // What parsing loses, such as a name given twice, is still in the text.
  return blind?.redacted ? { text: JSON.stringify(blind.value), redacted: true } : blindText(text, redact);
}

/** The value without the candidate's name and e-mail, also in the names of members; null when it is too deep. */
export function blindValue(value: unknown, redact: Redactor): { value: unknown; redacted: boolean } | null {
  let redacted = false;
  const blind = (text: string): string => {
    const found = blindText(text, redact);
    redacted ||= found.redacted;
    return found.text;
  };
  const walk = (one: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH) throw new TooDeepError();
    if (typeof one === "string") return blind(one);
    if (Array.isArray(one)) return one.map((item) => walk(item, depth + 1));
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([name, item]) => [blind(name), walk(item, depth + 1)]),
    );
  };
  try {
    const walked = walk(value, 0);
    return { value: walked, redacted };
  } catch (error) {
    if (error instanceof TooDeepError) return null;
    throw error;
  }
}

/** A text without the candidate's name and e-mail, however its letters are escaped. */
export function blindText(text: string, redact: Redactor): { text: string; redacted: boolean } {
  if (/\\u[0-9a-f]{4}/i.test(text)) {
    const read = redact(unescapeLetters(text));
    if (read.redacted) return read;
  }
  return redact(text);
}

/** Escaped letters, digits and signs as they are; quotes, backslashes and controls stay escaped. */
function unescapeLetters(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/gi, (escaped, code: string) => {
    const character = String.fromCharCode(Number.parseInt(code, 16));
    return /[\p{Cc}"\\]/u.test(character) ? escaped : character;
  });
}

/** Undefined when it is no JSON, or too deep to be read. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
