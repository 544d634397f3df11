import { DAY, HOUR, MINUTE, nextDeskMoment } from "./calendar.ts";
import { type Composer, mend } from "./compose.ts";
import { quoteHead, toHtml } from "./dress.ts";
import { expand } from "./grammar.ts";
import { withoutMarks } from "./pii.ts";
import type { Random } from "./random.ts";
import type { ServiceLevel } from "./service-levels.ts";
import type { Agent } from "./staff.ts";
import type { AuthorType, Visibility } from "./tables.ts";
import { speak } from "./voice.ts";

export interface Attachment {
  readonly filename: string;
  readonly content_type: string;
  readonly size: number;
}

export interface Message {
  readonly author: AuthorType;
  readonly authorId: string | null;
  readonly at: number;
  readonly body: string;
  readonly visibility: Visibility;
  readonly attachments: readonly Attachment[];
}

export interface ThreadInput {
  readonly composer: Composer;
  readonly customerId: string | null;
  readonly agent: Agent;
  readonly colleague: Agent;
  readonly cause: string;
  readonly answer: string;
  readonly createdAt: number;
  readonly exportedAt: number;
  readonly serviceLevel: ServiceLevel;
  readonly firstMessage: Message;
  readonly overloaded: boolean;
  /** Nothing to discuss: the message was empty or meant for a machine. */
  readonly plain?: boolean;
}

export interface Thread {
  readonly messages: Message[];
  readonly firstResponseAt: number | null;
  readonly solvedAt: number | null;
  readonly reopenedCount: number;
  readonly escalated: boolean;
  readonly waitingFor: "customer" | "agent" | "nobody";
}

/** Plays a conversation out from the first message until it is solved, given up or the export is made. */
export function playThread(input: ThreadInput): Thread {
  const writer = new ThreadWriter(input);
  writer.play();
  return writer.result();
}

class ThreadWriter {
  readonly #input: ThreadInput;
  readonly #random: Random;
  readonly #messages: Message[];
  #now: number;
  #firstResponseAt: number | null = null;
  #solvedAt: number | null = null;
  #reopened = 0;
  #escalated = false;
  #waitingFor: Thread["waitingFor"] = "agent";
  #lastAgentText = "";
  #over = false;
  readonly #noted = new Set<string>();

  constructor(input: ThreadInput) {
    this.#input = input;
    this.#random = input.composer.scope.random;
    this.#messages = [input.firstMessage];
    this.#now = input.createdAt;
  }

