import { allowedSec } from "../../shared/domain/clock.ts";
import { emailValues, renderEmail, retryDelaySec } from "../../shared/domain/email-template.ts";
import { invitationLink } from "../../shared/domain/invitation-link.ts";
import { TokenSealer } from "../../shared/domain/sealed-token.ts";
import type { JobPayload } from "../../shared/queue/jobs.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import type { WorkerContext } from "../context.ts";
import { MailFailure } from "../mail/mailer.ts";
import {
  claimEmail,
  type EmailRecord,
  markSent,
  markUndeliverable,
  postponeEmail,
} from "../records/email-record.ts";
import type { JobRun } from "./job-run.ts";

/**
 * Hands one mail to the mail server. The link exists only from here to the server: it is in no row, job or log line.
 * A crash between the server's answer and our row sends the mail once more, under the same Message-ID.
 */
export async function sendEmail(
  context: WorkerContext,
  payload: JobPayload<"send-email">,
  run: JobRun,
): Promise<void> {
  const email = await claimEmail(context.db, payload.emailId);
  if (!email) return run.bailOut("the mail is sent, given up, being sent, or not due yet");
  const obstacle = obstacleOf(context, email);
  if (obstacle) return markUndeliverable(context.db, email.id, obstacle);
  const link = linkFor(context, email);
  try {
    await context.mailer!.send(mailOf(context, email, link));
    await markSent(context.db, email.id);
  } catch (error) {
    if (!(error instanceof MailFailure)) throw error;
    // A server may quote what it was sent.
    const failure = error.message.replaceAll(link, "[link]");
    await retryLater(context, email, new MailFailure(failure, error.isFinal));
  }
}

function obstacleOf({ mailer }: WorkerContext, { template, invitation }: EmailRecord): string | null {
  if (!mailer) return "No mail server is set up any more.";
  if (template !== "invitation") return null;
  if (invitation.isRevoked) return "The invitation was withdrawn before the mail could leave.";
  return invitation.isExpired ? "The invitation expired before the mail could leave." : null;
}

function linkFor({ config }: WorkerContext, { invitation }: EmailRecord): string {
  const sealer = new TokenSealer(config.secret);
  return invitationLink(config.publicUrl, sealer, invitation.id, invitation.linkGeneration);
}

function mailOf({ config }: WorkerContext, email: EmailRecord, link: string) {
  const { invitation, spec, request } = email;
  const values = emailValues({
    candidateName: invitation.candidateName,
    company: spec.company.name,
    role: spec.role.title,
    assessment: spec.title,
    allowedSec: allowedSec(spec.limitSec, invitation.extraTimeFactor),
    validFrom: invitation.validFrom,
    expiresAt: invitation.expiresAt,
    link,
    request,
  });
  return {
    ...renderEmail(email, values),
    to: { name: invitation.candidateName, address: email.recipient },
    messageId: `<${email.id}@${new URL(config.publicUrl).hostname}>`,
  };
}

async function retryLater(context: WorkerContext, email: EmailRecord, failure: MailFailure): Promise<void> {
  const delaySec = failure.isFinal ? null : retryDelaySec(email.attempts);
  context.log.warn(
    { emailId: email.id, tries: email.attempts, retryInSec: delaySec },
    "a mail was not taken",
  );
  if (delaySec === null) return markUndeliverable(context.db, email.id, failure.message);
  const runAt = await postponeEmail(context.db, email.id, failure.message, delaySec);
  if (!runAt) return;
  // A little late rather than a little early: a mail that is not due yet is not taken.
  const due = new Date(runAt.getTime() + 500);
  await enqueue(context.db, "send-email", { emailId: email.id }, { runAt: due });
}
