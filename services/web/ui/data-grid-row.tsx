import type { VirtualItem } from "@tanstack/react-virtual";
import { classNames } from "./class-names.ts";
import { GRID_NUMBER_WIDTH, GRID_ROW_HEIGHT, type GridColumn } from "./data-grid-model.ts";
import type { GridKeyboard } from "./use-grid-keyboard.ts";

interface GridRowProps<Row> {
  row: Row;
  /** In these rows, from 0. */
  index: number;
  /** Among all rows, from 1. */
  number: number;
  top: number;
  columns: readonly GridColumn<Row>[];
  window: readonly VirtualItem[];
  keyboard: GridKeyboard;
  isStale?: boolean;
}

export function GridRow<Row>({
  row,
  index,
  number,
  top,
  columns,
  window,
  keyboard,
  isStale,
}: GridRowProps<Row>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid without a table
    // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
    <div
      role="row"
      aria-rowindex={number + 1}
      className={classNames(
        "absolute inset-x-0 border-b border-line hover:bg-sunken",
        isStale && "opacity-50",
      )}
      style={{ top, height: GRID_ROW_HEIGHT }}
    >
      <div
        role="presentation"
        className="sticky left-0 z-5 flex h-full items-center justify-end border-r border-line bg-surface px-2 text-[0.75rem] text-ink-faint tabular-nums select-none"
        style={{ width: GRID_NUMBER_WIDTH }}
      >
        {number}
      </div>
      {window.map(({ index: column, start, size }) => {
        const definition = columns[column] as GridColumn<Row>;
        const isActive = keyboard.active.row === index && keyboard.active.column === column;
        return (
          // biome-ignore lint/a11y/useSemanticElements: part of a grid without a table
          <div
            key={definition.id}
            role="gridcell"
            aria-colindex={column + 1}
            data-cell={`${index}:${column}`}
            tabIndex={isActive ? 0 : -1}
            onFocus={() => keyboard.onFocusCell({ row: index, column })}
            title={definition.title?.(row)}
            className={classNames(
              "absolute inset-y-0 flex items-center px-3 focus:outline-2 focus:-outline-offset-2 focus:outline-accent",
              definition.align === "end" && "justify-end text-right tabular-nums",
              definition.mono && "font-mono text-[0.82rem]",
            )}
            style={{ left: GRID_NUMBER_WIDTH + start, width: size }}
          >
            <span className="truncate">{definition.cell(row)}</span>
          </div>
        );
      })}
    </div>
  );
}
