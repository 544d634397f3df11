import type { ReactNode } from "react";

export interface GridColumn<Row> {
  id: string;
  /** Shown at the head and read out with every cell. */
  name: string;
  /** Under the name, small: a type for example. */
  note?: string;
  /** In pixels. */
  width: number;
  align?: "start" | "end";
  mono?: boolean;
  isSortable?: boolean;
  cell: (row: Row) => ReactNode;
  /** The whole value for a tooltip, where the cell cuts it. */
  title?: (row: Row) => string | undefined;
}

export interface GridSort {
  columnId: string;
  direction: "ascending" | "descending";
}

export interface DataGridProps<Row> {
  /** Names the grid for screen readers. */
  label: string;
  columns: readonly GridColumn<Row>[];
  rows: readonly Row[];
  /** Rows before the first one here, when these are one page of many. */
  offset?: number;
  /** All rows there are, pages included. */
  totalRows?: number;
  sort?: GridSort | null;
  /** Goes round: ascending, descending, none. */
  onSort?: (sort: GridSort | null) => void;
  /** The rows are those of an earlier question; the new ones are on their way. */
  isStale?: boolean;
  /** Of the frame, for example `h-[32rem]`. */
  className?: string;
  "data-testid"?: string;
}

export const GRID_ROW_HEIGHT = 34;
export const GRID_HEADER_HEIGHT = 46;
export const GRID_NUMBER_WIDTH = 64;
