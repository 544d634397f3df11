import { DAY, MINUTE, nextDeskMoment, OUTAGE, PERIOD_END, seasonOf } from "./calendar.ts";
import { type Composer, composeIssue, createScope, mend } from "./compose.ts";
import { dressMessage } from "./dress.ts";
import { Facts } from "./facts.ts";
import { expand } from "./grammar.ts";
import { type Article, articleFor } from "./knowledge-base.ts";
import { type HiddenLabel, labelTicket } from "./labels.ts";
import { garble, importBatchOf } from "./mess.ts";
import type { Person } from "./people.ts";
import { readSpans, withoutMarks } from "./pii.ts";
import type { Random } from "./random.ts";
import { serviceLevelFor } from "./service-levels.ts";
import { type Agent, TEAMS } from "./staff.ts";
import type { Channel, Language } from "./tables.ts";
import type { Scenario, TextLibrary } from "./text-library.ts";
import { inventAttachment, type Message, playThread, type Thread } from "./thread.ts";
import type { TicketPlan } from "./ticket-plan.ts";
import { type TicketRow, triage } from "./triage.ts";
import { chooseVoice, speak, type Voice } from "./voice.ts";

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

export interface WrittenTicket {
  readonly row: TicketRow;
  readonly messages: readonly Message[];
  readonly label: HiddenLabel;
}

interface Remembered {
  readonly person: Person;
  readonly language: Language;
  readonly scenario: Scenario;
  readonly channel: Channel;
  readonly marked: string;
  readonly facts: Facts;
  readonly answer: readonly [cause: string, text: string];
}

const CHANNEL_WEIGHTS: readonly (readonly [Channel, number])[] = [
  ["email", 33],
  ["chat", 24],
  ["in_app", 17],
  ["web_form", 11],
  ["phone", 10],
  ["social", 5],
];

/** Writes tickets in order of time; it remembers those that a later duplicate repeats. */
export class TicketWriter {
  readonly #world: World;
  readonly #random: Random;
  readonly #bodies = new Set<string>();
  readonly #remembered = new Map<TicketPlan, Remembered>();
  readonly #voices = new Map<Person, Voice>();
  readonly #injectionOf = new Map<TicketPlan, Injection>();

  constructor(world: World, random: Random, plans: readonly TicketPlan[]) {
    this.#world = world;
    this.#random = random;
    for (const plan of plans) {
      if (plan.original) this.#awaited.add(plan.original);
      if (plan.kind === "injection")
        this.#injectionOf.set(plan, world.injections[this.#injectionOf.size % world.injections.length]!);
    }
  }

  readonly #awaited = new Set<TicketPlan>();

