/**
 * While a text is being written, personal data in it is wrapped in private-use characters, so that typos,
 * HTML escaping and signatures can be applied around it and the exact offsets read off at the end.
 */
export const PII_KINDS = [
  "name",
  "email",
  "phone",
  "iban",
  "card_number",
  "address",
  "date_of_birth",
] as const;
export type PiiKind = (typeof PII_KINDS)[number];

/** Offsets count Unicode code points (as Python slices do); `end` is exclusive. */
export interface PiiSpan {
  readonly kind: PiiKind;
  readonly start: number;
  readonly end: number;
}

const OPEN = "\uE000";
const CLOSE = "\uE001";
const FIRST_KIND = 0xe010;
const MARKED = /(\uE000[\uE010-\uE01F][^\uE001]*\uE001)/;

export function markPii(kind: PiiKind, value: string): string {
  if (!value || value.includes(OPEN)) return value;
  return OPEN + String.fromCharCode(FIRST_KIND + PII_KINDS.indexOf(kind)) + value + CLOSE;
}

/** Applies `change` to what lies outside marked values only. */
export function changeUnmarked(text: string, change: (part: string) => string): string {
  if (!text.includes(OPEN)) return change(text);
  return text
    .split(MARKED)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join("");
}

export function withoutMarks(text: string): string {
  return text.includes(OPEN) ? text.replace(/\uE000[\uE010-\uE01F]|\uE001/g, "") : text;
}

export function readSpans(marked: string): { text: string; spans: PiiSpan[] } {
  const spans: PiiSpan[] = [];
  let text = "";
  let length = 0;
  let open: { kind: PiiKind; start: number } | undefined;
  let kindExpected = false;
  for (const character of marked) {
    if (kindExpected) {
      open = { kind: PII_KINDS[character.charCodeAt(0) - FIRST_KIND]!, start: length };
      kindExpected = false;
    } else if (character === OPEN) {
      kindExpected = true;
    } else if (character === CLOSE) {
      if (open && length > open.start) spans.push({ ...open, end: length });
      open = undefined;
    } else {
      text += character;
      length++;
    }
  }
  return { text, spans };
}
