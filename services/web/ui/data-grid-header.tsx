import type { VirtualItem } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { classNames } from "./class-names.ts";
import {
  type DataGridProps,
  GRID_HEADER_HEIGHT,
  GRID_NUMBER_WIDTH,
  type GridColumn,
  type GridSort,
} from "./data-grid-model.ts";
import type { GridKeyboard } from "./use-grid-keyboard.ts";

interface GridHeaderProps<Row> extends Pick<DataGridProps<Row>, "columns" | "sort" | "onSort"> {
  window: readonly VirtualItem[];
  keyboard: GridKeyboard;
  width: number;
}

/** The head stays at the top while the rows scroll. */
export function GridHeader<Row>({ columns, sort, onSort, window, keyboard, width }: GridHeaderProps<Row>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid without a table
    // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-10 border-b border-line bg-sunken"
      style={{ height: GRID_HEADER_HEIGHT, width }}
    >
      <div
        role="presentation"
        className="sticky left-0 z-10 h-full bg-sunken"
        style={{ width: GRID_NUMBER_WIDTH }}
      />
      {window.map(({ index, start, size }) => {
        const column = columns[index] as GridColumn<Row>;
        return (
          <HeaderCell
            key={column.id}
            column={column}
            index={index}
            left={GRID_NUMBER_WIDTH + start}
            width={size}
            sort={sort ?? null}
            onSort={column.isSortable ? onSort : undefined}
            keyboard={keyboard}
          />
        );
      })}
    </div>
  );
}

interface HeaderCellProps<Row> {
  column: GridColumn<Row>;
  index: number;
  left: number;
  width: number;
  sort: GridSort | null;
  onSort?: (sort: GridSort | null) => void;
  keyboard: GridKeyboard;
}

function HeaderCell<Row>({ column, index, left, width, sort, onSort, keyboard }: HeaderCellProps<Row>) {
  const direction = sort?.columnId === column.id ? sort.direction : null;
  const isActive = keyboard.active.row === -1 && keyboard.active.column === index;
  const shared = {
    "data-cell": `-1:${index}`,
    tabIndex: isActive ? 0 : -1,
    onFocus: () => keyboard.onFocusCell({ row: -1, column: index }),
  };
  const className = classNames(
    "flex size-full items-center gap-1.5 px-3 text-left data-[align=end]:flex-row-reverse data-[align=end]:justify-start data-[align=end]:text-right",
    "focus-visible:-outline-offset-2",
  );
  const words = (
    <span className="min-w-0">
      <span className="block truncate font-medium text-ink" title={column.name}>
        {column.name}
      </span>
      {column.note ? (
        <span className="block truncate text-[0.75rem] leading-tight text-ink-faint">{column.note}</span>
      ) : null}
    </span>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid without a table
    // biome-ignore lint/a11y/useFocusableInteractive: what is inside takes the focus
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={onSort ? (direction ?? "none") : undefined}
      className="absolute inset-y-0"
      style={{ left, width }}
    >
      {onSort ? (
        <button
          type="button"
          {...shared}
          data-align={column.align}
          data-testid={`sort-${column.id}`}
          onClick={() => onSort(nextSort(column.id, direction))}
          className={classNames(className, "group/sort hover:bg-ink/5")}
        >
          {words}
          <SortArrow direction={direction} />
        </button>
      ) : (
        <span {...shared} data-align={column.align} className={className}>
          {words}
        </span>
      )}
    </div>
  );
}

function SortArrow({ direction }: { direction: GridSort["direction"] | null }) {
  const Icon = direction === "descending" ? ArrowDown : ArrowUp;
  return (
    <Icon
      aria-hidden
      size={13}
      className={classNames(
        "shrink-0",
        direction
          ? "text-accent"
          : "opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60",
      )}
    />
  );
}

function nextSort(columnId: string, direction: GridSort["direction"] | null): GridSort | null {
  if (direction === null) return { columnId, direction: "ascending" };
  return direction === "ascending" ? { columnId, direction: "descending" } : null;
}
