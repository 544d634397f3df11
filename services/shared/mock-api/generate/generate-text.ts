import type { GenerationBudget } from "./generation-budget.ts";
import { type PatternPart, PatternReader } from "./pattern-parts.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** What a text has to be. Lengths in code points. */
export interface TextDemand {
  least: number;
  most: number;
  patterns: readonly string[];
  format: string | undefined;
}

const MAX_LENGTH = 10_000;
const WORDS =
  "amber basin cedar delta ember field grove harbor island juniper kelp lagoon meadow north olive pine quartz river stone timber umber valley willow yarrow".split(
    " ",
  );

export function generateText(demand: TextDemand, random: SeededRandom, budget: GenerationBudget): string {
  const [pattern] = demand.patterns;
  if (pattern !== undefined) return textLike(pattern, demand, random, budget) ?? "";
  const formatted = demand.format === undefined ? undefined : FORMATS.get(demand.format)?.(random);
  if (formatted !== undefined) return formatted;
  const text = plainText(demand, random);
  budget.spend(text.length);
  return text;
}

function plainText({ least, most }: TextDemand, random: SeededRandom): string {
  let text = random.pick(WORDS);
  const goal = Math.min(least, MAX_LENGTH);
  while (text.length < goal) text += ` ${random.pick(WORDS)}`;
  const end = Math.min(Math.max(goal, Math.min(most, text.length)), most);
  const cut = text.slice(0, end);
  return cut.endsWith(" ") ? `${cut.slice(0, -1)}s` : cut;
}

/** Null when none of a few tries has the right length. */
function textLike(
  source: string,
  { least, most }: TextDemand,
  random: SeededRandom,
  budget: GenerationBudget,
): string | null {
  let part: PatternPart;
  try {
    part = new PatternReader(source).read();
  } catch {
    return null;
  }
  budget.spend(source.length);
  let shortest: string | null = null;
  for (let attempt = 0; attempt < 30 && !budget.isSpent; attempt++) {
    // First modestly, then longer and longer up to what is asked for.
    const stretch =
      attempt === 0 ? 3 : Math.min(MAX_LENGTH, Math.ceil((least * attempt) / 6) + (attempt % 6));
    const made = { text: "", random, stretch, budget };
    write(part, made);
    const padded = pad(source, made.text, least);
    budget.spend(padded.length);
    const length = [...padded].length;
    if (length >= least && length <= most) return padded;
    if (shortest === null || padded.length < shortest.length) shortest = padded;
  }
  return shortest;
}

/** An expression that is not anchored at its end matches with anything behind. */
function pad(source: string, text: string, least: number): string {
  return source.includes("$") || text.length >= least ? text : text.padEnd(Math.min(least, MAX_LENGTH), "x");
}

interface Making {
  text: string;
  random: SeededRandom;
  /** How much more often than it must a part may be repeated. */
  stretch: number;
  budget: GenerationBudget;
}

function write(part: PatternPart, making: Making): void {
  making.budget.spend(1);
  if (isFull(making)) return;
  switch (part.kind) {
    case "ranges":
      if (part.ranges.length > 0) {
        const [from, to] = making.random.pick(part.ranges);
        making.text += String.fromCodePoint(making.random.int(from, to));
      }
      return;
    case "choice":
      for (const inner of making.random.pick(part.options)) write(inner, making);
      return;
    case "repeat": {
      const most = Math.min(part.most, part.least + making.stretch);
      const count = making.random.int(part.least, most);
      for (let index = 0; index < count && !isFull(making); index++) write(part.part, making);
    }
  }
}

const isFull = ({ text, budget }: Making) => text.length > MAX_LENGTH || budget.isSpent;

const two = (value: number) => String(value).padStart(2, "0");
const hex = (random: SeededRandom, digits: number) =>
  Array.from({ length: digits }, () => random.int(0, 15).toString(16)).join("");
const date = (random: SeededRandom) =>
  `20${two(random.int(20, 29))}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
const time = (random: SeededRandom) =>
  `${two(random.int(0, 23))}:${two(random.int(0, 59))}:${two(random.int(0, 59))}Z`;
const host = (random: SeededRandom) => `${random.pick(WORDS)}.example.com`;
const uri = (random: SeededRandom) => `https://${host(random)}/${random.pick(WORDS)}`;
const email = (random: SeededRandom) => `${random.pick(WORDS)}.${random.pick(WORDS)}@example.com`;

const FORMATS: ReadonlyMap<string, (random: SeededRandom) => string> = new Map(
  Object.entries({
    "date-time": (random: SeededRandom) => `${date(random)}T${time(random)}`,
    date,
    time,
    duration: (random: SeededRandom) => `P${random.int(1, 30)}D`,
    email,
    "idn-email": email,
    hostname: host,
    "idn-hostname": host,
    ipv4: (random: SeededRandom) => `192.0.2.${random.int(1, 254)}`,
    ipv6: (random: SeededRandom) => `2001:db8::${hex(random, 4)}`,
    uri,
    url: uri,
    iri: uri,
    "uri-reference": (random: SeededRandom) => `/${random.pick(WORDS)}`,
    "iri-reference": (random: SeededRandom) => `/${random.pick(WORDS)}`,
    "uri-template": (random: SeededRandom) => `/${random.pick(WORDS)}/{id}`,
    uuid: (random: SeededRandom) =>
      `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-${random.pick(["8", "9", "a", "b"])}${hex(random, 3)}-${hex(random, 12)}`,
    "json-pointer": (random: SeededRandom) => `/${random.pick(WORDS)}`,
    "relative-json-pointer": (random: SeededRandom) => `${random.int(0, 3)}/${random.pick(WORDS)}`,
    regex: (random: SeededRandom) => `^${random.pick(WORDS)}$`,
    byte: (random: SeededRandom) => Buffer.from(random.pick(WORDS)).toString("base64"),
  }),
);
