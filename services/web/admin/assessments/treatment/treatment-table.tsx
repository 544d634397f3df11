import type { ReactNode } from "react";
import type { ModelTreatmentRow, TreatmentMark } from "../../../../shared/contracts/models.ts";
import { Card } from "../../../ui/card.tsx";
import { formatCount, formatUsd } from "../../../ui/money-words.ts";
import { type Column, Table } from "../../../ui/table.tsx";
import { plural } from "../../../ui/time-words.ts";

export function TreatmentTable({ rows }: { rows: readonly ModelTreatmentRow[] }) {
  const marked = rows.filter(({ marks }) => marks.length > 0).length;
  return (
    <Card
      padding="none"
      title="Candidates"
      description={
        marked === 0
          ? "Nothing stands out."
          : `Something stands out for ${marked} of ${rows.length} ${plural(rows.length, "candidate")}.`
      }
    >
      <Table
        caption="What each candidate met of the models"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ attemptId }) => attemptId}
      />
    </Card>
  );
}

const COLUMNS: Column<ModelTreatmentRow>[] = [
  {
    id: "candidate",
    header: "Candidate",
    isRowHeader: true,
    cell: (row) => (
      <>
        <span className="font-medium">{row.candidateName}</span>
        {row.running ? <span className="block text-[0.8rem] text-ink-faint">working now</span> : null}
      </>
    ),
  },
  { id: "calls", header: "Calls", align: "end", cell: (row) => formatCount(row.calls) },
  figure("upstreamFailures", "Model failed", (row) => formatCount(row.upstreamFailures)),
  figure("refusals", "Refused", (row) => formatCount(row.refusals)),
  figure("firstTokenP50Ms", "First token, median", (row) => milliseconds(row.firstTokenP50Ms)),
  figure("firstTokenP95Ms", "First token, 95 %", (row) => milliseconds(row.firstTokenP95Ms)),
  figure("tokensPerSecP50", "Tokens a second", (row) => rounded(row.tokensPerSecP50)),
  figure("outages", "Outages", (row) => formatCount(row.outages.length)),
  { id: "spent", header: "Spent", align: "end", cell: (row) => formatUsd(row.spentUsd) },
];

function figure(
  mark: TreatmentMark,
  header: string,
  words: (row: ModelTreatmentRow) => string,
): Column<ModelTreatmentRow> {
  return {
    id: mark,
    header,
    align: "end",
    cell: (row) => (row.marks.includes(mark) ? <Marked>{words(row)}</Marked> : words(row)),
  };
}

function Marked({ children }: { children: ReactNode }) {
  return (
    <span
      data-testid="marked"
      className="rounded border border-warn-line bg-warn-soft px-1.5 py-px font-[620] whitespace-nowrap text-warn"
    >
      {children}
      <span className="sr-only">, stands out</span>
    </span>
  );
}

const milliseconds = (ms: number | null) => (ms === null ? "–" : `${formatCount(Math.round(ms))} ms`);
const rounded = (value: number | null) => (value === null ? "–" : formatCount(Math.round(value)));
