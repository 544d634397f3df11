import { Download, ScrollText, ShieldCheck } from "lucide-react";
import type { AuditCheck, AuditEvent, AuditFacets } from "../../../shared/contracts/audit.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { Menu } from "../../ui/menu.tsx";
import { EmptyState, ErrorState, SkeletonText } from "../../ui/states.tsx";
import { AuditFilterBar } from "./audit-filter-bar.tsx";
import { AuditRow } from "./audit-row.tsx";
import { type AuditFilter, auditExportAddress, NO_FILTER } from "./settings-api.ts";

export interface AuditViewProps {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
  facets: AuditFacets | null;
  events: readonly AuditEvent[] | null;
  error: unknown;
  isLoading: boolean;
  onRetry: () => void;
  /** Null when everything is shown. */
  onMore: (() => void) | null;
  check: { result: AuditCheck | null; error: unknown; isRunning: boolean; onCheck: () => void };
}

export function AuditView(props: AuditViewProps) {
  useDocumentTitle("Audit log");
  const { filter, onFilter, facets, events, error, isLoading, check } = props;
  return (
    <>
      <PageHeading
        title="Audit log"
        lead="Every action of staff and programs. Each event is chained to the one before, so that a change shows."
        actions={
          <>
            <Button onPress={check.onCheck} isPending={check.isRunning} data-testid="check-audit">
              <ShieldCheck aria-hidden size={17} />
              Check the chain
            </Button>
            <Menu
              label="Export"
              trigger={
                <Button data-testid="export-audit">
                  <Download aria-hidden size={17} />
                  Export
                </Button>
              }
              items={[
                { id: "csv", label: "Table (CSV)", href: auditExportAddress(filter, "csv"), download: true },
                {
                  id: "jsonl",
                  label: "JSON lines",
                  href: auditExportAddress(filter, "jsonl"),
                  download: true,
                },
              ]}
              onAction={() => {}}
            />
          </>
        }
      />
      <CheckOutcome {...check} />
      <AuditFilterBar filter={filter} onFilter={onFilter} facets={facets} />
      <div className="mt-5">
        {events ? (
          <Card padding="none" className="overflow-hidden">
            {events.length === 0 ? (
              <NoEvents isFiltered={filter !== NO_FILTER} onShowAll={() => onFilter(NO_FILTER)} />
            ) : (
              <ol className="divide-y divide-line" aria-label="Events, the newest first">
                {events.map((event) => (
                  <AuditRow key={event.id} event={event} />
                ))}
              </ol>
            )}
          </Card>
        ) : error ? (
          <ErrorState error={error} onRetry={props.onRetry} isRetrying={isLoading} />
        ) : (
          <Card>
            <SkeletonText lines={8} label="Loading the audit log" />
          </Card>
        )}
        {events && error ? <ErrorState error={error} onRetry={props.onRetry} className="mt-4" /> : null}
        {events && props.onMore ? (
          <div className="mt-5 text-center">
            <Button onPress={props.onMore} isPending={isLoading} data-testid="audit-more">
              Show older events
            </Button>
          </div>
        ) : null}
      </div>
    </>
  );
}

function CheckOutcome({ result, error }: AuditViewProps["check"]) {
  if (error) return <ErrorState error={error} className="mt-6" />;
  if (!result) return null;
  if (result.fault)
    return (
      <Banner
        tone="danger"
        role="alert"
        title="The log was changed"
        className="mt-6"
        data-testid="chain-broken"
      >
        Event {result.fault.id} does not fit the one before it ({result.fault.reason.replaceAll("_", " ")}).
        Keep a copy of the database, and find out who can write to it.
      </Banner>
    );
  return (
    <Banner tone="good" title="The chain holds" className="mt-6" data-testid="chain-holds">
      {result.checked} events fit together.{" "}
      {result.head ? (
        <>
          Write the newest down elsewhere, and a log that is cut short will show, too:{" "}
          <code className="font-mono text-[0.85rem] [overflow-wrap:anywhere] select-all">
            {result.head.id}:{result.head.hash}
          </code>
        </>
      ) : null}
    </Banner>
  );
}

function NoEvents({ isFiltered, onShowAll }: { isFiltered: boolean; onShowAll: () => void }) {
  return (
    <EmptyState
      icon={<ScrollText aria-hidden size={28} />}
      title={isFiltered ? "Nothing in the log fits" : "Nothing has been done yet"}
      actions={isFiltered ? <Button onPress={onShowAll}>Show everything</Button> : undefined}
    >
      {isFiltered ? "Choose a longer time, or fewer conditions." : null}
    </EmptyState>
  );
}