  write(plan: TicketPlan): WrittenTicket {
    const random = this.#random.fork(plan.ticketId);
    const earlier = plan.original ? this.#remembered.get(plan.original) : undefined;
    const person = earlier?.person ?? this.#choosePerson(plan, random);
    const voice = this.#voiceOf(person, random);
    const language =
      plan.kind === "injection"
        ? this.#injectionFor(plan).language
        : (earlier?.language ?? this.#chooseLanguage(plan, person, random));
    const scenario = earlier?.scenario ?? this.#chooseScenario(plan, person, language, random);
    const channel = this.#chooseChannel(plan, earlier, random);
    const agent = this.#chooseAgent(scenario.team, language, random);
    const article = articleFor(this.#world.articles, scenario.article, language);
    const facts = new Facts(
      {
        random,
        person,
        language,
        now: plan.createdAt,
        given: {
          ticket: plan.ticketId,
          article: article?.title ?? "Help",
          customerfirst: person.firstName,
          agentfirst: agent.name.split(" ")[0]!,
          teamname: TEAMS.find((team) => team.key === scenario.team)?.title ?? "Support",
        },
      },
      earlier?.facts,
    );
    const scope = createScope(this.#world.library, language, random, (name) => facts.get(name));
    const text = scenario.texts.get(language)!;
    const composer: Composer = {
      scenario,
      text,
      language,
      channel,
      voice,
      library: this.#world.library,
      scope,
      mood: { angry: false, threatens: false, stake: false, cause: null },
    };
    const marked = this.#writeBody(plan, composer, person, earlier);
    facts.settle();
    const batch = importBatchOf(channel, plan.createdAt);
    const { text: body, spans } = readSpans(batch && random.chance(0.55) ? garble(marked, random) : marked);
    const says = plan.kind !== "injection" && plan.kind !== "empty";
    const subject = says
      ? this.#subject(composer, body)
      : random.pick([null, null, "(no subject)", "hi", "Re:"]);

    const unmatched = plan.kind === "spam" ? random.chance(0.97) : random.chance(0.012);
    const customerId = unmatched ? null : person.customer.customer_id;
    const [cause, answer] = earlier?.answer ?? this.#answerTo(plan, composer);
    if (this.#awaited.has(plan))
      this.#remembered.set(plan, {
        person,
        language,
        scenario,
        channel,
        marked,
        facts,
        answer: [cause, answer],
      });
    const truth = labelTicket({ plan, composer, person, cause, spans, body, article });
    const firstMessage: Message = {
      author: "customer",
      authorId: customerId,
      at: plan.createdAt,
      body,
      visibility: "public",
      attachments:
        /attached|screenshot|receipt|Anhang|adjunt|pièce jointe|anexo|załącz|allegat|bijlage/i.test(body) ||
        random.chance(0.04)
          ? [inventAttachment(random)]
          : [],
    };
    const serviceLevel = serviceLevelFor(channel, person.customer.segment, truth.true_priority);
    const overloaded = plan.createdAt > OUTAGE.start && plan.createdAt < OUTAGE.end + 2 * DAY;
    const thread = this.#thread(
      plan,
      {
        composer,
        customerId,
        agent,
        colleague: this.#chooseAgent(
          random.pick(["fraud", "payments", "complaints", scenario.team]),
          language,
          random,
        ),
        cause,
        answer: mend(withoutMarks(expand(answer, scope)), language),
        createdAt: plan.createdAt,
        exportedAt: PERIOD_END,
        serviceLevel,
        firstMessage,
        overloaded,
      },
      random,
    );
    const row = triage({
      plan,
      composer,
      person,
      customerId,
      agent,
      thread,
      truth,
      subject,
      body,
      serviceLevel,
      random,
    });
    return { row, messages: thread.messages, label: truth };
  }

