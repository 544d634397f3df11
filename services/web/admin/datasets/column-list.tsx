import type { ReactNode } from "react";
import type { ColumnAction, ColumnProfile } from "../../../shared/contracts/dataset-profile.ts";
import { Badge } from "../../ui/badge.tsx";
import { formatCount, formatShare } from "../../ui/chart-scale.ts";
import { classNames } from "../../ui/class-names.ts";
import { ColumnChart } from "./column-chart.tsx";
import { ACTION_WORDS, SENSITIVE_WORDS, TYPE_WORDS } from "./profile-words.ts";

export interface ColumnListProps {
  columns: readonly ColumnProfile[];
  rows: number;
  /** At the right of each column, for example what becomes of it. */
  aside?: (column: ColumnProfile) => ReactNode;
  /** What was done to a column: its pseudonyms are nobody's, whatever the scan finds in its name. */
  treatment?: (column: ColumnProfile) => ColumnAction | undefined;
  /** Columns that are shown as struck out. */
  isGone?: (column: ColumnProfile) => boolean;
}

/** From so many columns on, those out of sight are not drawn. */
const MANY = 40;

/** Every column of a table with what was measured in it. Long tables are drawn as one scrolls. */
export function ColumnList({ columns, rows, aside, treatment, isGone }: ColumnListProps) {
  return (
    <ul className="divide-y divide-line" data-testid="column-list">
      {columns.map((column) => (
        <li
          key={column.name}
          className={classNames(
            "grid gap-x-6 gap-y-3 px-5 py-4",
            columns.length > MANY && "[contain-intrinsic-size:auto_8rem] [content-visibility:auto]",
            "md:grid-cols-[minmax(0,1.1fr)_minmax(0,1.6fr)_minmax(0,1fr)_auto]",
            isGone?.(column) && "opacity-55",
          )}
        >
          <ColumnName column={column} isGone={isGone?.(column) ?? false} treatment={treatment?.(column)} />
          <ColumnFigures column={column} rows={rows} />
          <div className="min-w-0 max-md:max-w-72">
            <ColumnChart column={column} rows={rows} />
          </div>
          {aside ? <div className="md:w-36">{aside(column)}</div> : null}
        </li>
      ))}
    </ul>
  );
}

interface ColumnNameProps {
  column: ColumnProfile;
  isGone: boolean;
  treatment: ColumnAction | undefined;
}

function ColumnName({ column, isGone, treatment }: ColumnNameProps) {
  return (
    <div className="min-w-0">
      <p
        className={classNames(
          "font-mono text-[0.9rem] font-medium [overflow-wrap:anywhere]",
          isGone && "line-through",
        )}
      >
        {column.name}
      </p>
      <p className="text-[0.84rem] text-ink-faint">{TYPE_WORDS[column.type]}</p>
      {column.originalName === null ? null : (
        <p className="text-[0.84rem] text-ink-faint [overflow-wrap:anywhere]">
          {column.originalName === "" ? "has no name in the file" : `“${column.originalName}” in the file`}
        </p>
      )}
      {treatment ? (
        <p className="mt-1.5">
          <Badge tone="good">{ACTION_WORDS[treatment]}</Badge>
        </p>
      ) : column.findings.length > 0 ? (
        <p className="mt-1.5 flex flex-wrap gap-1">
          {column.findings.map(({ kind, confidence }) => (
            <Badge key={kind} tone={confidence === "low" ? "neutral" : "warn"}>
              {SENSITIVE_WORDS[kind]}
            </Badge>
          ))}
        </p>
      ) : null}
    </div>
  );
}

function ColumnFigures({ column, rows }: { column: ColumnProfile; rows: number }) {
  const figures: [name: string, value: string][] = [
    [
      "Empty",
      column.nulls === 0 ? "none" : `${formatCount(column.nulls)} (${formatShare(column.nulls, rows)})`,
    ],
    ["Distinct", `${column.distinctEstimated ? "about " : ""}${formatCount(column.distinct)}`],
  ];
  const isRange = column.min !== null && column.max !== null && column.min !== column.max;
  return (
    <div className="min-w-0 text-[0.867rem]">
      <dl className="flex flex-wrap gap-x-5 gap-y-0.5">
        {figures.map(([name, value]) => (
          <div key={name} className="flex gap-1.5">
            <dt className="text-ink-faint">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
        {isRange ? (
          <div className="flex min-w-0 gap-1.5">
            <dt className="text-ink-faint">Range</dt>
            <dd className="line-clamp-2 min-w-0 tabular-nums [overflow-wrap:anywhere]">
              <span className="inline-block">{column.min} –</span>{" "}
              <span className="inline-block">{column.max}</span>
            </dd>
          </div>
        ) : null}
      </dl>
      {column.samples.length > 0 ? (
        <p className="mt-1 line-clamp-2 text-ink-soft [overflow-wrap:anywhere]">
          <span className="text-ink-faint">For example </span>
          {column.samples.slice(0, 4).join(" · ")}
        </p>
      ) : null}
    </div>
  );
}
