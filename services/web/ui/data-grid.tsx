import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { classNames } from "./class-names.ts";
import { GridHeader } from "./data-grid-header.tsx";
import {
  type DataGridProps,
  GRID_HEADER_HEIGHT,
  GRID_NUMBER_WIDTH,
  GRID_ROW_HEIGHT,
} from "./data-grid-model.ts";
import { GridRow } from "./data-grid-row.tsx";
import { type GridPosition, useGridKeyboard } from "./use-grid-keyboard.ts";

/**
 * Many rows and columns: only what is in sight is in the page. One tab stop; arrows, Home, End, Page Up and
 * Page Down move through cells, Control with Home or End to the corners, Enter on a head sorts by it.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { columns, rows, offset = 0, totalRows = rows.length } = props;
  const frame = useRef<HTMLDivElement>(null);
  const reveal = useRef<(position: GridPosition) => void>(() => {});
  const keyboard = useGridKeyboard({ rows: rows.length, columns: columns.length, frame, reveal });
  const rowWindow = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => GRID_ROW_HEIGHT,
    overscan: 8,
    scrollPaddingEnd: GRID_HEADER_HEIGHT,
    rangeExtractor: (range) => withActive(range, keyboard.active.row),
  });
  const columnWindow = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => columns[index]?.width ?? 160,
    overscan: 2,
    scrollPaddingEnd: GRID_NUMBER_WIDTH,
    rangeExtractor: (range) => withActive(range, keyboard.active.column),
  });
  reveal.current = ({ row, column }) => {
    if (row >= 0) rowWindow.scrollToIndex(row);
    columnWindow.scrollToIndex(column);
  };
  const width = GRID_NUMBER_WIDTH + columnWindow.getTotalSize();
  const windowed = columnWindow.getVirtualItems();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot leave out rows that are not in sight
    <div
      ref={frame}
      role="grid"
      aria-label={props.label}
      aria-rowcount={totalRows + 1}
      aria-colcount={columns.length}
      aria-busy={props.isStale || undefined}
      data-testid={props["data-testid"]}
      onKeyDown={keyboard.onKeyDown}
      tabIndex={-1}
      className={classNames(
        "relative overflow-auto overscroll-contain bg-surface text-[0.867rem] outline-none",
        props.className,
      )}
    >
      <div
        role="presentation"
        className="relative"
        style={{ width, height: GRID_HEADER_HEIGHT + rowWindow.getTotalSize() }}
      >
        <GridHeader {...props} window={windowed} keyboard={keyboard} width={width} />
        {rowWindow.getVirtualItems().map(({ index, start }) => (
          <GridRow
            key={index}
            row={rows[index] as Row}
            index={index}
            number={offset + index + 1}
            top={GRID_HEADER_HEIGHT + start}
            columns={columns}
            window={windowed}
            keyboard={keyboard}
            isStale={props.isStale}
          />
        ))}
      </div>
    </div>
  );
}

/** The cell that is the tab stop stays in the page when it is scrolled out of sight. */
function withActive(range: Range, active: number): number[] {
  const inSight = defaultRangeExtractor(range);
  if (active < 0 || active >= range.count || inSight.includes(active)) return inSight;
  return [...inSight, active].sort((a, b) => a - b);
}
