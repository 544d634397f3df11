/**
 * Characters that a reader cannot see but a machine acts on: controls, direction changes ("Trojan Source"),
 * zero-width characters, tag characters and variation selectors that can smuggle text. Tab, LF and CR are layout.
 * A joiner or selector that only shapes an emoji is left alone.
 */
const CONTROLS = "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f";
const DIRECTIONS = "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069";
const INVISIBLE =
  "\\u00ad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200c\\u2028\\u2029\\u2060-\\u2065\\u206a-\\u206f" +
  "\\u3164\\ufe00-\\ufe0d\\ufeff\\uffa0\\ufff9-\\ufffc\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e007f}\\u{e0100}-\\u{e01ef}";
const OUTSIDE_EMOJI =
  "(?<![\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\u{1f1e6}-\\u{1f1ff}]\\ufe0f?)\\u200d" +
  "|(?<![\\p{Extended_Pictographic}\\p{Emoji_Modifier}#*0-9\\u2000-\\u32ff])[\\ufe0e\\ufe0f]";
const SOURCE = `[${CONTROLS}${DIRECTIONS}${INVISIBLE}]|${OUTSIDE_EMOJI}`;

/** A fresh global expression: it carries a `lastIndex`, so it is never shared. */
export const hiddenCharacterPattern = () => new RegExp(SOURCE, "gu");

const NAMES: Record<number, string> = {
  0: "NUL",
  7: "BEL",
  8: "BS",
  9: "TAB",
  10: "LF",
  11: "VT",
  12: "FF",
  13: "CR",
  27: "ESC",
  127: "DEL",
  173: "SHY",
  1564: "ALM",
  8203: "ZWSP",
  8204: "ZWNJ",
  8205: "ZWJ",
  8206: "LRM",
  8207: "RLM",
  8232: "LS",
  8233: "PS",
  8234: "LRE",
  8235: "RLE",
  8236: "PDF",
  8237: "LRO",
  8238: "RLO",
  8288: "WJ",
  8294: "LRI",
  8295: "RLI",
  8296: "FSI",
  8297: "PDI",
  65279: "BOM",
  65532: "OBJ",
};

const DESCRIPTIONS: Record<number, string> = {
  8203: "zero-width space",
  8204: "zero-width non-joiner",
  8205: "zero-width joiner",
  8234: "left-to-right embedding",
  8235: "right-to-left embedding",
  8236: "end of a direction change",
  8237: "left-to-right override",
  8238: "right-to-left override",
  8294: "left-to-right isolate",
  8295: "right-to-left isolate",
  8296: "first-strong isolate",
  8297: "end of a direction isolate",
  65279: "byte order mark",
};

const codePoint = (character: string) =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

/** Short and readable in the middle of a line: `RLO`, or `U+E0041` where there is no usual short name. */
export function hiddenCharacterLabel(character: string): string {
  return NAMES[character.codePointAt(0)!] ?? codePoint(character);
}

/** For the tooltip and for screen readers. */
export function hiddenCharacterDescription(character: string): string {
  const description = DESCRIPTIONS[character.codePointAt(0)!] ?? NAMES[character.codePointAt(0)!];
  return `Hidden character ${codePoint(character)}${description ? `, ${description}` : ""}`;
}

export interface TextPiece {
  text: string;
  hidden: boolean;
}

/** Cuts a file name or other short text where something in it is invisible; line breaks and tabs count too. */
export function splitAtHidden(text: string): TextPiece[] {
  return split(text, new RegExp(`${SOURCE}|[\\t\\n\\r]`, "gu"));
}

/** Cuts a text of several lines where something in it is invisible; its line breaks and tabs are layout. */
export function splitLinesAtHidden(text: string): TextPiece[] {
  return split(text, hiddenCharacterPattern());
}

function split(text: string, pattern: RegExp): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), hidden: false });
    pieces.push({ text: match[0], hidden: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), hidden: false });
  return pieces;
}
