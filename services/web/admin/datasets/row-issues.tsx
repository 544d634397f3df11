import { ChevronRight, CircleCheck } from "lucide-react";
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import type { RowIssue, TableProfile } from "../../../shared/contracts/dataset-profile.ts";
import { Badge } from "../../ui/badge.tsx";
import { Card } from "../../ui/card.tsx";
import { formatCount } from "../../ui/chart-scale.ts";
import { plural } from "../../ui/time-words.ts";
import { ISSUE_WORDS } from "./profile-words.ts";

/** Every kind of row that did not fit, with the first ones as they stand in the file. */
export function RowIssues({ tables }: { tables: readonly TableProfile[] }) {
  const placed = tables.flatMap((table) => table.issues.map((issue) => ({ table, issue })));
  if (placed.length === 0)
    return (
      <p className="flex items-center gap-2 px-1 text-ink-soft">
        <CircleCheck aria-hidden size={17} className="text-accent" />
        Every row fits: nothing had to be repaired or skipped.
      </p>
    );
  const count = (outcome: RowIssue["outcome"]) =>
    placed.reduce((sum, { issue }) => sum + (issue.outcome === outcome ? issue.rows : 0), 0);
  const [repaired, skipped] = [count("repaired"), count("skipped")];
  return (
    <Card
      title="Rows that did not fit"
      description={[
        repaired > 0 ? `${formatCount(repaired)} ${plural(repaired, "row")} repaired` : "",
        skipped > 0 ? `${formatCount(skipped)} ${plural(skipped, "row")} skipped` : "",
      ]
        .filter(Boolean)
        .join(", ")}
      padding="none"
      data-testid="row-issues"
    >
      <ul className="divide-y divide-line">
        {placed.map(({ table, issue }) => (
          <li key={`${table.name}/${issue.kind}/${issue.outcome}`}>
            <IssueDetails issue={issue} table={tables.length > 1 ? table.name : null} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function IssueDetails({ issue, table }: { issue: RowIssue; table: string | null }) {
  const { title, repair } = ISSUE_WORDS[issue.kind];
  const isSkipped = issue.outcome === "skipped";
  return (
    <Disclosure className="group">
      <Heading level={3} className="m-0 font-normal">
        <AriaButton
          slot="trigger"
          className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 px-5 py-3 text-left data-hovered:bg-sunken data-focus-visible:-outline-offset-2"
        >
          <ChevronRight
            aria-hidden
            size={16}
            className="shrink-0 text-ink-faint transition-transform group-data-expanded:rotate-90"
          />
          <span className="min-w-0 flex-1">
            <span className="font-medium">{title}</span>
            {table ? <span className="font-mono text-[0.85rem] text-ink-faint"> {table}</span> : null}
            <span className="block text-[0.9rem] text-ink-soft">
              {isSkipped ? "They are not in the data." : repair}
            </span>
          </span>
          <Badge tone={isSkipped ? "warn" : "neutral"}>
            {formatCount(issue.rows)} {issue.outcome}
          </Badge>
        </AriaButton>
      </Heading>
      <DisclosurePanel>
        <IssueExamples issue={issue} />
      </DisclosurePanel>
    </Disclosure>
  );
}

function IssueExamples({ issue }: { issue: RowIssue }) {
  return (
    <div className="px-5 pb-4 sm:pl-12">
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label="The first of these rows, as they stand in the file"
        className="overflow-x-auto rounded-md border border-line bg-sunken py-1.5 font-mono text-[0.82rem]"
      >
        {issue.examples.map((example, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rows may be alike; the list never changes
          <li key={index} className="flex gap-4 px-3 py-0.5 whitespace-pre">
            <span className="w-16 shrink-0 text-right text-ink-faint select-none">
              {example.line === null ? "" : `line ${example.line}`}
            </span>
            <span>{example.text}</span>
          </li>
        ))}
      </ul>
      {issue.rows > issue.examples.length ? (
        <p className="mt-1 text-[0.84rem] text-ink-faint">
          The first {issue.examples.length} of {formatCount(issue.rows)}.
        </p>
      ) : null}
    </div>
  );
}
