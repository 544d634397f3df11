import type { Composer } from "./compose.ts";
import type { Article } from "./knowledge-base.ts";
import type { Person } from "./people.ts";
import type { PiiSpan } from "./pii.ts";
import { type Category, PRIORITIES, type Priority } from "./tables.ts";
import type { TicketPlan } from "./ticket-plan.ts";

/** What is true of a ticket; for the hidden evaluation only. */
export interface HiddenLabel {
  readonly ticket_id: string;
  readonly true_category: Category;
  readonly true_priority: Priority;
  readonly duplicate_of: string | null;
  readonly is_injection: boolean;
  readonly pii_spans: readonly PiiSpan[];
  readonly sentiment: "negative" | "neutral" | "positive";
  readonly best_kb_article_id: string | null;
  readonly root_cause: string;
  readonly needs_escalation: boolean;
}

export interface LabelInput {
  readonly plan: TicketPlan;
  readonly composer: Composer;
  readonly person: Person;
  readonly cause: string;
  readonly spans: readonly PiiSpan[];
  readonly body: string;
  readonly article: Article | undefined;
}

export function labelTicket({ plan, composer, person, cause, spans, article }: LabelInput): HiddenLabel {
  const { scenario, mood } = composer;
  const known = plan.kind !== "empty" && plan.kind !== "injection";
  return {
    ticket_id: plan.ticketId,
    true_category: known ? scenario.category : "general_question",
    true_priority: known
      ? raise(scenario.priority, mood.stake && person.customer.segment === "business" ? 1 : 0)
      : "low",
    duplicate_of: plan.original?.ticketId ?? null,
    is_injection: plan.kind === "injection",
    pii_spans: spans,
    sentiment: sentimentOf(composer, known),
    best_kb_article_id: known && scenario.category !== "spam" ? (article?.article_id ?? null) : null,
    root_cause: plan.kind === "injection" ? "prompt_injection" : known ? cause : "no_content",
    needs_escalation: known && (scenario.needsEscalation || mood.threatens),
  };
}

function sentimentOf({ scenario, mood, voice }: Composer, known: boolean): HiddenLabel["sentiment"] {
  if (!known) return "neutral";
  if (scenario.id === "praise") return "positive";
  if (mood.angry || voice.id === "shouting" || scenario.category === "complaint") return "negative";
  return mood.stake || scenario.priority === "urgent" ? "negative" : "neutral";
}

function raise(priority: Priority, steps: number): Priority {
  return PRIORITIES[Math.min(PRIORITIES.length - 1, PRIORITIES.indexOf(priority) + steps)]!;
}
