import { DAY, MINUTE, PERIOD_END } from "./calendar.ts";
import type { Composer } from "./compose.ts";
import { expand } from "./grammar.ts";
import type { HiddenLabel } from "./labels.ts";
import type { Person } from "./people.ts";
import { withoutMarks } from "./pii.ts";
import type { Random } from "./random.ts";
import type { ServiceLevel } from "./service-levels.ts";
import { type Agent, PRODUCTS } from "./staff.ts";
import { CATEGORIES, type Category, LANGUAGES, PRIORITIES, type TicketStatus } from "./tables.ts";
import type { Thread } from "./thread-parts.ts";
import type { TicketPlan } from "./ticket-plan.ts";
import { speak } from "./typing.ts";

/** A ticket with its times still in epoch milliseconds. */
export interface TicketRow {
  readonly ticket_id: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly first_response_at: number | null;
  readonly solved_at: number | null;
  readonly customer_id: string | null;
  readonly product_id: string | null;
  readonly channel: string;
  readonly language: string | null;
  readonly subject: string | null;
  readonly body: string;
  readonly status: TicketStatus;
  readonly priority: string | null;
  readonly category: string | null;
  readonly tags: readonly string[];
  readonly assignee_id: string | null;
  readonly team: string | null;
  readonly sla_policy: string;
  readonly sla_first_response_minutes: number;
  readonly sla_resolution_minutes: number;
  readonly sla_breached: boolean;
  readonly csat_score: number | null;
  readonly csat_comment: string | null;
  readonly reopened_count: number;
}

export interface TriageInput {
  readonly plan: TicketPlan;
  readonly composer: Composer;
  readonly person: Person;
  readonly customerId: string | null;
  readonly agent: Agent;
  readonly thread: Thread;
  readonly truth: HiddenLabel;
  readonly subject: string | null;
  readonly body: string;
  readonly serviceLevel: ServiceLevel;
  readonly random: Random;
}

/** What a busy desk takes each category for when it files it wrongly. */
const MISTAKEN_FOR: Record<Category, readonly Category[]> = {
  account_access: ["app_issue", "identity_verification", "general_question"],
  account_closure: ["complaint", "general_question"],
  app_issue: ["account_access", "general_question", "card_payment"],
  business_account: ["identity_verification", "transfer", "general_question"],
  card_delivery: ["card_payment", "general_question"],
  card_payment: ["card_delivery", "fx_travel", "dispute", "app_issue"],
  complaint: ["general_question", "fees", "transfer"],
  dispute: ["fraud", "card_payment", "complaint"],
  fees: ["complaint", "fx_travel", "general_question"],
  fraud: ["dispute", "transfer", "card_payment"],
  fx_travel: ["card_payment", "fees"],
  general_question: ["app_issue", "fees", "account_access"],
  identity_verification: ["account_access", "general_question"],
  joint_account: ["general_question", "account_access", "account_closure"],
  loan: ["fees", "general_question", "complaint"],
  privacy: ["account_closure", "complaint", "general_question"],
  savings_pot: ["transfer", "general_question", "app_issue"],
  spam: ["general_question", "business_account"],
  top_up: ["transfer", "card_payment"],
  transfer: ["top_up", "general_question", "fraud"],
};

export function triage(input: TriageInput): TicketRow {
  const { plan, composer, customerId, agent, thread, truth, subject, body, serviceLevel, random } = input;
  const last = thread.messages[thread.messages.length - 1]!.at;
  const waited = (moment: number | null) => ((moment ?? PERIOD_END) - plan.createdAt) / MINUTE;
  const ignored = plan.kind === "spam" || plan.kind === "duplicate";
  const breached =
    !ignored &&
    (waited(thread.firstResponseAt) > serviceLevel.firstResponseMinutes ||
      waited(thread.solvedAt) > serviceLevel.resolutionMinutes);
  const status = statusOf(thread, random);
  const product = PRODUCTS.find(
    ({ key }) => key === (composer.scenario.id === "referral_bonus" ? "rewards" : composer.scenario.product),
  )!;
  const untouched = status === "new";
  const score =
    thread.solvedAt !== null && thread.firstResponseAt !== null && random.chance(0.27)
      ? satisfaction(breached, thread, truth, random)
      : null;
  return {
    ticket_id: plan.ticketId,
    created_at: plan.createdAt,
    updated_at: Math.max(last, thread.solvedAt ?? 0),
    first_response_at: thread.firstResponseAt,
    solved_at: thread.solvedAt,
    customer_id: customerId,
    product_id: random.chance(0.06) || plan.kind === "spam" ? null : product.product_id,
    channel: composer.channel,
    language: random.chance(0.012) ? null : random.chance(0.02) ? random.pick(LANGUAGES) : composer.language,
    subject,
    body,
    status,
    priority: filedPriority(truth, untouched, random),
    category: filedCategory(truth.true_category, untouched, random),
    tags: inventTags(input, random),
    assignee_id: untouched || (thread.firstResponseAt === null && random.chance(0.6)) ? null : agent.agent_id,
    team: untouched && random.chance(0.5) ? null : agent.team,
    sla_policy: serviceLevel.policy,
    sla_first_response_minutes: serviceLevel.firstResponseMinutes,
    sla_resolution_minutes: serviceLevel.resolutionMinutes,
    sla_breached: breached,
    csat_score: score,
    csat_comment: score !== null && random.chance(0.42) ? comment(composer, score, random) : null,
    reopened_count: thread.reopenedCount,
  };
}

