import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: "start" | "end";
  /** Numbers and digests line up. */
  mono?: boolean;
  /** Names the row for screen readers. */
  isRowHeader?: boolean;
  /** Makes the header a button. `direction` is null while another column decides the order. */
  sort?: { direction: "ascending" | "descending" | null; onSort: () => void };
  className?: string;
}

export interface TableProps<Row> {
  /** Says what the table shows; read out, not seen. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row, index: number) => string | number;
  dense?: boolean;
  className?: string;
}

/** A plain table that scrolls sideways inside its own frame; the frame can be reached and scrolled by keyboard. */
export function Table<Row>({ caption, columns, rows, rowKey, dense, className }: TableProps<Row>) {
  const cell = dense ? "px-3 py-1.5" : "px-4 py-2.5";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className={classNames("relative overflow-x-auto", className)}>
      <table className="w-full border-collapse text-left text-[0.9rem]">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line">
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                aria-sort={column.sort ? (column.sort.direction ?? "none") : undefined}
                className={classNames(
                  cell,
                  "text-[0.8rem] font-medium whitespace-nowrap text-ink-faint",
                  column.align === "end" && "text-right",
                )}
              >
                {column.sort ? <SortButton {...column.sort}>{column.header}</SortButton> : column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowKey(row, index)} className="border-b border-line last:border-0">
              {columns.map((column) => (
                <BodyCell key={column.id} column={column} row={row} padding={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function SortButton({
  direction,
  onSort,
  children,
}: NonNullable<Column<never>["sort"]> & { children: ReactNode }) {
  const Icon = direction === "descending" ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      onClick={onSort}
      className={classNames(
        "group/sort -mx-1 inline-flex items-center gap-1 rounded px-1 py-0.5 hover:text-ink",
        direction && "text-ink",
      )}
    >
      {children}
      <Icon
        aria-hidden
        size={13}
        className={direction ? "text-accent" : "opacity-0 group-hover/sort:opacity-60"}
      />
    </button>
  );
}

function BodyCell<Row>({ column, row, padding }: { column: Column<Row>; row: Row; padding: string }) {
  const className = classNames(
    padding,
    "align-top font-normal",
    column.align === "end" && "text-right tabular-nums",
    column.mono && "font-mono text-[0.85rem]",
    column.className,
  );
  return column.isRowHeader ? (
    <th scope="row" className={className}>
      {column.cell(row)}
    </th>
  ) : (
    <td className={className}>{column.cell(row)}</td>
  );
}
