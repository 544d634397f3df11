import { DAY, OUTAGE, PERIOD_END } from "./calendar.ts";
import { Casting, chooseAnswer, type Injection, type World } from "./casting.ts";
import { closeUnanswered } from "./closed-thread.ts";
import { type Composer, composeIssue, createScope, type Mood, mend } from "./compose.ts";
import { dressMessage } from "./dress.ts";
import { Facts } from "./facts.ts";
import { expand } from "./grammar.ts";
import { articleFor } from "./knowledge-base.ts";
import { type HiddenLabel, labelTicket } from "./labels.ts";
import { garble, importBatchOf } from "./mess.ts";
import type { Person } from "./people.ts";
import { readSpans, withoutMarks } from "./pii.ts";
import type { Random } from "./random.ts";
import { serviceLevelFor } from "./service-levels.ts";
import { TEAMS } from "./staff.ts";
import { writeSubject } from "./subject.ts";
import type { Channel, Language } from "./tables.ts";
import type { Scenario } from "./text-library.ts";
import { playThread } from "./thread.ts";
import { inventAttachment, type Message } from "./thread-parts.ts";
import type { TicketPlan } from "./ticket-plan.ts";
import { type TicketRow, triage } from "./triage.ts";
import { speak } from "./typing.ts";

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
  readonly mood: Mood;
  readonly answer: readonly [cause: string, text: string];
}

/** Writes tickets in order of time; it remembers those that a later duplicate repeats. */
export class TicketWriter {
  readonly #world: World;
  readonly #random: Random;
  readonly #bodies = new Set<string>();
  readonly #remembered = new Map<TicketPlan, Remembered>();
  readonly #casting: Casting;
  readonly #injectionOf = new Map<TicketPlan, Injection>();

  constructor(world: World, random: Random, plans: readonly TicketPlan[]) {
    this.#world = world;
    this.#random = random;
    this.#casting = new Casting(world);
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
    const person = earlier?.person ?? this.#casting.choosePerson(plan, random);
    const voice = this.#casting.voiceOf(person, random);
    const language =
      plan.kind === "injection"
        ? this.#injectionFor(plan).language
        : (earlier?.language ?? this.#casting.chooseLanguage(plan, person, random));
    const scenario = earlier?.scenario ?? this.#casting.chooseScenario(plan, person, language, random);
    const channel = this.#casting.chooseChannel(plan, earlier?.channel, random);
    const agent = this.#casting.chooseAgent(scenario.team, language, random);
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
    const full = scenario.texts.get(language)!;
    const text = earlier?.mood.said ? { ...full, statements: [earlier.mood.said], short: [] } : full;
    const composer: Composer = {
      scenario,
      text,
      language,
      channel,
      voice,
      library: this.#world.library,
      scope,
      mood: earlier ? { ...earlier.mood } : { angry: false, threatens: false, stake: false, said: null },
    };
    const marked = this.#writeBody(plan, composer, person, earlier);
    facts.settle();
    const batch = importBatchOf(channel, plan.createdAt);
    const { text: body, spans } = readSpans(batch && random.chance(0.55) ? garble(marked, random) : marked);
    const says = plan.kind !== "injection" && plan.kind !== "empty";
    const subject = says
      ? writeSubject(composer, body)
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
        mood: { ...composer.mood },
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
    const thread =
      closeUnanswered(plan, firstMessage, random) ??
      playThread({
        composer,
        customerId,
        agent,
        colleague: this.#casting.chooseAgent(
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
        plain: plan.kind === "empty" || plan.kind === "injection",
      });
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
}
