import { expand, type Scope } from "./grammar.ts";
import type { Random } from "./random.ts";
import type { Channel, Language } from "./tables.ts";
import type { Scenario, ScenarioText, Statement, TextLibrary } from "./text-library.ts";
import { speak } from "./typing.ts";
import type { Voice } from "./voice.ts";

/** What went into a message; the hidden labels are read off it. */
export interface Mood {
  angry: boolean;
  threatens: boolean;
  stake: boolean;
  /** How the issue was put. */
  said: Statement | null;
}

export interface Composer {
  readonly mood: Mood;
  readonly scenario: Scenario;
  readonly text: ScenarioText;
  readonly language: Language;
  readonly channel: Channel;
  readonly voice: Voice;
  readonly library: TextLibrary;
  readonly scope: Scope;
}

export function createScope(
  library: TextLibrary,
  language: Language,
  random: Random,
  fact: (name: string) => string,
): Scope {
  return { random, fact, bank: (name) => library.bank(language, name) };
}

/** The customer's own words for the issue, typed in their voice, without greeting or signature. */
export function composeIssue(composer: Composer): string {
  const { text, voice, scope, language, channel } = composer;
  const { random } = scope;
  const brief = channel === "chat" || channel === "social" || channel === "in_app";
  if (text.short.length > 0 && random.chance(voice.shortForm * (brief ? 1.25 : 0.5)))
    return composeShort(composer);
  const sentences = issueSentences(composer, brief);
  const paragraphs = brief ? [joinChat(sentences, voice, random)] : intoParagraphs(sentences, random);
  return paragraphs
    .map((paragraph) => speak(mend(paragraph, language), voice, language, random))
    .join("\n\n");
}

function issueSentences(
  { scenario, text, voice, scope, mood, language, library }: Composer,
  brief: boolean,
): string[] {
  const { random } = scope;
  const say = (template: string) => expand(template, scope);
  const bank = (name: string) => say(random.pick(scope.bank(name)));
  const brevity = brief ? 0.55 : 1;
  const chosen = random.pick(text.statements);
  mood.said = chosen;
  const statement = say(chosen.text);
  const wanted = Math.round(random.integer(voice.details[0], voice.details[1]) * brevity);
  const details = random.sample(text.details, wanted).map(say);
  const tried =
    random.chance(voice.tried * brevity) && scenario.tried !== "none"
      ? [bank(`tried_${scenario.tried}`)]
      : [];
  if (scenario.tried === "none" && random.chance(voice.tried * 0.5)) tried.push(bank("tried_none"));
  const stake =
    scenario.stake !== "none" && random.chance(voice.stake * brevity)
      ? [bank(`stake_${scenario.stake}`)]
      : [];
  const aside = random.chance(voice.aside * brevity) ? [bank("lifebits")] : [];
  const ask = random.chance(voice.ask)
    ? [text.asks.length > 0 && random.chance(0.7) ? say(random.pick(text.asks)) : bank("ask_general")]
    : [];
  const angry = random.chance(voice.angry);
  const close =
    angry && random.chance(0.6)
      ? [bank("angry_close")]
      : random.chance(voice.polite * brevity)
        ? [bank("polite_close")]
        : [];
  const open = angry && random.chance(0.75) ? [bank("angry_open")] : [];
  mood.angry = open.length > 0 || (angry && close.length > 0);
  mood.threatens = angry && close.length > 0;
  mood.stake = stake.length > 0;
  const overshare = random.chance(brief ? 0.03 : 0.07) ? [bank("overshare")] : [];
  details.push(...overshare);
  if (language !== "en" && random.chance(0.035))
    details.push(
      say(random.pick(library.bank("en", random.pick(["ask_general", "lifebits", "tried_none"])))),
    );
  const middle = random.chance(0.5) ? [...details, ...tried, ...stake] : [...stake, ...details, ...tried];
  const orders: string[][] = [
    [...open, ...aside, statement, ...middle, ...ask, ...close],
    [...open, statement, ...middle, ...aside, ...ask, ...close],
    [...open, statement, ...ask, ...middle, ...aside, ...close],
    [...open, ...aside, ...stake, statement, ...details, ...tried, ...ask, ...close],
  ];
  return orders[
    random.weighted([
      [0, 4],
      [1, 4],
      [2, 2],
      [3, 1],
    ] as const)
  ]!.filter(Boolean).map(endSentence);
}

