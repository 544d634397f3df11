import type { CandidateView } from "../../../shared/contracts/candidate.ts";
import { Badge } from "../../ui/badge.tsx";
import type { Tone } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { formatInstant } from "../../ui/time-words.ts";
import { dayWords, REQUEST_WORDS, type RequestKind } from "./request-words.ts";

type Request = CandidateView["requests"][number];

export interface RequestCardProps {
  requests: readonly Request[];
  onAsk: (kind: RequestKind) => void;
  onWithdraw: (requestId: string) => void;
  /** The request that is being taken back. */
  withdrawing: string | null;
  error: unknown;
}

/** What the candidate asked for and what became of it, and how to ask. */
export function RequestCard({ requests, onAsk, onWithdraw, withdrawing, error }: RequestCardProps) {
  const isOpen = (kind: RequestKind) => requests.some((one) => one.kind === kind && one.state === "open");
  const kinds = (["new_date", "extra_time"] as const).filter((kind) => !isOpen(kind));
  const shown = requests.filter(({ state }) => state !== "withdrawn");
  return (
    <div className="flex flex-col gap-4">
      <p>
        If the dates do not suit you, or you need more time because of a disability or another good reason,
        ask. Reviewers never learn of it, and it does not count against you.
      </p>
      {shown.length > 0 ? (
        <ul className="divide-y divide-line rounded-lg border border-line" data-testid="requests">
          {shown.map((request) => (
            <RequestRow
              key={request.id}
              request={request}
              isWithdrawing={withdrawing === request.id}
              onWithdraw={() => onWithdraw(request.id)}
            />
          ))}
        </ul>
      ) : null}
      {error ? <ErrorState error={error} /> : null}
      {kinds.length > 0 ? (
        <div className="flex flex-wrap gap-2">
          {kinds.map((kind) => (
            <Button key={kind} size="small" onPress={() => onAsk(kind)} data-testid={`ask-${kind}`}>
              {REQUEST_WORDS[kind].button}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}

const STATES: Record<Request["state"], { label: string; tone: Tone }> = {
  open: { label: "Waiting for an answer", tone: "neutral" },
  granted: { label: "Granted", tone: "good" },
  declined: { label: "Declined", tone: "warn" },
  withdrawn: { label: "Taken back", tone: "neutral" },
};

interface RequestRowProps {
  request: Request;
  isWithdrawing: boolean;
  onWithdraw: () => void;
}

function RequestRow({ request, isWithdrawing, onWithdraw }: RequestRowProps) {
  const { label, tone } = STATES[request.state];
  return (
    <li className="px-4 py-3" data-testid={`request-${request.state}`}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="font-medium text-ink">
          {REQUEST_WORDS[request.kind].noun}
          {request.wantedDate ? `, around ${dayWords(request.wantedDate)}` : ""}
        </p>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <p className="mt-1 text-[0.9rem] break-words whitespace-pre-wrap">{request.message}</p>
      {request.answer ? (
        <div className="mt-2 border-l-2 border-accent-line pl-3">
          <p className="text-[0.84rem] text-ink-faint">
            Answer, {request.answeredAt ? formatInstant(request.answeredAt) : ""}
          </p>
          <p className="text-[0.933rem] break-words whitespace-pre-wrap text-ink">{request.answer}</p>
        </div>
      ) : null}
      {request.state === "open" ? (
        <Button
          size="small"
          variant="quiet"
          className="mt-2 -ml-2"
          onPress={onWithdraw}
          isPending={isWithdrawing}
          data-testid="withdraw"
        >
          Take it back
        </Button>
      ) : null}
    </li>
  );
}
