/**
 * The column contract of the support-tickets dataset. Whatever reads the dataset (the mock API, the
 * data card, the tests) takes names and types from here, so that none of them can drift.
 */

/**
 * `timestamp` and `date` are text in every format (see `canonicalTime`); `json` is JSON text everywhere but in
 * the JSON Lines files, where it is a real array; `boolean` is 0 or 1 in SQLite.
 */
export type ColumnType = "text" | "integer" | "boolean" | "timestamp" | "date" | "json";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly description: string;
  /** The closed set of values, where there is one. Messy imports may still hold others. */
  readonly values?: readonly string[];
}

export interface Table {
  readonly name: TableName;
  readonly description: string;
  readonly primaryKey: string;
  readonly columns: readonly Column[];
}

export type TableName = "customers" | "products" | "agents" | "tickets" | "messages" | "kb_articles";

export const CHANNELS = ["email", "chat", "phone", "web_form", "social", "in_app"] as const;
export const TICKET_STATUSES = ["new", "open", "pending", "on_hold", "solved", "closed"] as const;
export const PRIORITIES = ["low", "normal", "high", "urgent"] as const;
export const AUTHOR_TYPES = ["customer", "agent", "bot", "system"] as const;
export const VISIBILITIES = ["public", "internal"] as const;
export const SEGMENTS = ["personal", "premium", "business"] as const;
export const CUSTOMER_STATUSES = ["active", "frozen", "closed"] as const;
export const KYC_STATUSES = ["verified", "pending", "review", "rejected"] as const;
export const ARTICLE_STATUSES = ["published", "draft", "archived"] as const;
export const LANGUAGES = ["en", "de", "es", "fr", "pt", "pl", "it", "nl"] as const;
export const CATEGORIES = [
  "account_access",
  "account_closure",
  "app_issue",
  "business_account",
  "card_delivery",
  "card_payment",
  "complaint",
  "dispute",
  "fees",
  "fraud",
  "fx_travel",
  "general_question",
  "identity_verification",
  "joint_account",
  "loan",
  "privacy",
  "savings_pot",
  "spam",
  "top_up",
  "transfer",
] as const;

export type Channel = (typeof CHANNELS)[number];
export type TicketStatus = (typeof TICKET_STATUSES)[number];
export type Priority = (typeof PRIORITIES)[number];
export type AuthorType = (typeof AUTHOR_TYPES)[number];
export type Visibility = (typeof VISIBILITIES)[number];
export type Segment = (typeof SEGMENTS)[number];
export type Language = (typeof LANGUAGES)[number];
export type Category = (typeof CATEGORIES)[number];

const column = (name: string, type: ColumnType, description: string, values?: readonly string[]): Column => ({
  name,
  type,
  nullable: false,
  description,
  ...(values ? { values } : {}),
});
const optional = (
  name: string,
  type: ColumnType,
  description: string,
  values?: readonly string[],
): Column => ({
  ...column(name, type, description, values),
  nullable: true,
});

