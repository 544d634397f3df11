import { LockKeyhole } from "lucide-react";
import type { AttemptView } from "../../shared/contracts/candidate.ts";
import { NoticePage } from "../ui/notice-page.tsx";
import { formatInstant } from "../ui/time-words.ts";

/** An attempt that ended without a submission. */
export function EndedView({ attempt }: { attempt: AttemptView }) {
  const revoked = attempt.endReason === "revoked";
  return (
    <NoticePage
      icon={<LockKeyhole aria-hidden />}
      title={revoked ? "This invitation was withdrawn" : "This attempt has ended"}
      role="alert"
      data-testid={revoked ? "revoked" : "ended"}
      footnote={attempt.endedAt ? `Ended on ${formatInstant(attempt.endedAt)}.` : null}
    >
      {revoked ? (
        <p>The workspace was closed and nothing was submitted or passed on to reviewers.</p>
      ) : (
        <p>{attempt.failure ?? "The workspace was closed before anything was submitted."}</p>
      )}
      <p>If you did not expect that, reply to the e-mail that invited you and ask what happens next.</p>
    </NoticePage>
  );
}
