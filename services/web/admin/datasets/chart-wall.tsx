import type { ColumnProfile } from "../../../shared/contracts/dataset-profile.ts";
import { formatCount } from "../../ui/chart-scale.ts";
import { EmptyState } from "../../ui/states.tsx";
import { plural } from "../../ui/time-words.ts";
import { ColumnChart, hasPicture } from "./column-chart.tsx";
import { TYPE_WORDS } from "./profile-words.ts";

/** A picture of every column that has one. */
export function ChartWall({ columns, rows }: { columns: readonly ColumnProfile[]; rows: number }) {
  const drawn = columns.filter((column) => hasPicture(column, rows));
  if (drawn.length === 0)
    return (
      <EmptyState title="Nothing to draw">No column has values that repeat or lie along a range.</EmptyState>
    );
  return (
    <ul className="grid gap-px bg-line md:grid-cols-2 lg:grid-cols-3" data-testid="chart-wall">
      {drawn.map((column) => (
        <li
          key={column.name}
          className="flex flex-col bg-surface p-5 [contain-intrinsic-size:auto_14rem] [content-visibility:auto]"
        >
          <h3 className="font-mono text-[0.9rem] font-medium [overflow-wrap:anywhere]">{column.name}</h3>
          <p className="mb-3 text-[0.84rem] text-ink-faint">
            {column.histogram?.kind === "length" ? "length of texts" : TYPE_WORDS[column.type]}
            {column.nulls > 0 ? ` · ${formatCount(column.nulls)} ${plural(column.nulls, "row")} empty` : ""}
          </p>
          <ColumnChart column={column} rows={rows} size="large" />
        </li>
      ))}
    </ul>
  );
}