function statusOf(thread: Thread, random: Random): TicketStatus {
  if (thread.solvedAt !== null)
    return thread.solvedAt < PERIOD_END - 14 * DAY || random.chance(0.1) ? "closed" : "solved";
  if (thread.firstResponseAt === null && thread.messages.length <= 2)
    return random.chance(0.8) ? "new" : "open";
  if (thread.waitingFor === "customer") return "pending";
  return random.chance(0.2) ? "on_hold" : "open";
}

function filedPriority(truth: HiddenLabel, untouched: boolean, random: Random): string | null {
  if (untouched && random.chance(0.6)) return null;
  if (random.chance(0.025)) return null;
  if (random.chance(0.78)) return truth.true_priority;
  if (random.chance(0.5)) return "normal";
  const at = PRIORITIES.indexOf(truth.true_priority) + random.pick([-1, 1]);
  return PRIORITIES[Math.max(0, Math.min(PRIORITIES.length - 1, at))]!;
}

function filedCategory(truth: Category, untouched: boolean, random: Random): string | null {
  if (random.chance(untouched ? 0.4 : 0.018)) return null;
  if (random.chance(0.88)) return truth;
  return random.chance(0.9)
    ? random.pick(MISTAKEN_FOR[truth])
    : random.pick(CATEGORIES.filter((category) => category !== truth));
}

function inventTags({ plan, composer, thread, person }: TriageInput, random: Random): string[] {
  const words = composer.scenario.id.split("_").filter((word) => word.length > 2);
  const pool = [
    random.pick(words),
    random.pick(words),
    composer.scenario.team,
    `${composer.channel}-in`,
    random.pick(words).toUpperCase(),
    "general",
  ];
  const tags = random.sample(
    pool,
    random.weighted([
      [0, 2],
      [1, 4],
      [2, 3],
      [3, 1],
    ] as const),
  );
  if (person.customer.segment === "premium" && random.chance(0.4)) tags.push("vip");
  if (thread.escalated) tags.push(random.pick(["l2", "escalated", "Escalation"]));
  if (thread.reopenedCount > 0 && random.chance(0.5)) tags.push("reopened");
  if (plan.kind === "outage" && random.chance(0.6)) tags.push(random.pick(["INC-2602", "outage", "inc2602"]));
  if (plan.kind === "duplicate" && thread.firstResponseAt === null) tags.push("merged");
  if (random.chance(0.05))
    tags.push(
      random.pick([
        "macro:12",
        "macro:7",
        "callback",
        "todo",
        "check_me",
        "survey",
        "backlog-jan",
        "angry",
        "wow",
      ]),
    );
  return [...new Set(tags)];
}

function satisfaction(breached: boolean, thread: Thread, truth: HiddenLabel, random: Random): number {
  let mean =
    4.4 -
    (breached ? 0.9 : 0) -
    thread.reopenedCount * 0.9 -
    (truth.sentiment === "negative" ? 0.6 : 0) +
    (truth.sentiment === "positive" ? 0.5 : 0);
  mean += random.pick([-2.4, -1, 0, 0, 0.3, 0.6, 1]);
  return Math.max(1, Math.min(5, Math.round(mean)));
}

function comment({ scope, voice, language }: Composer, score: number, random: Random): string {
  const bank = score >= 4 ? "csat_good" : score <= 2 ? "csat_bad" : "csat_mid";
  return withoutMarks(speak(expand(random.pick(scope.bank(bank)), scope), voice, language, random));
}
