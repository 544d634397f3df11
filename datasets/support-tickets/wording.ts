import { type Composer, mend } from "./compose.ts";
import { expand } from "./grammar.ts";
import { withoutMarks } from "./pii.ts";
import { speak } from "./typing.ts";

const PAYS_BACK = new Set([
  "dispute",
  "top_up",
  "transfer_not_arrived",
  "atm_not_dispensed",
  "savings_withdraw",
]);

/** Finds the words for what is said after the first message, by either side. */
export class Wording {
  readonly #composer: Composer;

  constructor(composer: Composer) {
    this.#composer = composer;
  }

  say(template: string): string {
    return withoutMarks(mend(expand(template, this.#composer.scope), this.#composer.language));
  }

  /** A line of a bank, from its first `first` lines only if given. */
  bank(name: string, first?: number): string {
    const { scope } = this.#composer;
    const lines = scope.bank(name);
    return this.say(scope.random.pick(first ? lines.slice(0, first) : lines));
  }

  /** As the customer would type it. */
  speak(template: string): string {
    const { voice, language, scope } = this.#composer;
    return withoutMarks(speak(this.say(template), voice, language, scope.random));
  }

  voiced(bank: string): string {
    const { scope } = this.#composer;
    return this.speak(scope.random.pick(scope.bank(bank)));
  }

  thanks(): string {
    const { scenario, scope } = this.#composer;
    const paid = PAYS_BACK.has(scenario.category) || PAYS_BACK.has(scenario.id);
    return this.voiced(paid && scope.random.chance(0.35) ? "thanks_money" : "thanks_general");
  }

  /** Wraps an answer the way an agent does: chat is bare, e-mail greets and signs. */
  reply(core: string, isFirst: boolean, isLate: boolean): string {
    const { channel, scope } = this.#composer;
    const { random } = scope;
    const live = channel !== "email" && channel !== "web_form";
    const parts: string[] = [];
    const greets = isFirst ? 0.85 : live ? 0.1 : 0.6;
    if (random.chance(greets)) parts.push(this.bank("agent_open", isFirst ? undefined : 1));
    if (isFirst && isLate && random.chance(0.6)) parts.push(this.bank("agent_sorry_late"));
    else if (isFirst && random.chance(0.5)) parts.push(this.bank("agent_empathy"));
    parts.push(core);
    if (random.chance(live ? 0.25 : 0.85)) parts.push(this.bank("agent_close"));
    const [greeting, ...rest] = parts;
    if (live || parts.length < 3) return parts.join(" ");
    const last = rest.pop()!;
    return `${greeting}\n\n${rest.join(" ")}\n\n${last}`;
  }
}
