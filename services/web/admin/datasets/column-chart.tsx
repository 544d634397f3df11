import type { ColumnProfile } from "../../../shared/contracts/dataset-profile.ts";
import { BarList } from "../../ui/bar-list.tsx";
import { formatCount } from "../../ui/chart-scale.ts";
import { Histogram } from "../../ui/histogram.tsx";

export interface ColumnChartProps {
  column: Pick<ColumnProfile, "name" | "nulls" | "histogram">;
  /** Rows of the table. */
  rows: number;
  size?: "small" | "large";
}

/** How the values of a column spread: its most frequent ones, or bars along a range. */
export function ColumnChart({ column, rows, size = "small" }: ColumnChartProps) {
  const { histogram, name } = column;
  if (!histogram || !hasPicture(column, rows)) return null;
  if (histogram.kind === "values") {
    const shown = histogram.bins.slice(0, size === "small" ? 3 : 12);
    const hidden = histogram.bins.slice(shown.length).reduce((sum, bin) => sum + bin.count, histogram.other);
    return (
      <div>
        <BarList
          label={`Most frequent values of ${name}`}
          items={shown}
          total={rows - column.nulls}
          size={size}
        />
        {hidden > 0 && size === "large" ? (
          <p className="mt-1 px-1.5 text-[0.84rem] text-ink-faint">
            {formatCount(hidden)} rows with other values
          </p>
        ) : null}
      </div>
    );
  }
  const unit = histogram.kind === "length" ? " characters" : "";
  const bins = histogram.bins.map(({ label, to, count }) => ({
    from: shorten(label) + unit,
    to: shorten(to ?? label) + unit,
    count,
  }));
  const words = histogram.kind === "length" ? `the lengths of ${name}` : name;
  return <Histogram name={words} bins={bins} size={size} />;
}

/** One bar tells nothing, nor do the most frequent values of a column in which nearly all differ. */
export function hasPicture({ histogram, nulls }: ColumnChartProps["column"], rows: number): boolean {
  if (!histogram) return false;
  if (histogram.kind !== "values") return histogram.bins.length > 1;
  const most = histogram.bins[0]?.count ?? 0;
  return most > 1 && most >= (rows - nulls) * 0.002;
}

/** Edges computed from numbers carry digits that say nothing: `12.3333333333` is read as `12.33`. */
function shorten(edge: string): string {
  return edge.replace(/^(-?\d+\.\d{2})\d+$/, "$1").replace(/^(\d{4}-\d\d-\d\d)[T ]00:00:00(\.0+)?Z?$/, "$1");
}