  #thread(plan: TicketPlan, input: Parameters<typeof playThread>[0], random: Random): Thread {
    const quiet = (note: string, minutes: number): Thread => ({
      messages: [
        input.firstMessage,
        {
          author: "system",
          authorId: null,
          at: Math.min(plan.createdAt + minutes * MINUTE, PERIOD_END),
          body: note,
          visibility: "internal",
          attachments: [],
        },
      ],
      firstResponseAt: null,
      solvedAt: Math.min(plan.createdAt + minutes * MINUTE, PERIOD_END),
      reopenedCount: 0,
      escalated: false,
      waitingFor: "nobody",
    });
    if (plan.kind === "spam")
      return quiet(
        random.pick(["Marked as spam.", "Closed as spam (rule 7)", "spam → closed"]),
        random.integer(1, 900),
      );
    if (plan.kind === "duplicate" && random.chance(0.62))
      return quiet(
        random.pick([
          `Merged into ${plan.original!.ticketId}`,
          `Closed as duplicate of ${plan.original!.ticketId}.`,
          `merged -> #${plan.original!.ticketId.slice(2)}`,
        ]),
        random.integer(4, 1400),
      );
    if (plan.kind === "empty" && random.chance(0.5))
      return quiet("Empty message, no contact possible. Closed.", random.integer(30, 2000));
    return playThread({ ...input, plain: plan.kind === "empty" || plan.kind === "injection" });
  }

  #writeBody(plan: TicketPlan, composer: Composer, person: Person, earlier: Remembered | undefined): string {
    const { scope } = composer;
    const { random } = scope;
    if (plan.kind === "empty") return random.pick(["", "", "", " ", "\n", "(no text)", "-"]);
    if (plan.kind === "injection") {
      return expand(this.#injectionFor(plan).text, scope);
    }
    if (earlier) {
      const kind = random.next();
      if (kind < 0.45) return earlier.marked;
      if (kind < 0.75)
        return `${speak(mend(expand(random.pick(scope.bank("resend")), scope), composer.language), composer.voice, composer.language, random)}\n\n${earlier.marked}`;
    }
    for (let attempt = 0; attempt < 40; attempt++) {
      let marked = dressMessage(composer, person, plan.createdAt).body;
      if (attempt > 8) marked += `\n${composeIssue(composer)}`;
      const plain = withoutMarks(marked);
      if (this.#bodies.has(plain)) continue;
      this.#bodies.add(plain);
      return marked;
    }
    throw new Error(`cannot find a new wording for ${composer.scenario.id} in ${composer.language}`);
  }

  #subject({ channel, scope, text, voice, language, scenario }: Composer, body: string): string | null {
    const { random } = scope;
    const rate = { email: 0.97, web_form: 0.93, in_app: 0.3, chat: 0.04, phone: 0.25, social: 0.02 }[channel];
    if (!random.chance(rate)) return null;
    if (random.chance(0.04)) return scenario.product.replace(/_/g, " ");
    if (random.chance(0.06) && body.length > 10)
      return (
        `${body
          .replace(/<[^>]*>/g, "")
          .replace(/\s+/g, " ")
          .trim()
          .slice(0, random.integer(18, 45))}${random.pick(["", "..."])}` || null
      );
    if (channel === "phone")
      return random.pick(["Voicemail", "Inbound call", "Callback requested", "Missed call"]);
    const subject = withoutMarks(
      speak(
        mend(expand(random.pick(text.subjects), scope), language),
        { ...voice, shouts: voice.shouts * 0.7 },
        language,
        random,
      ),
    );
    return `${random.chance(0.05) ? random.pick(["Re: ", "FW: ", "AW: ", "RE: Re: "]) : ""}${subject}`;
  }

  #answerTo(plan: TicketPlan, composer: Composer): readonly [string, string] {
    const { scope } = composer;
    if (plan.kind === "empty") return ["no_content", scope.random.pick(scope.bank("agent_empty"))];
    if (plan.kind === "injection")
      return ["prompt_injection", scope.random.pick(scope.bank("agent_injection"))];
    return chooseAnswer(composer);
  }

  #injectionFor(plan: TicketPlan): Injection {
    return this.#injectionOf.get(plan)!;
  }

  #voiceOf(person: Person, random: Random): Voice {
    let voice = this.#voices.get(person);
    if (!voice || random.chance(0.15))
      voice = chooseVoice(random, person.customer.language, person.community);
    this.#voices.set(person, voice);
    return voice;
  }

  /** Few people write often, most once or never; nobody writes before signing up. */
  #choosePerson(plan: TicketPlan, random: Random): Person {
    const { people } = this.#world;
    const day = new Date(plan.createdAt).toISOString().slice(0, 10);
    for (;;) {
      const person = people[Math.floor(people.length * random.next() ** 1.25)]!;
      if (person.customer.signup_date <= day) return person;
    }
  }

  #chooseLanguage(plan: TicketPlan, { customer }: Person, random: Random): Language {
    if (plan.kind === "spam" || customer.language === "en") return "en";
    if (!this.#world.library.scenarios.some((scenario) => scenario.texts.has(customer.language))) return "en";
    return random.chance(plan.kind === "empty" ? 0.2 : 0.06) ? "en" : customer.language;
  }

  #chooseScenario(plan: TicketPlan, { customer }: Person, language: Language, random: Random): Scenario {
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

  #chooseChannel(plan: TicketPlan, earlier: Remembered | undefined, random: Random): Channel {
    if (plan.kind === "spam")
      return random.weighted([
        ["email", 7],
        ["web_form", 3],
      ] as const);
    if (earlier && random.chance(0.4)) return earlier.channel;
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

  #chooseAgent(team: string, language: Language, random: Random): Agent {
    const speakers = this.#world.agents.filter((agent) => agent.languages.includes(language));
    const own = speakers.filter((agent) => agent.team === team);
    return random.pick(own.length > 0 ? own : speakers);
  }
}

/** The answer that fits what was said; causes that need their own wording are left to it. */
function chooseAnswer({ text, mood, scope }: Composer): readonly [string, string] {
  if (mood.cause !== null) {
    const fitting = text.answers.filter(([cause]) => cause === mood.cause);
    if (fitting.length > 0) return scope.random.pick(fitting);
  }
  const tied = new Set([...text.statements, ...text.short].map(({ cause }) => cause));
  const free = text.answers.filter(([cause]) => !tied.has(cause));
  return scope.random.pick(free.length > 0 ? free : text.answers);
}
