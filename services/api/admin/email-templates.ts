import type { z } from "zod";
import {
  type EmailPreview,
  type EmailSettings,
  EmailTemplateName,
  type SaveEmailTemplateRequest,
} from "../../shared/contracts/invitation-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { Connection, Database } from "../../shared/db/database.ts";
import {
  type EmailText,
  emailValues,
  HIDDEN_LINK,
  renderEmail,
  templateFaults,
} from "../../shared/domain/email-template.ts";
import type { ApiContext } from "../context.ts";
import { readTemplate, saveTemplate } from "../records/email.ts";

export async function readEmailSettings(
  connection: Connection,
  config: Pick<ApiContext["config"], "smtpUrl" | "mailFrom">,
): Promise<EmailSettings> {
  const isConfigured = config.smtpUrl !== "";
  const templates = EmailTemplateName.options.map((name) => readEmailTemplate(connection, name));
  return {
    isConfigured,
    from: isConfigured ? config.mailFrom : null,
    templates: await Promise.all(templates),
  };
}

export async function readEmailTemplate(connection: Connection, name: EmailTemplateName) {
  const { updatedAt, ...template } = await readTemplate(connection, name);
  return {
    name,
    ...template,
    isDefault: template.revision === 0,
    updatedAt: updatedAt?.toISOString() ?? null,
  };
}

/** @throws PlatformError placeholder_unknown, placeholder_missing, email_template_conflict */
export async function saveEmailTemplate(
  db: Database,
  name: EmailTemplateName,
  request: z.infer<typeof SaveEmailTemplateRequest>,
  actor: AuditActor,
): Promise<void> {
  requireSound(name, request);
  await db.transaction().execute(async (transaction) => {
    const { subject, body, revision } = await readTemplate(transaction, name);
    if (subject === request.subject && body === request.body && revision > 0) return;
    if (!(await saveTemplate(transaction, name, { ...request, by: staffIdOfActor(actor) })))
      throw new PlatformError("email_template_conflict");
    await recordAudit(transaction, actor, {
      action: "email_template.edit",
      subject: { type: "email_template", id: name, label: name },
      before: { subject, body },
      after: { subject: request.subject, body: request.body },
    });
  });
}

function requireSound(name: EmailTemplateName, template: EmailText): void {
  const faults = templateFaults(name, template);
  if (faults.length === 0) return;
  const code = faults.every(({ kind }) => kind === "missing") ? "placeholder_missing" : "placeholder_unknown";
  throw new PlatformError(code, undefined, {
    errors: faults.map(({ path, message }) => ({ path, message })),
  });
}

const DAY_MS = 24 * 3600_000;

/** With values nobody has. @throws PlatformError placeholder_unknown, placeholder_missing */
export function previewEmail(name: EmailTemplateName, template: EmailText): EmailPreview {
  requireSound(name, template);
  const today = new Date(new Date().setUTCHours(9, 0, 0, 0));
  const values = emailValues({
    candidateName: "Maya Lindqvist",
    company: "Your company",
    role: "Applied AI engineer",
    assessment: "Support triage, in two hours",
    allowedSec: 2 * 3600,
    validFrom: today,
    expiresAt: new Date(today.getTime() + 14 * DAY_MS),
    link: HIDDEN_LINK,
    request: { kind: "new_date", answer: "Of course. Take the week after." },
  });
  return renderEmail(template, values);
}
