import { enqueue } from "../../shared/queue/outbox.ts";
import type { WorkerContext } from "../context.ts";
import { takeForgottenEmails } from "../records/email-record.ts";

/** A few thousand invitations at once take the mail server minutes, and have their jobs. */
const PATIENCE_SEC = 300;

/** Mails that should have left long ago and that no job seems to send. */
export async function sendForgottenEmails({ db, log }: WorkerContext): Promise<void> {
  for (const emailId of await takeForgottenEmails(db, PATIENCE_SEC)) {
    log.warn({ emailId }, "a mail was left waiting; asking again");
    await enqueue(db, "send-email", { emailId });
  }
}
