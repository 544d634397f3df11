import { CircleAlert, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { MockApiIssue, MockApiReport } from "../../../../shared/contracts/mock-api-studio.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Banner } from "../../../ui/banner.tsx";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { KeyValues } from "../../../ui/key-values.tsx";
import { formatBytes, formatInstant, plural } from "../../../ui/time-words.ts";
import type { TabId } from "../tab-ids.ts";
import { groupIssues, type IssueGroup, placeWords } from "./group-issues.ts";
import { wordsOfRule } from "./rule-words.ts";

export interface ReportCardProps {
  report: MockApiReport;
  /** Something was changed since. */
  isOutdated: boolean;
  onGoTo: (tab: TabId) => void;
}

/** What the last check found: errors first, each with its place and what to do. */
export function ReportCard({ report, isOutdated, onGoTo }: ReportCardProps) {
  const groups = groupIssues(report.issues);
  const hidden = report.errors + report.warnings - report.issues.length;
  return (
    <Card
      title={headline(report)}
      description={`Checked ${formatInstant(report.checkedAt)}${isOutdated ? ", before the last change" : ""}`}
      data-testid="check-report"
    >
      <KeyValues layout="columns" items={figuresOf(report)} />
      {groups.length > 0 ? (
        <div className="mt-6 flex flex-col gap-5">
          {groups.map((group) => (
            <Group key={`${group.severity} ${group.rule}`} group={group} onGoTo={onGoTo} />
          ))}
        </div>
      ) : null}
      {hidden > 0 ? (
        <Banner className="mt-5" title={`${hidden} more ${plural(hidden, "finding")} not listed`}>
          The first {report.issues.length} are. Correct those and check again.
        </Banner>
      ) : null}
    </Card>
  );
}

function headline({ errors, warnings }: MockApiReport): string {
  if (errors > 0) {
    const more = warnings > 0 ? ` and ${warnings} ${plural(warnings, "warning")}` : "";
    return `${errors} ${plural(errors, "error")}${more}`;
  }
  if (warnings > 0) return `It can be served, with ${warnings} ${plural(warnings, "warning")}`;
  return "It can be served as it is";
}

function figuresOf({ openapi, bytes, durationMs, peakMemoryBytes, operations }: MockApiReport) {
  return [
    { name: "OpenAPI", value: openapi ?? "–" },
    { name: "Operations", value: operations.length > 0 ? String(operations.length) : "–" },
    { name: "Size", value: formatBytes(bytes) },
    {
      name: "Read in",
      value: durationMs < 1000 ? `${durationMs} ms` : `${(durationMs / 1000).toFixed(1)} s`,
    },
    ...(peakMemoryBytes === null ? [] : [{ name: "Memory at most", value: formatBytes(peakMemoryBytes) }]),
  ];
}

const SHOWN = 5;

function Group({ group, onGoTo }: { group: IssueGroup; onGoTo: (tab: TabId) => void }) {
  const [isOpen, setOpen] = useState(false);
  const { severity, rule, issues } = group;
  const { title, advice } = wordsOfRule(rule);
  const isError = severity === "error";
  const Icon = isError ? CircleAlert : TriangleAlert;
  const shown = isOpen ? issues : issues.slice(0, SHOWN);
  const tab = rule === "bindings" ? "answers" : rule === "weather" ? "weather" : null;
  return (
    <section data-testid="issue-group" data-severity={severity}>
      <div className="flex items-start gap-2.5">
        <Icon
          aria-hidden
          size={18}
          className={`mt-[0.2rem] shrink-0 ${isError ? "text-danger" : "text-warn"}`}
        />
        <div className="min-w-0">
          <h3 className="flex flex-wrap items-center gap-x-2.5 font-[620]">
            {title}
            <Badge tone={isError ? "danger" : "warn"}>
              {issues.length} {plural(issues.length, severity)}
            </Badge>
          </h3>
          <p className="text-[0.9rem] text-ink-soft">{advice}</p>
        </div>
      </div>
      <ul className="mt-2.5 divide-y divide-line overflow-hidden rounded-lg border border-line bg-page">
        {shown.map((issue, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes, and two findings may be alike
          <Finding key={index} issue={issue} />
        ))}
      </ul>
      <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
        {issues.length > SHOWN ? (
          <Button size="small" variant="quiet" onPress={() => setOpen(!isOpen)}>
            {isOpen ? "Show fewer" : `Show all ${issues.length}`}
          </Button>
        ) : null}
        {tab ? (
          <Button size="small" onPress={() => onGoTo(tab)}>
            Go to {tab}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

function Finding({ issue }: { issue: MockApiIssue }) {
  const place = placeWords(issue);
  return (
    <li className="px-4 py-2.5 text-[0.933rem]">
      <p className="[overflow-wrap:anywhere]">{issue.message}</p>
      <p className="mt-0.5 flex flex-wrap gap-x-3 text-[0.84rem] text-ink-faint">
        {place ? <span className="tabular-nums">{place}</span> : null}
        {issue.pointer ? (
          <code className="min-w-0 font-mono text-[0.95em] [overflow-wrap:anywhere]">{issue.pointer}</code>
        ) : null}
      </p>
    </li>
  );
}