  play(): void {
    if (this.#input.plain) {
      if (this.#random.chance(0.3)) this.#note(this.#bank("internal_generic"));
      this.#agent(this.#reply(this.#input.answer), this.#responseDelay());
      this.#solve();
      return;
    }
    if (this.#isRecent() && this.#random.chance(0.3)) return;
    const { composer, overloaded } = this.#input;
    const random = this.#random;
    const live = composer.channel === "chat" || composer.channel === "phone";
    if ((composer.channel === "chat" || composer.channel === "in_app") && random.chance(0.17)) this.#bot();
    else if (composer.channel === "email" && random.chance(0.18))
      this.#add("bot", null, this.#bank("bot_ack", 3), 1);
    if (!live && random.chance(overloaded ? 0.35 : 0.07))
      this.#customer(this.#voiced("chaser"), random.logNormal(30, 0.6) * HOUR);
    if (random.chance(0.07)) this.#note(this.#bank("internal_generic"));
    if (composer.text.questions.length > 0 && random.chance(0.2)) this.#askAndHear();
    if (this.#over) return;
    const { scenario } = composer;
    if (random.chance(scenario.needsEscalation ? 0.5 : 0.06)) this.#escalate();
    if (composer.text.notes.length > 0 && random.chance(0.22))
      this.#note(this.#say(random.pick(composer.text.notes)));
    if (random.chance(this.#isRecent() ? 0.3 : 0.011)) {
      this.#note(this.#say(random.pick(composer.scope.bank("internal_waiting"))));
      return;
    }
    this.#agent(this.#reply(this.#input.answer), this.#responseDelay());
    if (random.chance(0.08)) this.#furtherQuestion();
    this.#finish();
  }

  result(): Thread {
    return {
      messages: this.#messages,
      firstResponseAt: this.#firstResponseAt,
      solvedAt: this.#solvedAt,
      reopenedCount: this.#reopened,
      escalated: this.#escalated,
      waitingFor: this.#waitingFor,
    };
  }

  #isRecent(): boolean {
    return this.#input.createdAt > this.#input.exportedAt - 6 * DAY;
  }

  #finish(): void {
    const random = this.#random;
    if (this.#over) return;
    if (random.chance(0.21)) this.#customer(this.#thanks(), this.#customerDelay());
    this.#solve();
    if (random.chance(0.075)) {
      this.#customer(this.#voiced("reopen"), random.logNormal(40, 0.7) * HOUR);
      if (this.#over) return;
      this.#solvedAt = null;
      this.#reopened++;
      this.#add(
        "system",
        null,
        random.pick(["Ticket reopened by customer reply.", "Status changed: solved → open", "reopened"]),
        1,
        "internal",
      );
      this.#waitingFor = "agent";
      if (random.chance(0.5)) this.#note(this.#bank("internal_generic"));
      this.#agent(this.#reply(this.#bank("agent_reopen_fix")), this.#responseDelay());
      if (random.chance(0.35)) this.#customer(this.#thanks(), this.#customerDelay());
      this.#solve();
    } else if (random.chance(0.02)) {
      this.#customer(this.#thanks(), random.logNormal(20, 0.5) * HOUR);
    }
  }

  #bot(): void {
    const random = this.#random;
    this.#add("bot", null, this.#bank("bot_ack", 2), 0.1);
    if (random.chance(0.55)) {
      this.#customer(this.#voiced("bot_no"), random.integer(10, 200) * 1000);
      this.#add(
        "bot",
        null,
        this.#say(this.#input.composer.library.bank(this.#input.composer.language, "bot_ack")[2]!),
        0.05,
      );
    }
  }

  #askAndHear(): void {
    const { composer, exportedAt } = this.#input;
    const random = this.#random;
    this.#agent(
      this.#reply(
        `${random.chance(0.6) ? `${this.#bank("agent_ask")} ` : ""}${this.#say(random.pick(composer.text.questions))}`,
      ),
      this.#responseDelay(),
    );
    this.#waitingFor = "customer";
    if (random.chance(0.11) || this.#now > exportedAt - 12 * HOUR) {
      this.#over = true;
      if (this.#now < exportedAt - 8 * DAY) {
        this.#add(
          "system",
          null,
          random.pick([
            "No reply from requester for 7 days. Ticket set to solved automatically.",
            "Auto-solve: pending > 7d",
          ]),
          7 * 24 * 60,
          "internal",
        );
        this.#solvedAt = this.#now;
        this.#waitingFor = "nobody";
      }
      return;
    }
    const reply =
      composer.text.replies.length > 0
        ? this.#speak(random.pick(composer.text.replies))
        : this.#voiced("chaser");
    const attached =
      /attach|screenshot|Anhang|adjunt|joint|pièce|anexo|załącz|allegat|bijlage|Uploaded|receipt/i.test(
        reply,
      );
    this.#customer(reply, this.#customerDelay(), attached ? [inventAttachment(random)] : []);
  }

  #furtherQuestion(): void {
    const { scope } = this.#input.composer;
    const questions = scope.bank("followup_extra");
    const answers = scope.bank("agent_answer_extra");
    const which = this.#random.integer(0, Math.min(questions.length, answers.length) - 1);
    this.#customer(this.#speak(questions[which]!), this.#customerDelay());
    if (this.#over) return;
    this.#agent(this.#reply(this.#say(answers[which]!)), this.#responseDelay() / 2);
  }

  #escalate(): void {
    const { composer, colleague } = this.#input;
    const random = this.#random;
    this.#escalated = true;
    if (random.chance(0.7)) this.#agent(this.#reply(this.#bank("agent_escalate")), this.#responseDelay());
    this.#note(
      composer.text.notes.length > 0 && random.chance(0.6)
        ? this.#say(random.pick(composer.text.notes))
        : this.#bank("internal_generic"),
    );
    this.#add(
      "system",
      null,
      random.pick([
        `Assigned to ${colleague.name}`,
        `Team changed: ${this.#input.agent.team} → ${colleague.team}`,
        `Escalated (L2). Owner: ${colleague.name}`,
      ]),
      5,
      "internal",
    );
  }

  #solve(): void {
    if (this.#over) return;
    this.#now += this.#random.integer(1, 45) * MINUTE;
    if (this.#now > this.#input.exportedAt) return;
    this.#solvedAt = this.#now;
    this.#waitingFor = "nobody";
    if (this.#random.chance(0.08))
      this.#add(
        "system",
        null,
        this.#random.pick([
          "Status changed: open → solved",
          "Ticket solved.",
          "CSAT survey sent",
          "SLA stopped. Ticket solved.",
        ]),
        1,
        "internal",
      );
  }

  #responseDelay(): number {
    const { composer, serviceLevel, overloaded } = this.#input;
    const random = this.#random;
    if (composer.channel === "chat" || composer.channel === "phone")
      return random.logNormal(overloaded ? 25 : 3, 0.8) * MINUTE;
    const target = this.#firstResponseAt === null ? serviceLevel.firstResponseMinutes : 300;
    return random.logNormal(target * (overloaded ? 1.4 : 0.24), 0.85) * MINUTE;
  }

  #customerDelay(): number {
    const live = this.#input.composer.channel === "chat";
    return live ? this.#random.logNormal(2, 0.8) * MINUTE : this.#random.logNormal(240, 1.2) * MINUTE;
  }

  /** Wraps an answer the way this agent does: chat is bare, e-mail greets and signs. */
  #reply(core: string): string {
    const { channel } = this.#input.composer;
    const random = this.#random;
    const live = channel === "chat" || channel === "social" || channel === "in_app" || channel === "phone";
    const parts: string[] = [];
    const greets = this.#firstResponseAt === null ? 0.85 : live ? 0.1 : 0.6;
    if (random.chance(greets)) parts.push(this.#bank("agent_open"));
    const waited = this.#now - this.#input.createdAt > 2 * DAY && this.#firstResponseAt === null;
    if (waited && random.chance(0.6)) parts.push(this.#bank("agent_sorry_late"));
    else if (this.#firstResponseAt === null && random.chance(0.5)) parts.push(this.#bank("agent_empathy"));
    parts.push(core);
    if (random.chance(live ? 0.25 : 0.85)) parts.push(this.#bank("agent_close"));
    const [greeting, ...rest] = parts;
    if (live || parts.length < 3) return parts.join(" ");
    const last = rest.pop()!;
    return `${greeting}\n\n${rest.join(" ")}\n\n${last}`;
  }

  #agent(text: string, delay: number): void {
    if (this.#over) return;
    const { composer, agent, colleague } = this.#input;
    const live = composer.channel === "chat" || composer.channel === "phone";
    const wanted = this.#now + Math.max(delay, 25_000);
    const at = live ? wanted : nextDeskMoment(wanted, this.#random);
    if (!this.#reach(at)) return;
    const author = this.#escalated && colleague.team !== agent.team ? colleague : agent;
    const body =
      composer.channel === "email" && this.#random.chance(0.05) ? toHtml(text, this.#random) : text;
    this.#push("agent", author.agent_id, body, "public");
    this.#lastAgentText = text;
    this.#firstResponseAt ??= at;
    this.#waitingFor = "customer";
  }

  #customer(text: string, delay: number, attachments: readonly Attachment[] = []): void {
    if (this.#over || !this.#reach(this.#now + Math.max(delay, 8_000))) return;
    const { composer } = this.#input;
    const quotes = composer.channel === "email" && this.#lastAgentText !== "" && this.#random.chance(0.4);
    const quoted = quotes
      ? `\n\n${quoteHead(composer.language, this.#now - 3 * HOUR, this.#random)}\n${this.#lastAgentText
          .split("\n")
          .map((line) => `> ${line}`.trimEnd())
          .join("\n")}`
      : "";
    this.#push("customer", this.#input.customerId, text + quoted, "public", attachments);
    this.#waitingFor = "agent";
  }

  #note(text: string): void {
    if (this.#over) return;
    const live = this.#input.composer.channel === "chat" || this.#input.composer.channel === "phone";
    const at = live
      ? this.#now + this.#random.integer(20, 180) * 1000
      : nextDeskMoment(this.#now + this.#random.integer(2, 40) * MINUTE, this.#random);
    if (this.#noted.has(text)) return;
    this.#noted.add(text);
    if (!this.#reach(at)) return;
    this.#push("agent", this.#input.agent.agent_id, text, "internal");
  }

  #add(
    author: AuthorType,
    authorId: string | null,
    text: string,
    minutes: number,
    visibility: Visibility = "public",
  ): void {
    if (this.#over || !this.#reach(this.#now + minutes * MINUTE)) return;
    this.#push(author, authorId, text, visibility);
  }

  #reach(at: number): boolean {
    if (at > this.#input.exportedAt) {
      this.#over = true;
      return false;
    }
    this.#now = Math.round(at / 1000) * 1000;
    return true;
  }

  #push(
    author: AuthorType,
    authorId: string | null,
    body: string,
    visibility: Visibility,
    attachments: readonly Attachment[] = [],
  ): void {
    this.#messages.push({
      author,
      authorId,
      at: this.#now,
      body: withoutMarks(body),
      visibility,
      attachments,
    });
  }

  #say(template: string): string {
    return withoutMarks(mend(expand(template, this.#input.composer.scope), this.#input.composer.language));
  }

  #bank(name: string, first?: number): string {
    const { scope } = this.#input.composer;
    const lines = scope.bank(name);
    return this.#say(this.#random.pick(first ? lines.slice(0, first) : lines));
  }

  #speak(template: string): string {
    const { voice, language } = this.#input.composer;
    return withoutMarks(speak(this.#say(template), voice, language, this.#random));
  }

  #thanks(): string {
    return this.#voiced(
      this.#input.composer.scenario.stake === "money" && this.#random.chance(0.3)
        ? "thanks_money"
        : "thanks_general",
    );
  }

  #voiced(bank: string): string {
    return this.#speak(this.#random.pick(this.#input.composer.scope.bank(bank)));
  }
}

export function inventAttachment(random: Random): Attachment {
  const [filename, type, low, high] = random.pick([
    [`IMG_${random.integer(1000, 9999)}.jpg`, "image/jpeg", 600_000, 4_200_000],
    [`IMG_${random.integer(1000, 9999)}.HEIC`, "image/heic", 900_000, 3_000_000],
    [
      `Screenshot_2025${random.integer(10, 12)}${random.integer(10, 28)}-${random.integer(100_000, 235_959)}.png`,
      "image/png",
      80_000,
      900_000,
    ],
    [`scan${random.integer(1, 90)}.pdf`, "application/pdf", 90_000, 2_500_000],
    [`receipt-${random.integer(100, 9999)}.pdf`, "application/pdf", 20_000, 300_000],
    ["Order confirmation.pdf", "application/pdf", 40_000, 300_000],
    [`WhatsApp Image ${random.integer(1, 28)}.jpeg`, "image/jpeg", 60_000, 400_000],
    ["statement.csv", "text/csv", 2_000, 40_000],
  ] as const);
  return { filename, content_type: type, size: random.integer(low, high) };
}
