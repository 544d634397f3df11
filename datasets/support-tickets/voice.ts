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