export const TABLES: readonly Table[] = [
  {
    name: "customers",
    description: "People and businesses who hold an account.",
    primaryKey: "customer_id",
    columns: [
      column("customer_id", "text", "Identifier, such as 'cus_000123'."),
      column("name", "text", "Full name as given at sign-up."),
      optional("email", "text", "Contact address."),
      optional("phone", "text", "Contact number, in the form the customer typed it."),
      column("country", "text", "Country of residence, ISO 3166-1 alpha-2."),
      optional("city", "text", "City of residence."),
      column("language", "text", "Preferred language, ISO 639-1.", LANGUAGES),
      column("timezone", "text", "IANA time zone of the device at sign-up."),
      column("segment", "text", "Kind of customer.", SEGMENTS),
      column("plan", "text", "Price plan at the time of the export."),
      column("signup_date", "date", "Day the account was opened (yyyy-mm-dd)."),
      column("kyc_status", "text", "State of the identity check.", KYC_STATUSES),
      column("status", "text", "State of the account.", CUSTOMER_STATUSES),
    ],
  },
  {
    name: "products",
    description: "What Harbourly sells.",
    primaryKey: "product_id",
    columns: [
      column("product_id", "text", "Identifier, such as 'prd_03'."),
      column("name", "text", "Name shown to customers."),
      column("category", "text", "Product family."),
    ],
  },
  {
    name: "agents",
    description: "People who answer tickets.",
    primaryKey: "agent_id",
    columns: [
      column("agent_id", "text", "Identifier, such as 'agt_012'."),
      column("name", "text", "First name and initial."),
      column("team", "text", "Team the agent belongs to."),
      column("languages", "json", "JSON array of ISO 639-1 codes."),
    ],
  },
  {
    name: "tickets",
    description: "One row per ticket; the body is the first message the customer wrote.",
    primaryKey: "ticket_id",
    columns: [
      column("ticket_id", "text", "Identifier, such as 'T-100234'."),
      column("created_at", "timestamp", "When the ticket was created."),
      column("updated_at", "timestamp", "When the ticket last changed."),
      optional("first_response_at", "timestamp", "First public reply by a person."),
      optional("solved_at", "timestamp", "When the ticket was last solved."),
      optional("customer_id", "text", "Who wrote; empty where the sender could not be matched."),
      optional("product_id", "text", "Product concerned."),
      column("channel", "text", "How the ticket came in.", CHANNELS),
      optional("language", "text", "Language as detected at intake; not always right.", LANGUAGES),
      optional("subject", "text", "Subject line; chat and phone often have none."),
      column("body", "text", "The customer's first message; may be empty."),
      column("status", "text", "State at the time of the export.", TICKET_STATUSES),
      optional("priority", "text", "Priority set at triage.", PRIORITIES),
      optional("category", "text", "Category set at triage; not always right.", CATEGORIES),
      column("tags", "json", "JSON array of free tags."),
      optional("assignee_id", "text", "Agent who owns the ticket."),
      optional("team", "text", "Team the ticket was routed to."),
      column("sla_policy", "text", "Name of the service-level policy."),
      column("sla_first_response_minutes", "integer", "Target for the first reply, in minutes."),
      column("sla_resolution_minutes", "integer", "Target for the solution, in minutes."),
      column("sla_breached", "boolean", "Whether either target was missed."),
      optional("csat_score", "integer", "Satisfaction, 1 (bad) to 5 (good)."),
      optional("csat_comment", "text", "What the customer wrote with the score."),
      column("reopened_count", "integer", "How often the ticket was reopened."),
    ],
  },
  {
    name: "messages",
    description: "Everything said in a ticket, the first message included, in order.",
    primaryKey: "message_id",
    columns: [
      column("message_id", "text", "Identifier, such as 'm_0000123'."),
      column("ticket_id", "text", "Ticket it belongs to."),
      column("author_type", "text", "Who wrote it.", AUTHOR_TYPES),
      optional("author_id", "text", "customer_id or agent_id; empty for bot, system and unmatched senders."),
      column("created_at", "timestamp", "When it was written."),
      column("body", "text", "Text; e-mail may hold HTML."),
      column("visibility", "text", "Internal notes are never shown to the customer.", VISIBILITIES),
      column("attachments", "json", "JSON array of {filename, content_type, size in bytes}."),
    ],
  },
  {
    name: "kb_articles",
    description: "Help-centre articles, drafts and archived versions included.",
    primaryKey: "article_id",
    columns: [
      column("article_id", "text", "Identifier, such as 'kb_0042'."),
      column("slug", "text", "Last part of the address in the help centre."),
      column("title", "text", "Title."),
      column("body_markdown", "text", "Article in Markdown."),
      column("category", "text", "Category it is filed under.", CATEGORIES),
      column("language", "text", "Language, ISO 639-1.", LANGUAGES),
      column("status", "text", "State of the article.", ARTICLE_STATUSES),
      column("updated_at", "timestamp", "Last edit."),
    ],
  },
];

export function tableNamed(name: TableName): Table {
  const table = TABLES.find((candidate) => candidate.name === name);
  if (!table) throw new RangeError(`no table named ${name}`);
  return table;
}
export { canonicalTime } from "./canonical-time.ts";
