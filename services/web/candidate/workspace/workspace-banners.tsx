import { type ReactNode, useEffect, useState } from "react";
import type { AttemptView } from "../../../shared/contracts/candidate.ts";
import { remainingMs } from "../../../shared/domain/clock.ts";
import type { StreamState } from "../../api-client/event-source.ts";
import { Banner } from "../../ui/banner.tsx";
import { useServerNow } from "../../ui/countdown.tsx";
import { durationWords } from "../../ui/time-words.ts";
import { LiveRegion } from "../../ui/toast.tsx";
import { currentWarning } from "../server-clock.ts";

/** Reconnecting takes a second or two: nobody needs to hear of that. */
const PATIENCE_MS = 4_000;

export interface WorkspaceBannersProps {
  /** Messages of the people who run the assessment. */
  messages: ReactNode;
  attempt: AttemptView;
  offsetMs: number;
  stream: StreamState;
}

export function WorkspaceBanners({ messages, attempt, offsetMs, stream }: WorkspaceBannersProps) {
  const disconnected = useLasting(stream === "lost", PATIENCE_MS);
  return (
    <>
      {disconnected ? (
        <Banner
          flush
          tone="warn"
          role="status"
          title="The connection to us is interrupted"
          data-testid="disconnected"
        >
          We are reconnecting. Keep working if the editor answers: what you do there is saved when it is back.
          The clock goes on.
        </Banner>
      ) : null}
      {messages}
      {attempt.pausedAt ? (
        <Banner flush tone="warn" role="alert" title="Your clock stands still" data-testid="paused">
          <p>{attempt.pauseReason}</p>
          <p>It is our fault, so the time is yours: it goes on where it stopped.</p>
        </Banner>
      ) : attempt.startedAt && attempt.deadlineAt ? (
        <TimeWarning startedAt={attempt.startedAt} deadlineAt={attempt.deadlineAt} offsetMs={offsetMs} />
      ) : null}
    </>
  );
}

function TimeWarning({
  startedAt,
  deadlineAt,
  offsetMs,
}: {
  startedAt: string;
  deadlineAt: string;
  offsetMs: number;
}) {
  const now = useServerNow(offsetMs);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const allowedSec = (Date.parse(deadlineAt) - Date.parse(startedAt)) / 1000;
  const warning = currentWarning(allowedSec, remainingMs(new Date(deadlineAt), new Date(now)));
  // Time that was added takes a warning back; the same one may then be due again later.
  useEffect(() => {
    if (warning === null) setDismissed(null);
  }, [warning]);

  const words = warning === null ? "" : durationWords(warning);
  return (
    <>
      <LiveRegion message={warning === null ? "" : `Less than ${words} left.`} />
      {warning !== null && warning !== dismissed ? (
        <Banner
          flush
          tone={warning <= 120 ? "danger" : "warn"}
          title={`Less than ${words} left`}
          onDismiss={() => setDismissed(warning)}
          data-testid={`warning-${warning}`}
        >
          {warning <= 120
            ? "Save your files. At the end your work is submitted as it stands; you need to do nothing."
            : "A good moment to see that what you have runs, and to write your notes to the reviewer."}
        </Banner>
      ) : null}
    </>
  );
}

/** True once `condition` has held for that long. */
function useLasting(condition: boolean, forMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!condition) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), forMs);
    return () => clearTimeout(timer);
  }, [condition, forMs]);
  return lasting;
}