function composeShort({ text, voice, scope, language, mood }: Composer): string {
  const { random } = scope;
  const chosen = random.pick(text.short);
  mood.said = chosen;
  let sentence = mend(expand(chosen.text, scope), language);
  const tail = random.weighted([
    ["", 4],
    ["detail", 4],
    ["ask", 2],
    ["detail2", 2],
  ] as const);
  if (tail === "ask")
    sentence += `${random.pick([". ", " - ", "\n"])}${expand(random.pick(text.asks.length > 0 ? text.asks : scope.bank("ask_general")), scope)}`;
  if (tail.startsWith("detail") && text.details.length > 0) {
    const details = random
      .sample(text.details, tail === "detail" ? 1 : 2)
      .map((detail) => expand(detail, scope));
    sentence += `${random.pick([". ", "\n", ". "])}${details.join(" ")}`;
  }
  if (random.chance(0.15))
    sentence += random.pick(["??", "?!", "!!", " 😡", " :(", " 🙏", "...", " !!!", " ?"]);
  return speak(mend(sentence, language), voice, language, random);
}

function joinChat(sentences: readonly string[], voice: Voice, random: Random): string {
  const broken = voice.lowerCase || random.chance(0.25);
  const emoji = random.chance(voice.emoji)
    ? ` ${random.pick(["🙏", "😡", "😭", "🤷", "😅", "🙄", "💳", "😤", "🤔", "👀", "😩"])}`
    : "";
  return sentences.join(broken && random.chance(0.5) ? "\n" : " ") + emoji;
}

function intoParagraphs(sentences: readonly string[], random: Random): string[] {
  if (sentences.length < 4 || random.chance(0.4)) return [sentences.join(" ")];
  const cut = random.integer(2, sentences.length - 2);
  return [sentences.slice(0, cut).join(" "), sentences.slice(cut).join(" ")];
}

function endSentence(text: string): string {
  const capital = text.replace(/^(\p{Ll})/u, (letter) => letter.toUpperCase());
  return /[.!?…:)"”»\p{Extended_Pictographic}]$/u.test(capital.replace(/\uE001$/, ""))
    ? capital
    : `${capital}.`;
}

/** Puts right what drawn facts do to the words around them: "on yesterday", "since on 3 May". */
export function mend(text: string, language: Language): string {
  let result = text
    .replace(/\s+([,.;!?])(?=\s|$)/g, (whole, mark: string) =>
      language === "fr" && mark !== "," && mark !== "." ? whole : mark,
    )
    .replace(/,{2,}/g, ",")
    .replace(/\.\.(?!\.)/g, ".")
    .replace(/([?!])\./g, "$1");
  if (language === "en") {
    result = result
      .replace(/\b([Oo]n) (yesterday|two days ago|on|last|next)\b/g, (_, on: string, rest: string) =>
        rest === "on" ? on : on === "On" ? rest[0]!.toUpperCase() + rest.slice(1) : rest,
      )
      .replace(/\b(since|from|by|of|dated|until|in|for) on (?=\d|[A-Z])/g, "$1 ")
      .replace(/\ban? (iPhone|Apple|Android|old iPhone)/g, "an $1")
      .replace(/\b(my|a|the|an|your) (a|an|the|two|six|my) (?=[a-z])/g, (_, first: string, second: string) =>
        second === "two" || second === "six"
          ? `${first === "a" ? "" : first} ${second} `.trimStart()
          : `${second} `,
      )
      .replace(/\bsince two days ago\b/g, "for two days");
  }
  return result.replace(/ {2,}/g, " ").trim();
}
