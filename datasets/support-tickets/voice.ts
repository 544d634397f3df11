import { changeUnmarked } from "./pii.ts";
import type { Random } from "./random.ts";
import type { Language } from "./tables.ts";

/** How a person writes. Rates are per word unless said otherwise. */
export interface Voice {
  readonly id: string;
  readonly greeting: "formal" | "plain" | "casual" | "none";
  readonly signs: "formal" | "plain" | "casual" | "none";
  /** Chances that a part of the message is there. */
  readonly aside: number;
  readonly details: readonly [number, number];
  readonly tried: number;
  readonly stake: number;
  readonly ask: number;
  readonly angry: number;
  readonly polite: number;
  readonly shortForm: number;
  readonly typos: number;
  readonly lowerCase: boolean;
  readonly dropsStops: boolean;
  readonly chatSpeak: boolean;
  readonly shouts: number;
  readonly dropsArticles: number;
  readonly emoji: number;
  readonly dots: number;
}

const NEUTRAL: Voice = {
  id: "neutral",
  greeting: "plain",
  signs: "plain",
  aside: 0.12,
  details: [0, 2],
  tried: 0.35,
  stake: 0.3,
  ask: 0.65,
  angry: 0.02,
  polite: 0.3,
  shortForm: 0.03,
  typos: 0.006,
  lowerCase: false,
  dropsStops: false,
  chatSpeak: false,
  shouts: 0,
  dropsArticles: 0,
  emoji: 0.02,
  dots: 0,
};

const VOICES: readonly (readonly [Voice, number])[] = [
  [NEUTRAL, 24],
  [
    {
      ...NEUTRAL,
      id: "formal",
      greeting: "formal",
      signs: "formal",
      details: [1, 3],
      polite: 0.6,
      typos: 0.001,
      shortForm: 0,
      emoji: 0,
    },
    11,
  ],
  [
    {
      ...NEUTRAL,
      id: "terse",
      greeting: "none",
      signs: "none",
      aside: 0,
      details: [0, 1],
      tried: 0.08,
      stake: 0.08,
      ask: 0.25,
      polite: 0.05,
      shortForm: 0.55,
      typos: 0.015,
    },
    15,
  ],
  [
    {
      ...NEUTRAL,
      id: "rambling",
      aside: 0.9,
      details: [2, 4],
      tried: 0.85,
      stake: 0.85,
      ask: 0.8,
      polite: 0.6,
      shortForm: 0,
      typos: 0.012,
    },
    9,
  ],
  [
    {
      ...NEUTRAL,
      id: "angry",
      greeting: "none",
      signs: "none",
      aside: 0.1,
      details: [1, 3],
      stake: 0.6,
      angry: 0.95,
      polite: 0,
      shortForm: 0.05,
      typos: 0.015,
      shouts: 0.25,
    },
    10,
  ],
  [
    {
      ...NEUTRAL,
      id: "casual",
      greeting: "casual",
      signs: "casual",
      details: [0, 2],
      shortForm: 0.3,
      typos: 0.02,
      lowerCase: true,
      emoji: 0.15,
      dots: 0.2,
    },
    12,
  ],
  [
    {
      ...NEUTRAL,
      id: "texting",
      greeting: "casual",
      signs: "none",
      details: [0, 1],
      shortForm: 0.6,
      typos: 0.03,
      lowerCase: true,
      dropsStops: true,
      chatSpeak: true,
      emoji: 0.25,
      ask: 0.3,
      polite: 0.05,
    },
    8,
  ],
  [{ ...NEUTRAL, id: "second_language", polite: 0.5, details: [0, 2], typos: 0.02, dropsArticles: 0.45 }, 7],
  [
    {
      ...NEUTRAL,
      id: "elderly",
      greeting: "formal",
      signs: "formal",
      aside: 0.7,
      polite: 0.9,
      details: [1, 2],
      stake: 0.6,
      typos: 0.004,
      emoji: 0,
      dots: 0.15,
    },
    5,
  ],
  [
    {
      ...NEUTRAL,
      id: "shouting",
      greeting: "none",
      signs: "none",
      angry: 0.6,
      shortForm: 0.3,
      shouts: 1,
      typos: 0.02,
      polite: 0.05,
    },
    2,
  ],
];

export function chooseVoice(random: Random, language: Language, community: string): Voice {
  const migrant = language === "en" && !["british", "irish", "nordic", "dutch"].includes(community);
  return random.weighted(
    VOICES.map(
      ([voice, weight]) =>
        [
          voice,
          voice.id === "second_language" ? (language !== "en" ? 0 : migrant ? weight * 3 : 1) : weight,
        ] as const,
    ),
  );
}

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
