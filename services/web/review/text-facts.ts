import { hiddenCharacterPattern } from "./hidden-characters.ts";

export type LineEnding = "none" | "lf" | "crlf" | "cr" | "mixed";

/** What a reader should know of a text before trusting what the screen shows. */
export interface TextFacts {
  lines: number;
  longestLine: number;
  lineEnding: LineEnding;
  hiddenCharacters: number;
  /** Whether any of them changes the direction of reading, which can make code look like other code. */
  changesDirection: boolean;
}

/** Above this, colouring costs more than it helps: minified bundles, data on one line. */
export const LONG_LINE = 20_000;

export function describeText(text: string): TextFacts {
  const counts = { lf: 0, crlf: 0, cr: 0 };
  let longestLine = 0;
  let from = 0;
  for (const match of text.matchAll(/\r\n|\n|\r/g)) {
    counts[match[0] === "\n" ? "lf" : match[0] === "\r" ? "cr" : "crlf"] += 1;
    longestLine = Math.max(longestLine, match.index - from);
    from = match.index + match[0].length;
  }
  const hidden = text.match(hiddenCharacterPattern()) ?? [];
  return {
    lines: text === "" ? 0 : counts.lf + counts.crlf + counts.cr + (from < text.length ? 1 : 0),
    longestLine: Math.max(longestLine, text.length - from),
    lineEnding: lineEndingOf(counts),
    hiddenCharacters: hidden.length,
    changesDirection: hidden.some((character) =>
      /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(character),
    ),
  };
}

function lineEndingOf(counts: Record<"lf" | "crlf" | "cr", number>): LineEnding {
  const used = (Object.keys(counts) as (keyof typeof counts)[]).filter((kind) => counts[kind] > 0);
  if (used.length === 0) return "none";
  return used.length === 1 ? used[0]! : "mixed";
}

export const LINE_ENDING_NAMES: Record<LineEnding, string> = {
  none: "no line breaks",
  lf: "LF",
  crlf: "CRLF",
  cr: "CR",
  mixed: "mixed line endings",
};

/** True when two texts are one and the same but for how their lines end. */
export function differOnlyInLineEndings(a: string, b: string): boolean {
  if (a === b) return false;
  const normalise = (text: string) => text.replace(/\r\n?/g, "\n");
  return normalise(a) === normalise(b);
}
