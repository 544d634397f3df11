import { CheckCheck, EyeOff, Inbox, SearchX } from "lucide-react";
import { useMemo, useState } from "react";
import type { QueueItem } from "../../shared/contracts/review.ts";
import { PageHeading } from "../ui/app-shell.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { useDocumentTitle } from "../ui/document-title.ts";
import { SearchField } from "../ui/search-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { EmptyState, ErrorState, Skeleton } from "../ui/states.tsx";
import { plural } from "../ui/time-words.ts";
import { QueueCards, QueueTable } from "./queue-list.tsx";
import { countQueue, filterQueue, type QueueFilter, type QueueSort, sortQueue } from "./queue-order.ts";

export interface QueueViewProps {
  /** Null while loading, or when nothing could be loaded. */
  items: readonly QueueItem[] | null;
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
}

export function QueueView({ items, error, isRetrying, onRetry }: QueueViewProps) {
  useDocumentTitle("Review queue");
  return (
    <>
      <PageHeading
        title="Review queue"
        lead={items ? queueLead(items) : "Sealed submissions, waiting for a fair reading."}
      />
      <p className="mt-5 flex max-w-2xl items-start gap-2.5 text-[0.933rem] text-ink-soft">
        <EyeOff aria-hidden size={16} className="mt-1 shrink-0 text-accent" />
        <span>
          Reviews are blind. Each submission has a code name; names and e-mail addresses found in its files
          are replaced, and other reviewers’ ratings stay hidden from you.
        </span>
      </p>
      <div className="mt-8">
        {error && !items ? <ErrorState error={error} onRetry={onRetry} isRetrying={isRetrying} /> : null}
        {error && items ? (
          <ErrorState error={error} onRetry={onRetry} isRetrying={isRetrying} className="mb-4" />
        ) : null}
        {items ? <QueueBody items={items} /> : error ? null : <QueueLoading />}
      </div>
    </>
  );
}

function queueLead(items: readonly QueueItem[]): string {
  const { to_do: open, draft } = countQueue(items);
  if (items.length === 0) return "Sealed submissions, waiting for a fair reading.";
  if (open === 0) return "You have reviewed everything that is here.";
  const drafts = draft > 0 ? `, ${draft} of them begun` : "";
  return `${open} ${plural(open, "submission")} to review${drafts}.`;
}

function QueueBody({ items }: { items: readonly QueueItem[] }) {
  const [filter, setFilter] = useState<QueueFilter>("to_do");
  const [search, setSearch] = useState("");
  const [sort, setSort] = useState<QueueSort>({ column: "sealedAt", direction: "ascending" });
  const counts = useMemo(() => countQueue(items), [items]);
  const shown = useMemo(
    () => sortQueue(filterQueue(items, filter, search), sort),
    [items, filter, search, sort],
  );
  if (items.length === 0) return <NothingYet />;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <Segmented
          label="Which submissions to show"
          value={filter}
          onChange={setFilter}
          options={[
            { value: "to_do", label: "To do", count: counts.to_do },
            { value: "draft", label: "Drafts", count: counts.draft },
            { value: "submitted", label: "Submitted", count: counts.submitted },
            { value: "all", label: "All", count: counts.all },
          ]}
        />
        <SearchField
          label="Search the queue"
          placeholder="Find a submission"
          value={search}
          onChange={setSearch}
          className="w-full sm:w-64"
          data-testid="queue-search"
        />
      </div>
      <Card padding="none" className="overflow-hidden">
        {shown.length === 0 ? (
          <div data-testid="queue-nothing">
            <NothingMatches
              isSearching={search.trim() !== ""}
              filter={filter}
              onReset={() => {
                setSearch("");
                setFilter("all");
              }}
            />
          </div>
        ) : (
          <>
            <QueueTable items={shown} sort={sort} onSort={setSort} />
            <QueueCards items={shown} />
          </>
        )}
      </Card>
    </>
  );
}

function NothingYet() {
  return (
    <Card data-testid="queue-empty">
      <EmptyState icon={<Inbox aria-hidden size={28} />} title="Nothing to review yet" className="py-16">
        A submission appears here as soon as a candidate’s work is sealed. This page looks for new ones by
        itself.
      </EmptyState>
    </Card>
  );
}

interface NothingMatchesProps {
  isSearching: boolean;
  filter: QueueFilter;
  onReset: () => void;
}

function NothingMatches({ isSearching, filter, onReset }: NothingMatchesProps) {
  if (!isSearching && filter === "to_do") {
    return (
      <EmptyState
        icon={<CheckCheck aria-hidden size={28} />}
        title="All done"
        actions={<Button onPress={onReset}>Show all submissions</Button>}
      >
        You have submitted a review of everything in the queue.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<SearchX aria-hidden size={28} />}
      title="No submission matches"
      actions={<Button onPress={onReset}>Show all submissions</Button>}
    >
      Try another word, or another group.
    </EmptyState>
  );
}

function QueueLoading() {
  return (
    <div role="status" data-testid="queue-loading">
      <span className="sr-only">Loading the queue</span>
      <Skeleton className="mb-3 h-9 w-80 max-w-full" />
      <Card padding="none" className="divide-y divide-line">
        {["a", "b", "c", "d", "e"].map((row) => (
          <div key={row} className="flex items-center gap-6 px-4 py-4">
            <Skeleton className="h-4 w-36" />
            <Skeleton className="h-4 flex-1" />
            <Skeleton className="h-4 w-20" />
          </div>
        ))}
      </Card>
    </div>
  );
}
