import { changeUnmarked } from "./pii.ts";
import type { Random } from "./random.ts";
import type { Language } from "./tables.ts";
import type { Voice } from "./voice.ts";

/** Rewrites clean text the way this voice would have typed it. Marked personal data stays as it is. */
export function speak(text: string, voice: Voice, language: Language, random: Random): string {
  return changeUnmarked(text, (part) => {
    let result = part;
    if (voice.dropsArticles && language === "en") result = dropArticles(result, voice.dropsArticles, random);
    if (voice.chatSpeak) result = abbreviate(result, language, random);
    if (voice.lowerCase) result = lowerSentences(result, random);
    if (voice.dropsStops) result = result.replace(/[.;](?=\s|$)/g, () => (random.chance(0.6) ? "" : "."));
    if (voice.dots) result = result.replace(/\. /g, () => (random.chance(voice.dots) ? "... " : ". "));
    if (random.chance(voice.shouts))
      result = voice.shouts === 1 ? result.toUpperCase() : shoutSome(result, random);
    return mistype(result, voice.typos, random);
  });
}

function lowerSentences(text: string, random: Random): string {
  return text
    .replace(
      /(^|[.!?…]\s+|\n)(\p{Lu})(?=\p{Ll})/gu,
      (_, before: string, letter: string) => before + letter.toLowerCase(),
    )
    .replace(/\bI('|\b)/g, (whole, after: string) => (random.chance(0.85) ? `i${after}` : whole));
}

function shoutSome(text: string, random: Random): string {
  return text.replace(/(?<=^|[.!?]\s+)[^.!?]+[.!?]+/g, (sentence) =>
    random.chance(0.3) ? sentence.toUpperCase().replace(/\.$/, "!!") : sentence,
  );
}

function dropArticles(text: string, rate: number, random: Random): string {
  return text
    .replace(/\b(the|a|an) (?=\p{Ll})/gu, (whole) => (random.chance(rate) ? "" : whole))
    .replace(/\bI've (been|had|tried|checked|asked)\b/g, (whole, verb: string) =>
      random.chance(rate) ? `I have ${verb}` : whole,
    )
    .replace(/\b(doesn't|does not)\b/g, (whole) => (random.chance(rate * 0.6) ? "don't" : whole))
    .replace(/\bit's\b/g, (whole) => (random.chance(rate) ? "it is" : whole))
    .replace(/\bsince (\$|\d)/g, (whole, digit: string) => (random.chance(rate) ? `from ${digit}` : whole));
}

const CHAT_SPEAK: Partial<Record<Language, readonly (readonly [RegExp, string])[]>> = {
  en: [
    [/\byou\b/gi, "u"],
    [/\byour\b/gi, "ur"],
    [/\bplease\b/gi, "pls"],
    [/\bthanks\b/gi, "thx"],
    [/\bbecause\b/gi, "bc"],
    [/\band\b/gi, "n"],
    [/\btomorrow\b/gi, "tmrw"],
    [/\bpeople\b/gi, "ppl"],
    [/\bmessage\b/gi, "msg"],
    [/\baccount\b/gi, "acc"],
    [/\btransfer\b/gi, "tfr"],
    [/\bgoing to\b/gi, "gonna"],
    [/\bto\b/gi, "2"],
    [/\bsomeone\b/gi, "sum1"],
    [/'/g, ""],
    [/\bdon't know\b/gi, "dunno"],
    [/\btoday\b/gi, "2day"],
    [/\bwhat\b/gi, "wat"],
  ],
  de: [
    [/\bnicht\b/g, "nich"],
    [/\bein\b/g, "n"],
    [/\beine\b/g, "ne"],
    [/\bbitte\b/gi, "bidde"],
    [/\bich habe\b/gi, "hab"],
    [/\bist\b/g, "is"],
    [/\bß/g, "ss"],
  ],
  es: [
    [/\bque\b/g, "q"],
    [/\bpor favor\b/gi, "porfa"],
    [/\bporque\b/g, "xq"],
    [/\btambién\b/g, "tb"],
    [/[¿¡]/g, ""],
    [/\bpara\b/g, "pa"],
  ],
  fr: [
    [/\bc'est\b/gi, "c"],
    [/\bque\b/g, "ke"],
    [/\bs'il vous plaît\b/gi, "svp"],
    [/\bpas\b/g, "pa"],
    [/\bje suis\b/gi, "jsuis"],
    [/é/g, "e"],
  ],
  pt: [
    [/\bque\b/g, "q"],
    [/\bnão\b/gi, "n"],
    [/\bporque\b/g, "pq"],
    [/\btambém\b/g, "tb"],
    [/\bpor favor\b/gi, "pf"],
  ],
  pl: [
    [/ą/g, "a"],
    [/ę/g, "e"],
    [/ł/g, "l"],
    [/ś/g, "s"],
    [/ż|ź/g, "z"],
    [/ć/g, "c"],
    [/ó/g, "o"],
    [/ń/g, "n"],
  ],
  it: [
    [/\bche\b/g, "ke"],
    [/\bnon\b/g, "nn"],
    [/\bper\b/g, "x"],
    [/\bcomunque\b/g, "cmq"],
    [/\bperché\b/g, "xkè"],
  ],
  nl: [
    [/\bhet\b/g, "t"],
    [/\been\b/g, "n"],
    [/\balstublieft\b/gi, "aub"],
    [/\bmijn\b/g, "mn"],
    [/\bik\b/gi, "k"],
  ],
};

function abbreviate(text: string, language: Language, random: Random): string {
  let result = text;
  for (const [pattern, short] of CHAT_SPEAK[language] ?? []) {
    if (random.chance(0.55))
      result = result.replace(pattern, (whole) => (random.chance(0.75) ? short : whole));
  }
  return result;
}

const NEIGHBOURS: Record<string, string> = {
  a: "sq",
  b: "vn",
  c: "xv",
  d: "sf",
  e: "wr",
  f: "dg",
  g: "fh",
  h: "gj",
  i: "uo",
  j: "hk",
  k: "jl",
  l: "k",
  m: "n",
  n: "mb",
  o: "ip",
  p: "o",
  q: "w",
  r: "et",
  s: "ad",
  t: "ry",
  u: "yi",
  v: "cb",
  w: "qe",
  x: "zc",
  y: "tu",
  z: "x",
};

function mistype(text: string, rate: number, random: Random): string {
  if (rate <= 0) return text;
  return text.replace(/\p{L}{4,}/gu, (word) => {
    if (!random.chance(rate * 2)) return word;
    const at = random.integer(1, word.length - 2);
    const letter = word[at]!;
    const kind = random.integer(0, 4);
    if (kind === 0) return word.slice(0, at) + word.slice(at + 1);
    if (kind === 1) return word.slice(0, at) + letter + word.slice(at);
    if (kind === 2) return word.slice(0, at) + word[at + 1] + letter + word.slice(at + 2);
    if (kind === 3)
      return (
        word.slice(0, at) +
        random.pick([...(NEIGHBOURS[letter.toLowerCase()] ?? letter)]) +
        word.slice(at + 1)
      );
    return word;
  });
}
