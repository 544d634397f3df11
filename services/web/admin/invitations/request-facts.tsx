import type { CandidateRequestView } from "../../../shared/contracts/invitation-studio.ts";
import { Badge } from "../../ui/badge.tsx";
import type { Tone } from "../../ui/banner.tsx";
import { formatInstant } from "../../ui/time-words.ts";

const STATES: Record<CandidateRequestView["state"], { label: string; tone: Tone }> = {
  open: { label: "Waits for you", tone: "warn" },
  granted: { label: "Granted", tone: "good" },
  declined: { label: "Declined", tone: "neutral" },
  withdrawn: { label: "Taken back", tone: "neutral" },
};
const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });
export const KIND_WORDS = { new_date: "Another date", extra_time: "Extra time" };

/** What somebody asked for, in their words, and the answer. */
export function RequestFacts({
  request,
  hidesState,
}: {
  request: CandidateRequestView;
  hidesState?: boolean;
}) {
  const { label, tone } = STATES[request.state];
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="text-ink">
          <span className="font-medium">{KIND_WORDS[request.kind]}</span>
          {request.wantedDate ? `, around ${DAY.format(new Date(`${request.wantedDate}T00:00:00Z`))}` : ""}
          <span className="text-[0.84rem] text-ink-faint"> · {formatInstant(request.createdAt)}</span>
        </p>
        {hidesState ? null : <Badge tone={tone}>{label}</Badge>}
      </div>
      <p className="mt-1 break-words whitespace-pre-wrap">{request.message}</p>
      {request.answer ? (
        <p className="mt-2 border-l-2 border-accent-line pl-3 break-words whitespace-pre-wrap text-ink">
          {request.answer}
        </p>
      ) : null}
    </>
  );
}
