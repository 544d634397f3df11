import { CalendarClock, CircleAlert, Hourglass, Link2Off, LockKeyhole, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { ProblemError } from "../api-client/problem-error.ts";
import { Button } from "../ui/button.tsx";
import { NoticePage } from "../ui/notice-page.tsx";
import { RequestId } from "../ui/states.tsx";
import { formatInstant, timeZoneName } from "../ui/time-words.ts";

interface Words {
  icon: ReactNode;
  title: string;
  text: ReactNode;
  retry?: boolean;
}

/** Why a personal link does not lead on, and what the candidate can do. */
function wordsFor(code: string, detail: string | undefined): Words | null {
  switch (code) {
    case "invitation_not_found":
      return {
        icon: <Link2Off aria-hidden />,
        title: "This link is not complete",
        text: (
          <>
            <p>We could not find an invitation for it. E-mail programs sometimes cut a long link in two.</p>
            <p>Open your invitation e-mail again and copy the whole link into the address bar.</p>
          </>
        ),
      };
    case "invitation_not_yet_valid":
      return {
        icon: <CalendarClock aria-hidden />,
        title: "You are early",
        text: (
          <>
            <p>{detail ? <OpeningTime detail={detail} /> : "Your invitation is not open yet."}</p>
            <p>Keep the link: it will work then. Nothing is lost by having opened it now.</p>
          </>
        ),
        retry: true,
      };
    case "invitation_expired":
      return {
        icon: <Hourglass aria-hidden />,
        title: "This invitation has expired",
        text: (
          <p>
            It can no longer be started. If you would still like to take part, reply to the e-mail that
            invited you and ask for a new link.
          </p>
        ),
      };
    case "invitation_revoked":
      return {
        icon: <LockKeyhole aria-hidden />,
        title: "This invitation was withdrawn",
        text: <p>If you did not expect that, reply to the e-mail that invited you and ask what happened.</p>,
      };
    case "candidate_session_required":
      return {
        icon: <LockKeyhole aria-hidden />,
        title: "Please open your personal link again",
        text: (
          <>
            <p>
              This browser does not hold your session any more, or it never did. The link in your invitation
              e-mail brings you back to exactly where you were.
            </p>
            <p>Your work is safe. If your clock is running, it goes on.</p>
          </>
        ),
      };
    case "offline":
      return {
        icon: <WifiOff aria-hidden />,
        title: "We cannot be reached",
        text: (
          <>
            <p>Your connection to the internet seems to be interrupted.</p>
            <p>Check your network or VPN, then try again. If you were working, what you saved is safe.</p>
          </>
        ),
        retry: true,
      };
    default:
      return null;
  }
}

/** A detail that is a bare instant is shown in the reader's own time; anything else as it is. */
function OpeningTime({ detail }: { detail: string }) {
  const instant = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(detail)?.[0];
  if (!instant) return <>{detail}</>;
  return (
    <>
      Your invitation opens on{" "}
      <time dateTime={instant} className="font-[620] text-ink">
        {formatInstant(instant)} {timeZoneName(instant)}
      </time>
      .
    </>
  );
}

export interface InvitationProblemProps {
  error: unknown;
  onRetry: () => void;
}

export function InvitationProblem({ error, onRetry }: InvitationProblemProps) {
  const { problem, code, transient } = ProblemError.from(error);
  const words: Words = wordsFor(code, problem.detail) ?? {
    icon: <CircleAlert aria-hidden />,
    title: problem.title,
    text: <p>{problem.hint}</p>,
    retry: transient,
  };
  return (
    <NoticePage
      icon={words.icon}
      title={words.title}
      role="alert"
      data-testid={`problem-${code}`}
      actions={
        words.retry ? (
          <Button variant="primary" onPress={onRetry}>
            Try again
          </Button>
        ) : null
      }
      footnote={problem.requestId ? <RequestId id={problem.requestId} /> : null}
    >
      {words.text}
    </NoticePage>
  );
}
