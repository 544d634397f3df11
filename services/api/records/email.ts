import type { EmailItem, EmailTemplateName } from "../../shared/contracts/invitation-studio.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import { DEFAULT_TEMPLATES, type EmailText } from "../../shared/domain/email-template.ts";
import { enqueueAll } from "../../shared/queue/outbox.ts";

export interface TemplateRow extends EmailText {
  /** 0: nobody has changed it. */
  revision: number;
  updatedAt: Date | null;
}

/** As it is now: what an admin wrote, or what was delivered. */
export async function readTemplate(connection: Connection, name: EmailTemplateName): Promise<TemplateRow> {
  const row = await connection
    .selectFrom("email_template")
    .select(["subject", "body", "revision", "updated_at as updatedAt"])
    .where("name", "=", name)
    .executeTakeFirst();
  return row ?? { ...DEFAULT_TEMPLATES[name], revision: 0, updatedAt: null };
}

/** @returns false when somebody saved another revision meanwhile. */
export async function saveTemplate(
  transaction: DatabaseTransaction,
  name: EmailTemplateName,
  { subject, body, revision, by }: EmailText & { revision: number; by: string | null },
): Promise<boolean> {
  const values = { subject, body, updated_by: by, updated_at: new Date() };
  if (revision === 0) {
    const inserted = await transaction
      .insertInto("email_template")
      .values({ name, ...values })
      .onConflict((conflict) => conflict.doNothing())
      .returning("name")
      .executeTakeFirst();
    return inserted !== undefined;
  }
  const updated = await transaction
    .updateTable("email_template")
    .set({ ...values, revision: revision + 1 })
    .where("name", "=", name)
    .where("revision", "=", revision)
    .returning("name")
    .executeTakeFirst();
  return updated !== undefined;
}

export interface NewEmail {
  invitationId: string;
  requestId?: string;
  template: EmailTemplateName;
  recipient: string;
  createdBy: string | null;
}

/** Mails waiting to leave, as their template is now, each with the job that sends it. */
export async function insertEmails(
  transaction: DatabaseTransaction,
  { subject, body }: EmailText,
  emails: readonly NewEmail[],
): Promise<void> {
  for (let start = 0; start < emails.length; start += MAILS_A_STATEMENT)
    await insertSome(transaction, { subject, body }, emails.slice(start, start + MAILS_A_STATEMENT));
}

/** Each has the whole template in it: 5000 at once would be a statement of 100 MB. */
const MAILS_A_STATEMENT = 250;

async function insertSome(
  transaction: DatabaseTransaction,
  { subject, body }: EmailText,
  emails: readonly NewEmail[],
): Promise<void> {
  const rows = await transaction
    .insertInto("email_message")
    .values(
      emails.map((email) => ({
        invitation_id: email.invitationId,
        request_id: email.requestId ?? null,
        template: email.template,
        subject,
        body,
        recipient: email.recipient,
        created_by: email.createdBy,
      })),
    )
    .returning("id")
    .execute();
  await enqueueAll(
    transaction,
    "send-email",
    rows.map(({ id }) => ({ emailId: id })),
  );
}

/** Newest first. */
export async function listEmails(connection: Connection, invitationId: string): Promise<EmailItem[]> {
  const rows = await connection
    .selectFrom("email_message")
    .selectAll()
    .where("invitation_id", "=", invitationId)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    template: row.template as EmailTemplateName,
    recipient: row.recipient,
    state: row.state as EmailItem["state"],
    attempts: row.attempts,
    failure: row.failure,
    nextTryAt: row.state === "waiting" ? row.next_try_at.toISOString() : null,
    createdAt: row.created_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
  }));
}

/** Whether a mail of the template is on its way already. */
export async function isEmailWaiting(
  transaction: DatabaseTransaction,
  invitationId: string,
  template: EmailTemplateName,
): Promise<boolean> {
  const row = await transaction
    .selectFrom("email_message")
    .select("id")
    .where("invitation_id", "=", invitationId)
    .where("template", "=", template)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return row !== undefined;
}
