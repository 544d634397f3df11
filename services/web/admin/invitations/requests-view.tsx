import { Inbox } from "lucide-react";
import type { AdminRequestItem, AdminRequestList } from "../../../shared/contracts/invitation-studio.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Breadcrumbs } from "../../ui/breadcrumbs.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { EmptyState, ErrorState, SkeletonText } from "../../ui/states.tsx";
import { formatInstant } from "../../ui/time-words.ts";
import { RequestFacts } from "./request-facts.tsx";

export interface RequestsViewProps {
  /** Null while loading. */
  list: AdminRequestList | null;
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
  state: "open" | "answered";
  onState: (state: "open" | "answered") => void;
  onAnswer: (request: AdminRequestItem) => void;
}

/** What candidates ask for, the one who waits longest first. */
export function RequestsView(props: RequestsViewProps) {
  const { list, error, state, onState } = props;
  useDocumentTitle("Requests");
  return (
    <>
      <PageHeading
        eyebrow={<Breadcrumbs items={[{ label: "Board", href: "/admin" }]} />}
        title="Requests"
        lead="Candidates who ask for another date or for extra time before they start. Reviewers never see this."
      />
      <div className="mt-8">
        <Segmented
          label="Which requests to show"
          value={state}
          onChange={onState}
          options={[
            { value: "open", label: "Waiting", count: list?.openCount },
            { value: "answered", label: "Answered" },
          ]}
        />
        <div className="mt-3">
          {list ? (
            <List {...props} items={list.items} />
          ) : error ? (
            <ErrorState error={error} onRetry={props.onRetry} isRetrying={props.isRetrying} />
          ) : (
            <Card>
              <SkeletonText lines={6} label="Loading the requests" />
            </Card>
          )}
        </div>
      </div>
    </>
  );
}

function List({ items, state, onAnswer }: RequestsViewProps & { items: readonly AdminRequestItem[] }) {
  if (items.length === 0)
    return (
      <Card data-testid="requests-empty">
        <EmptyState
          icon={<Inbox aria-hidden size={28} />}
          title={state === "open" ? "Nobody waits" : "None yet"}
        >
          {state === "open"
            ? "When a candidate asks for something, it appears here and on the board."
            : "Answered requests are kept here."}
        </EmptyState>
      </Card>
    );
  return (
    <Card padding="none">
      <ul className="divide-y divide-line" data-testid="requests-list">
        {items.map((request) => (
          <li key={request.id} className="grid gap-x-8 gap-y-3 px-5 py-4 md:grid-cols-[15rem_1fr_auto]">
            <div className="min-w-0">
              <p className="truncate font-[620]">{request.candidateName}</p>
              <p className="truncate text-[0.84rem] text-ink-soft">{request.candidateEmail}</p>
              <p className="truncate text-[0.84rem] text-ink-faint">{request.assessmentTitle}</p>
              <p className="text-[0.84rem] text-ink-faint">
                until {formatInstant(request.expiresAt)}
                {request.extraTimeFactor > 1 ? ` · ${request.extraTimeFactor} × the time` : ""}
              </p>
            </div>
            <div className="min-w-0 text-[0.933rem] text-ink-soft">
              <RequestFacts request={request} hidesState={request.state === "open"} />
              {request.answeredBy && request.answeredAt ? (
                <p className="mt-1 text-[0.84rem] text-ink-faint">
                  {request.answeredBy}, {formatInstant(request.answeredAt)}
                </p>
              ) : null}
            </div>
            {request.state === "open" ? (
              <Button
                onPress={() => onAnswer(request)}
                className="self-start justify-self-start"
                data-testid={`answer-${request.id}`}
              >
                Answer
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
