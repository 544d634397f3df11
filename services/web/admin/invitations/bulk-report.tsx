import { CircleCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { BulkReport, BulkRow } from "../../../shared/contracts/invitation-studio.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Checkbox } from "../../ui/field.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { formatInstant, plural } from "../../ui/time-words.ts";
import type { BulkViewProps } from "./bulk-view.tsx";

const PAGE_ROWS = 100;
const DELIMITERS: Record<BulkReport["dialect"]["delimiter"], string> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars",
};

export interface BulkReportProps
  extends Pick<BulkViewProps, "isMailConfigured" | "sendEmail" | "onSendEmail" | "create"> {
  report: BulkReport;
  onBack: () => void;
}

/** Every line, what is wrong with it, and the button that invites the others. */
export function BulkReportView({ report, onBack, create, ...mail }: BulkReportProps) {
  const { readyCount, problemCount } = report;
  const [shown, setShown] = useState<"all" | "problems">(problemCount > 0 ? "problems" : "all");
  const [page, setPage] = useState(1);
  const rows = shown === "all" ? report.rows : report.rows.filter(({ problems }) => problems.length > 0);
  return (
    <div className="grid gap-5" data-testid="bulk-report">
      <Verdict report={report} />
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label="Which lines to show"
          value={shown}
          onChange={(value) => {
            setShown(value);
            setPage(1);
          }}
          options={[
            { value: "problems", label: "Problems", count: problemCount },
            { value: "all", label: "All", count: report.rows.length },
          ]}
        />
        <p className="text-[0.867rem] text-ink-faint">{dialectWords(report.dialect)}</p>
      </div>
      <Card padding="none" className="overflow-hidden">
        {rows.length === 0 ? (
          <p className="px-5 py-8 text-center text-ink-soft">No line has a problem.</p>
        ) : (
          <Table
            caption="Lines of the table"
            columns={COLUMNS}
            rows={rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS)}
            rowKey={(row) => row.line}
          />
        )}
      </Card>
      <Pager page={page} pageCount={Math.ceil(rows.length / PAGE_ROWS)} onPage={setPage} />
      <MailChoice {...mail} />
      {create.error ? <ErrorState error={create.error} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={onBack} isDisabled={create.isPending} data-testid="bulk-back">
          Back to the table
        </Button>
        {readyCount > 0 ? (
          <Button
            variant="primary"
            onPress={create.run}
            isPending={create.isPending}
            data-testid="bulk-create"
          >
            {problemCount > 0
              ? `Invite ${readyCount}, leave out ${problemCount}`
              : `Invite ${readyCount} ${plural(readyCount, "candidate")}`}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function Verdict({ report: { readyCount, problemCount } }: { report: BulkReport }) {
  if (problemCount === 0)
    return (
      <Banner tone="good" role="status" title={`All ${readyCount} lines are fine`}>
        Nobody has been invited yet.
      </Banner>
    );
  return (
    <Banner
      tone={readyCount === 0 ? "danger" : "warn"}
      role="status"
      title={`${problemCount} ${plural(problemCount, "line")} cannot be invited`}
    >
      {readyCount === 0
        ? "Correct them in the table and check it again."
        : `${readyCount} are fine. Correct the others in the table and check it again, or leave them out.`}
    </Banner>
  );
}

function dialectWords({ encoding, delimiter, hasHeader, columns }: BulkReport["dialect"]): string {
  const unused = columns.filter(({ field }) => field === null).map(({ header }) => header || "(no name)");
  const parts = [`Read as ${encoding} with ${DELIMITERS[delimiter]}`];
  if (!hasHeader) parts.push("without a header line");
  if (unused.length > 0)
    parts.push(`not used: ${unused.slice(0, 5).join(", ")}${unused.length > 5 ? " …" : ""}`);
  return parts.join(" · ");
}

function MailChoice(props: Pick<BulkReportProps, "isMailConfigured" | "sendEmail" | "onSendEmail">) {
  if (!props.isMailConfigured)
    return (
      <Banner title="No mail server is set up" data-testid="bulk-no-mail">
        You get the links as a table and send them yourself.
      </Banner>
    );
  return (
    <Checkbox isSelected={props.sendEmail} onChange={props.onSendEmail} data-testid="bulk-send">
      Send each their link by e-mail
    </Checkbox>
  );
}

const COLUMNS: Column<BulkRow>[] = [
  {
    id: "line",
    header: "Line",
    align: "end",
    className: "tabular-nums text-ink-faint",
    cell: ({ line }) => line,
  },
  {
    id: "who",
    header: "Candidate",
    isRowHeader: true,
    className: "min-w-48 max-w-72",
    cell: (row) => (
      <>
        <span className="block truncate font-[620]">{row.name || "–"}</span>
        <span className="block truncate text-[0.84rem] font-normal text-ink-soft">{row.email || "–"}</span>
        <span className="mt-1 block text-[0.867rem] font-normal sm:hidden">
          <RowVerdict row={row} />
        </span>
      </>
    ),
  },
  {
    id: "until",
    header: "Start before",
    className: "whitespace-nowrap tabular-nums max-sm:hidden",
    cell: ({ expiresAt }) => (expiresAt ? formatInstant(expiresAt) : "–"),
  },
  {
    id: "factor",
    header: "Time",
    className: "tabular-nums max-sm:hidden",
    cell: ({ extraTimeFactor }) => (extraTimeFactor === null ? "–" : `× ${extraTimeFactor}`),
  },
  {
    id: "verdict",
    header: "Verdict",
    className: "min-w-64 max-sm:hidden",
    cell: (row) => <RowVerdict row={row} />,
  },
];

const FIELD_WORDS: Record<BulkRow["problems"][number]["field"], string> = {
  row: "The line",
  name: "The name",
  email: "The e-mail address",
  validFrom: "The beginning",
  expiresAt: "The end",
  extraTimeFactor: "The extra time",
};

function RowVerdict({ row: { problems } }: { row: BulkRow }) {
  if (problems.length === 0)
    return (
      <span className="inline-flex items-center gap-1.5 text-accent">
        <CircleCheck aria-hidden size={15} /> Will be invited
      </span>
    );
  return (
    <ul className="flex flex-col gap-0.5">
      {problems.map(({ field, message }) => (
        <li key={field + message} className="flex items-start gap-1.5 leading-snug text-danger">
          <TriangleAlert aria-hidden size={14} className="mt-1 shrink-0" />
          {FIELD_WORDS[field]} {message}.
        </li>
      ))}
    </ul>
  );
}
