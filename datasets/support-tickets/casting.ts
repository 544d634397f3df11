import { nextDeskMoment, seasonOf } from "./calendar.ts";
import type { Composer } from "./compose.ts";
import type { Article } from "./knowledge-base.ts";
import type { Person } from "./people.ts";
import type { Random } from "./random.ts";
import type { Agent } from "./staff.ts";
import type { Channel, Language } from "./tables.ts";
import type { Scenario, TextLibrary } from "./text-library.ts";
import type { TicketPlan } from "./ticket-plan.ts";
import { chooseVoice, type Voice } from "./voice.ts";

export interface World {
  readonly library: TextLibrary;
  readonly people: readonly Person[];
  readonly agents: readonly Agent[];
  readonly articles: readonly Article[];
  readonly injections: readonly Injection[];
}

/** A message written for a machine, in the language it is in. */
export interface Injection {
  readonly language: Language;
  readonly text: string;
}

const CHANNEL_WEIGHTS: readonly (readonly [Channel, number])[] = [
  ["email", 33],
  ["chat", 24],
  ["in_app", 17],
  ["web_form", 11],
  ["phone", 10],
  ["social", 5],
];

/** Decides who writes about what, in which language and through which channel, and who answers. */
export class Casting {
  readonly #world: World;
  readonly #voices = new Map<Person, Voice>();

  constructor(world: World) {
    this.#world = world;
  }

  voiceOf(person: Person, random: Random): Voice {
    let voice = this.#voices.get(person);
    if (!voice || random.chance(0.15))
      voice = chooseVoice(random, person.customer.language, person.community);
    this.#voices.set(person, voice);
    return voice;
  }

  /** Few people write often, most once or never; nobody writes before signing up. */
  choosePerson(plan: TicketPlan, random: Random): Person {
    const { people } = this.#world;
    const day = new Date(plan.createdAt).toISOString().slice(0, 10);
    for (;;) {
      const person = people[Math.floor(people.length * random.next() ** 1.25)]!;
      if (person.customer.signup_date <= day) return person;
    }
  }

  chooseLanguage(plan: TicketPlan, { customer }: Person, random: Random): Language {
    if (plan.kind === "spam" || customer.language === "en") return "en";
    if (!this.#world.library.scenarios.some((scenario) => scenario.texts.has(customer.language))) return "en";
    return random.chance(plan.kind === "empty" ? 0.2 : 0.06) ? "en" : customer.language;
  }

  chooseScenario(plan: TicketPlan, { customer }: Person, language: Language, random: Random): Scenario {
    const wanted: Partial<Record<TicketPlan["kind"], readonly string[]>> = {
      outage: ["outage_login", "outage_login", "outage_card"],
      outage_after: ["outage_pending"],
      spam: ["spam_campaign"],
    };
    const speaks = (scenario: Scenario) => scenario.texts.has(language);
    const ids = wanted[plan.kind];
    if (ids) {
      const id = random.pick(ids);
      const found = this.#world.library.scenarios.find((scenario) => scenario.id === id && speaks(scenario));
      if (found) return found;
    }
    return random.weighted(
      this.#world.library.scenarios
        .filter(
          (scenario) =>
            speaks(scenario) && (scenario.category !== "business_account" || customer.segment === "business"),
        )
        .map(
          (scenario) =>
            [
              scenario,
              scenario.weight *
                seasonOf(scenario.category, plan.createdAt) *
                (scenario.category === "business_account" ? 6 : 1),
            ] as const,
        ),
    );
  }

  chooseChannel(plan: TicketPlan, earlier: Channel | undefined, random: Random): Channel {
    if (plan.kind === "spam")
      return random.weighted([
        ["email", 7],
        ["web_form", 3],
      ] as const);
    if (earlier && random.chance(0.4)) return earlier;
    if (plan.kind === "injection")
      return random.pick(["email", "chat", "in_app", "web_form", "social"] as const);
    if (plan.kind === "outage")
      return random.weighted([
        ["chat", 30],
        ["social", 30],
        ["email", 20],
        ["phone", 12],
        ["web_form", 8],
      ] as const);
    const channel = random.weighted(CHANNEL_WEIGHTS);
    const live = channel === "chat" || channel === "phone";
    return live && nextDeskMoment(plan.createdAt, random) !== plan.createdAt
      ? random.pick(["in_app", "email"] as const)
      : channel;
  }

  chooseAgent(team: string, language: Language, random: Random): Agent {
    const speakers = this.#world.agents.filter((agent) => agent.languages.includes(language));
    const own = speakers.filter((agent) => agent.team === team);
    return random.pick(own.length > 0 ? own : speakers);
  }
}

/** The answer that fits what was said; causes that need their own wording are left to it. */
export function chooseAnswer({ text, mood, scope }: Composer): readonly [string, string] {
  const fitting = text.answers.filter(([cause]) => mood.said?.causes.includes(cause));
  if (fitting.length > 0) return scope.random.pick(fitting);
  const tied = new Set([...text.statements, ...text.short].flatMap(({ causes }) => causes));
  const free = text.answers.filter(([cause]) => !tied.has(cause));
  return scope.random.pick(free.length > 0 ? free : text.answers);
}
