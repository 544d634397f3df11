import {
  EMAIL_PLACEHOLDERS,
  type EmailPlaceholder,
  type EmailTemplateName,
  PLACEHOLDERS_OF,
} from "../contracts/invitation-studio.ts";

export interface EmailText {
  subject: string;
  body: string;
}

/** As delivered, until an admin writes others. */
export const DEFAULT_TEMPLATES: Record<EmailTemplateName, EmailText> = {
  invitation: {
    subject: "Your work sample for {{role}} at {{company}}",
    body: `Hello {{candidate_name}},

we would like to see how you work: {{assessment}}, {{duration}} in one sitting, whenever it suits you between {{valid_from}} and {{expires}}.

This is your personal link:
{{link}}

Opening it does not start the clock. You can read what to expect, try a practice workspace and ask us for another date or for extra time there.

{{company}}`,
  },
  answer: {
    subject: "Your request to {{company}}",
    body: `Hello {{candidate_name}},

you asked us for {{request}}. Our answer:

{{answer}}

You have {{duration}}, and can start until {{expires}}:
{{link}}

{{company}}`,
  },
};

/** What may not stand in a subject: it has one line, and a link there would be kept by every mail server. */
const NOT_IN_SUBJECT: readonly EmailPlaceholder[] = ["link", "request", "answer"];
const PLACEHOLDER = /\{\{\s*([a-z_]+)\s*\}\}/g;

export interface TemplateFault {
  path: "subject" | "body";
  kind: "unknown" | "missing" | "broken";
  message: string;
}

/** What is wrong with a template; empty when nothing is. */
export function templateFaults(name: EmailTemplateName, { subject, body }: EmailText): TemplateFault[] {
  const { known, required } = PLACEHOLDERS_OF[name];
  const inSubject = known.filter((one) => !NOT_IN_SUBJECT.includes(one));
  const missing = required.filter((one) => !namesIn(body).includes(one));
  return [
    ...faultsOf("subject", subject, inSubject),
    ...faultsOf("body", body, known),
    ...missing.map((one) => ({
      path: "body" as const,
      kind: "missing" as const,
      message: `needs {{${one}}}: ${EMAIL_PLACEHOLDERS[one].toLowerCase()}`,
    })),
  ];
}

function faultsOf(path: "subject" | "body", text: string, known: readonly string[]): TemplateFault[] {
  const unknown = [...new Set(namesIn(text))].filter((one) => !known.includes(one));
  const faults: TemplateFault[] = unknown.map((one) => ({
    path,
    kind: "unknown",
    message: `{{${one}}} cannot stand here; known are ${known.map((name) => `{{${name}}}`).join(", ")}`,
  }));
  const rest = text.replaceAll(PLACEHOLDER, "");
  if (/\{\{|\}\}/.test(rest))
    faults.push({
      path,
      kind: "broken",
      message: "has {{ or }} that is not part of a placeholder such as {{candidate_name}}",
    });
  return faults;
}

function namesIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1]!);
}

export type EmailValues = Partial<Record<EmailPlaceholder, string>>;

/**
 * Fills a template in, in one pass: what a value holds is never looked at again, so a candidate called
 * `{{link}}` gets no link. The subject stays one line whatever the values are. In the HTML everything is escaped, and
 * the link is one.
 */
export function renderEmail(
  template: EmailText,
  values: EmailValues,
): { subject: string; text: string; html: string } {
  const plain = (text: string) =>
    text.replaceAll(PLACEHOLDER, (_whole, name: string) => values[name as EmailPlaceholder] ?? "");
  const subject = plain(template.subject)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, 400);
  return { subject, text: plain(template.body), html: htmlOf(template.body, values) };
}

const STYLE =
  "font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:16px;line-height:1.55;color:#1c1b19;max-width:36em";

function htmlOf(body: string, values: EmailValues): string {
  const paragraphs = body.split(/\n\s*\n/).map((paragraph) => {
    const parts = paragraph.split(PLACEHOLDER);
    // `split` with a group gives text and names in turn.
    const html = parts.map((part, index) => (index % 2 === 0 ? lines(part) : filledIn(part, values)));
    return `<p>${html.join("")}</p>`;
  });
  return `<!doctype html><html lang="en"><body><div style="${STYLE}">${paragraphs.join("\n")}</div></body></html>`;
}

function filledIn(name: string, values: EmailValues): string {
  const value = values[name as EmailPlaceholder] ?? "";
  if (name !== "link") return lines(value);
  const href = escapeHtml(value);
  return /^https?:\/\//.test(value) ? `<a href="${href}">${href}</a>` : href;
}

const lines = (text: string) => escapeHtml(text).replaceAll(/\r?\n/g, "<br>");

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);

/** What stands for the link where a mail is only looked at. */
export const HIDDEN_LINK = "(the personal link)";

export interface EmailFacts {
  candidateName: string;
  company: string;
  role: string;
  assessment: string;
  /** Extra time included. */
  allowedSec: number;
  validFrom: Date;
  expiresAt: Date;
  link: string;
  request?: { kind: "new_date" | "extra_time"; answer: string } | null;
}

export function emailValues(facts: EmailFacts): EmailValues {
  return {
    candidate_name: facts.candidateName,
    company: facts.company,
    role: facts.role,
    assessment: facts.assessment,
    duration: durationWords(facts.allowedSec),
    valid_from: dateWords(facts.validFrom),
    expires: dateWords(facts.expiresAt),
    link: facts.link,
    ...(facts.request
      ? {
          request: facts.request.kind === "new_date" ? "another date" : "extra time",
          answer: facts.request.answer,
        }
      : {}),
  };
}

const DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone: "UTC" });

/** In UTC, and saying so: a mail does not know where it is read. */
function dateWords(date: Date): string {
  return `${DATE.format(date)} UTC`;
}

function durationWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  const parts = [
    [Math.floor(minutes / 60), "hour"],
    [minutes % 60, "minute"],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, unit]) => counted(count, unit));
  return words.length > 0 ? words.join(" ") : counted(0, "minute");
}

const counted = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"}`;

const FIRST_RETRY_SEC = 30;
const MAX_TRIES = 7;

/**
 * Seconds until a mail is tried again after it failed `tries` times for a reason that may pass: 30 s, 2, 8, 32 minutes,
 * 2 and 8.5 hours. Null when it is given up.
 */
export function retryDelaySec(tries: number): number | null {
  return tries >= MAX_TRIES ? null : FIRST_RETRY_SEC * 4 ** (tries - 1);
}
