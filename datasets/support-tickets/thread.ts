import { DAY, HOUR, MINUTE, nextDeskMoment } from "./calendar.ts";
import { quoteHead, toHtml } from "./dress.ts";
import type { Random } from "./random.ts";
import { type Attachment, inventAttachment, type Thread, type ThreadInput } from "./thread-parts.ts";
import { Transcript } from "./transcript.ts";
import { Wording } from "./wording.ts";

/** Plays a conversation out from the first message until it is solved, given up or the export is made. */
export function playThread(input: ThreadInput): Thread {
  const writer = new ThreadWriter(input);
  writer.play();
  return writer.result();
}

class ThreadWriter {
  readonly #input: ThreadInput;
  readonly #random: Random;
  readonly #wording: Wording;
  readonly #log: Transcript;
  #firstResponseAt: number | null = null;
  #solvedAt: number | null = null;
  #reopened = 0;
  #escalated = false;
  #waitingFor: Thread["waitingFor"] = "agent";
  #lastAgentText = "";
  readonly #noted = new Set<string>();

  constructor(input: ThreadInput) {
    this.#input = input;
    this.#random = input.composer.scope.random;
    this.#wording = new Wording(input.composer);
    this.#log = new Transcript(input.firstMessage, input.exportedAt);
  }

  play(): void {
    if (this.#input.plain) {
      if (this.#random.chance(0.3)) this.#note(this.#wording.bank("internal_generic"));
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
      this.#log.add("bot", null, this.#wording.bank("bot_ack", 3), 1);
    if (!live && random.chance(overloaded ? 0.35 : 0.07))
      this.#customer(this.#wording.voiced("chaser"), random.logNormal(30, 0.6) * HOUR);
    if (random.chance(0.07)) this.#note(this.#wording.bank("internal_generic"));
    if (composer.text.questions.length > 0 && random.chance(0.2)) this.#askAndHear();
    if (this.#log.over) return;
    const { scenario } = composer;
    if (random.chance(scenario.needsEscalation ? 0.5 : 0.06)) this.#escalate();
    if (composer.text.notes.length > 0 && random.chance(0.22))
      this.#note(this.#wording.say(random.pick(composer.text.notes)));
    if (random.chance(this.#isRecent() ? 0.3 : 0.011)) {
      this.#note(this.#wording.say(random.pick(composer.scope.bank("internal_waiting"))));
      return;
    }
    this.#agent(this.#reply(this.#input.answer), this.#responseDelay());
    if (random.chance(0.08)) this.#furtherQuestion();
    this.#finish();
  }

  result(): Thread {
    return {
      messages: this.#log.messages,
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
    if (this.#log.over) return;
    if (random.chance(0.21)) this.#customer(this.#wording.thanks(), this.#customerDelay());
    this.#solve();
    if (random.chance(0.075)) {
      this.#customer(this.#wording.voiced("reopen"), random.logNormal(40, 0.7) * HOUR);
      if (this.#log.over) return;
      this.#solvedAt = null;
      this.#reopened++;
      this.#log.add(
        "system",
        null,
        random.pick(["Ticket reopened by customer reply.", "Status changed: solved → open", "reopened"]),
        1,
        "internal",
      );
      this.#waitingFor = "agent";
      if (random.chance(0.5)) this.#note(this.#wording.bank("internal_generic"));
      this.#agent(this.#reply(this.#wording.bank("agent_reopen_fix")), this.#responseDelay());
      if (random.chance(0.35)) this.#customer(this.#wording.thanks(), this.#customerDelay());
      this.#solve();
    } else if (random.chance(0.02)) {
      this.#customer(this.#wording.thanks(), random.logNormal(20, 0.5) * HOUR);
    }
  }

  #bot(): void {
    const random = this.#random;
    this.#log.add("bot", null, this.#wording.bank("bot_ack", 2), 0.1);
    if (random.chance(0.55)) {
      this.#customer(this.#wording.voiced("bot_no"), random.integer(10, 200) * 1000);
      this.#log.add(
        "bot",
        null,
        this.#wording.say(this.#input.composer.library.bank(this.#input.composer.language, "bot_ack")[2]!),
        0.05,
      );
    }
  }

  #askAndHear(): void {
    const { composer, exportedAt } = this.#input;
    const random = this.#random;
    this.#agent(
      this.#reply(
        `${random.chance(0.6) ? `${this.#wording.bank("agent_ask")} ` : ""}${this.#wording.say(random.pick(composer.text.questions))}`,
      ),
      this.#responseDelay(),
    );
    this.#waitingFor = "customer";
    if (random.chance(0.11) || this.#log.now > exportedAt - 12 * HOUR) {
      this.#log.over = true;
      if (this.#log.now < exportedAt - 8 * DAY) {
        this.#log.add(
          "system",
          null,
          random.pick([
            "No reply from requester for 7 days. Ticket set to solved automatically.",
            "Auto-solve: pending > 7d",
          ]),
          7 * 24 * 60,
          "internal",
        );
        this.#solvedAt = this.#log.now;
        this.#waitingFor = "nobody";
      }
      return;
    }
    const reply =
      composer.text.replies.length > 0
        ? this.#wording.speak(random.pick(composer.text.replies))
        : this.#wording.voiced("chaser");
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
    this.#customer(this.#wording.speak(questions[which]!), this.#customerDelay());
    if (this.#log.over) return;
    this.#agent(this.#reply(this.#wording.say(answers[which]!)), this.#responseDelay() / 2);
  }

  #escalate(): void {
    const { composer, colleague } = this.#input;
    const random = this.#random;
    this.#escalated = true;
    if (random.chance(0.7))
      this.#agent(this.#reply(this.#wording.bank("agent_escalate")), this.#responseDelay());
    this.#note(
      composer.text.notes.length > 0 && random.chance(0.6)
        ? this.#wording.say(random.pick(composer.text.notes))
        : this.#wording.bank("internal_generic"),
    );
    this.#log.add(
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
    if (this.#log.over) return;
    this.#log.now += this.#random.integer(1, 45) * MINUTE;
    if (this.#log.now > this.#input.exportedAt) return;
    this.#solvedAt = this.#log.now;
    this.#waitingFor = "nobody";
    if (this.#random.chance(0.08))
      this.#log.add(
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

  #reply(core: string): string {
    const waited = this.#log.now - this.#input.createdAt;
    return this.#wording.reply(core, this.#firstResponseAt === null, waited > 2 * DAY);
  }

  #agent(text: string, delay: number): void {
    if (this.#log.over) return;
    const { composer, agent, colleague } = this.#input;
    const live = composer.channel === "chat" || composer.channel === "phone";
    const wanted = this.#log.now + Math.max(delay, 25_000);
    const at = live ? wanted : nextDeskMoment(wanted, this.#random);
    if (!this.#log.reach(at)) return;
    const author = this.#escalated && colleague.team !== agent.team ? colleague : agent;
    const body =
      composer.channel === "email" && this.#random.chance(0.05) ? toHtml(text, this.#random) : text;
    this.#log.push("agent", author.agent_id, body, "public");
    this.#lastAgentText = text;
    this.#firstResponseAt ??= at;
    this.#waitingFor = "customer";
  }

  #customer(text: string, delay: number, attachments: readonly Attachment[] = []): void {
    if (this.#log.over || !this.#log.reach(this.#log.now + Math.max(delay, 8_000))) return;
    const { composer } = this.#input;
    const quotes = composer.channel === "email" && this.#lastAgentText !== "" && this.#random.chance(0.4);
    const quoted = quotes
      ? `\n\n${quoteHead(composer.language, this.#log.now - 3 * HOUR, this.#random)}\n${this.#lastAgentText
          .split("\n")
          .map((line) => `> ${line}`.trimEnd())
          .join("\n")}`
      : "";
    this.#log.push("customer", this.#input.customerId, text + quoted, "public", attachments);
    this.#waitingFor = "agent";
  }

  #note(text: string): void {
    if (this.#log.over) return;
    const live = this.#input.composer.channel === "chat" || this.#input.composer.channel === "phone";
    const at = live
      ? this.#log.now + this.#random.integer(20, 180) * 1000
      : nextDeskMoment(this.#log.now + this.#random.integer(2, 40) * MINUTE, this.#random);
    if (this.#noted.has(text)) return;
    this.#noted.add(text);
    if (!this.#log.reach(at)) return;
    this.#log.push("agent", this.#input.agent.agent_id, text, "internal");
  }
}
