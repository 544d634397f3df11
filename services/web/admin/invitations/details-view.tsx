import { MailPlus, PencilLine, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import type { EmailItem, InvitationDetails } from "../../../shared/contracts/invitation-studio.ts";
import { Badge } from "../../ui/badge.tsx";
import type { Tone } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { KeyValues } from "../../ui/key-values.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { durationWords, formatInstant } from "../../ui/time-words.ts";
import { RequestFacts } from "./request-facts.tsx";

export interface DetailsViewProps {
  details: InvitationDetails;
  isMailConfigured: boolean;
  resend: { run: () => void; isPending: boolean; error: unknown };
  onEdit: () => void;
  onReinvite: () => void;
}

export function DetailsView({ details, isMailConfigured, resend, onEdit, onReinvite }: DetailsViewProps) {
  const { item, emails, requests, messages, credits, faults } = details;
  const isOpen = item.status !== "revoked" && item.status !== "expired";
  return (
    <div className="flex flex-col gap-6 pt-1" data-testid="details">
      <div className="flex flex-wrap gap-2">
        {details.canEdit ? (
          <Button size="small" onPress={onEdit} data-testid="details-edit">
            <PencilLine aria-hidden size={15} /> Window and extra time
          </Button>
        ) : null}
        {isMailConfigured && isOpen ? (
          <Button size="small" onPress={resend.run} isPending={resend.isPending} data-testid="details-resend">
            <MailPlus aria-hidden size={15} />
            {emails.some(({ template }) => template === "invitation")
              ? "Send the e-mail again"
              : "Send by e-mail"}
          </Button>
        ) : null}
        {details.canReinvite ? (
          <Button size="small" onPress={onReinvite} data-testid="details-reinvite">
            <RotateCw aria-hidden size={15} /> Invite anew
          </Button>
        ) : null}
      </div>
      {resend.error ? <ErrorState error={resend.error} /> : null}
      <Facts details={details} />
      <Part title="E-mail" empty={isMailConfigured ? "None was sent." : "No mail server is set up."}>
        {emails.map((email) => (
          <EmailRow key={email.id} email={email} />
        ))}
      </Part>
      {requests.length > 0 ? (
        <Part title="Asked for">
          {requests.map((request) => (
            <li key={request.id} className="px-4 py-3">
              <RequestFacts request={request} />
            </li>
          ))}
        </Part>
      ) : null}
      {messages.length > 0 ? (
        <Part title="Messages">
          {messages.map(({ id, text, sentAt, sentBy, readAt }) => (
            <li key={id} className="px-4 py-3">
              <p className="break-words whitespace-pre-wrap text-ink">{text}</p>
              <p className="mt-1 text-[0.84rem] text-ink-faint">
                {sentBy ?? "A program"}, {formatInstant(sentAt)} ·{" "}
                {readAt ? `read ${formatInstant(readAt)}` : "not read yet"}
              </p>
            </li>
          ))}
        </Part>
      ) : null}
      {credits.length > 0 ? (
        <Part title="Time given">
          {credits.map(({ seconds, reason, at }) => (
            <li key={at} className="flex flex-wrap justify-between gap-x-4 px-4 py-2.5">
              <span className="min-w-0">{reason}</span>
              <span className="text-ink tabular-nums">{durationWords(seconds)}</span>
            </li>
          ))}
        </Part>
      ) : null}
      {faults.length > 0 ? (
        <Part title="Faults met">
          {faults.map(({ hostname, fault, count }) => (
            <li key={hostname + fault} className="flex flex-wrap justify-between gap-x-4 px-4 py-2.5">
              <span>
                {fault} <span className="text-ink-faint">at {hostname}</span>
              </span>
              <span className="text-ink tabular-nums">{count} ×</span>
            </li>
          ))}
        </Part>
      ) : null}
    </div>
  );
}

function Facts({ details }: { details: InvitationDetails }) {
  const { item, revokedAt, revokeReason, consentedAt, reinvitedAs, reinvitedFrom } = details;
  const facts = [
    { name: "E-mail", value: item.candidateEmail },
    { name: "Assessment", value: `${item.assessmentTitle}, version ${item.assessmentVersion}` },
    { name: "Can be started", value: `${formatInstant(item.validFrom)} to ${formatInstant(item.expiresAt)}` },
    {
      name: "Extra time",
      value: item.extraTimeFactor > 1 ? `${item.extraTimeFactor} × the time; reviewers are not told` : "None",
    },
    {
      name: "Invited",
      value: `${formatInstant(details.createdAt)}${details.createdBy ? ` by ${details.createdBy}` : ""}`,
    },
    ...(consentedAt ? [{ name: "Agreed to the conditions", value: formatInstant(consentedAt) }] : []),
    ...(revokedAt
      ? [{ name: "Revoked", value: `${formatInstant(revokedAt)}${revokeReason ? `: ${revokeReason}` : ""}` }]
      : []),
    ...(reinvitedFrom ? [{ name: "History", value: "Replaces an earlier invitation" }] : []),
    ...(reinvitedAs ? [{ name: "Since then", value: "Was invited anew" }] : []),
  ];
  return <KeyValues items={facts} />;
}

function Part({ title, empty, children }: { title: string; empty?: string; children: ReactNode[] }) {
  return (
    <section>
      <h3 className="mb-2 font-[620] text-ink">{title}</h3>
      {children.length > 0 ? (
        <ul className="divide-y divide-line rounded-lg border border-line text-[0.933rem]">{children}</ul>
      ) : (
        <p className="text-[0.933rem]">{empty}</p>
      )}
    </section>
  );
}

const EMAIL_STATES: Record<EmailItem["state"], { label: string; tone: Tone }> = {
  waiting: { label: "Waiting", tone: "neutral" },
  sent: { label: "Sent", tone: "good" },
  failed: { label: "Not delivered", tone: "danger" },
};
const TEMPLATES = { invitation: "Invitation", answer: "Answer to a request" };

function EmailRow({ email }: { email: EmailItem }) {
  const { label, tone } = EMAIL_STATES[email.state];
  return (
    <li className="px-4 py-3" data-testid={`email-${email.state}`}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="text-ink">{TEMPLATES[email.template]}</p>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <p className="text-[0.84rem] text-ink-faint">
        {email.sentAt ? `${formatInstant(email.sentAt)} to ` : "To "}
        {email.recipient}
        {email.nextTryAt && email.attempts > 0
          ? ` · tried ${email.attempts} times, again at ${formatInstant(email.nextTryAt).slice(-5)}`
          : ""}
      </p>
      {email.failure ? (
        <p className="mt-1 font-mono text-[0.8rem] break-words text-danger">{email.failure}</p>
      ) : null}
    </li>
  );
}
