import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";

/** `row` -1 is the head. Columns count from 0. */
export interface GridPosition {
  row: number;
  column: number;
}

export interface GridKeyboard {
  active: GridPosition;
  /** Makes a cell the one tab stop, when it is clicked or focused. */
  onFocusCell: (position: GridPosition) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

const PAGE = 15;

/** Where a key leads from a cell; null when it leads nowhere. */
export function moveInGrid(
  from: GridPosition,
  key: string,
  withControl: boolean,
  { rows, columns }: { rows: number; columns: number },
): GridPosition | null {
  const to = (row: number, column: number): GridPosition => ({
    row: Math.min(rows - 1, Math.max(-1, row)),
    column: Math.min(columns - 1, Math.max(0, column)),
  });
  if (key === "ArrowDown") return to(from.row + 1, from.column);
  if (key === "ArrowUp") return to(from.row - 1, from.column);
  if (key === "ArrowRight") return to(from.row, from.column + 1);
  if (key === "ArrowLeft") return to(from.row, from.column - 1);
  if (key === "PageDown") return to(from.row + PAGE, from.column);
  if (key === "PageUp") return to(Math.max(0, from.row - PAGE), from.column);
  if (key === "Home") return withControl ? to(0, 0) : to(from.row, 0);
  if (key === "End") return withControl ? to(rows - 1, columns - 1) : to(from.row, columns - 1);
  return null;
}

interface GridFrame {
  rows: number;
  columns: number;
  frame: RefObject<HTMLElement | null>;
  /** Scrolls until the cell is in the page. */
  reveal: RefObject<(position: GridPosition) => void>;
}

/** One tab stop that wanders through the cells of a grid whose cells come and go. */
export function useGridKeyboard({ rows, columns, frame, reveal }: GridFrame): GridKeyboard {
  const [wanted, setWanted] = useState<GridPosition>({ row: -1, column: 0 });
  const isMoving = useRef(false);
  const active = {
    row: Math.min(wanted.row, rows - 1),
    column: Math.max(0, Math.min(wanted.column, columns - 1)),
  };

  useEffect(() => {
    if (!isMoving.current) return;
    // The cell may only come into the page once the scrolling it needs has been drawn.
    let tries = 0;
    const focus = () => {
      const cell = frame.current?.querySelector<HTMLElement>(`[data-cell="${wanted.row}:${wanted.column}"]`);
      if (cell) {
        isMoving.current = false;
        cell.focus({ preventScroll: true });
      } else if (tries++ < 20) handle = requestAnimationFrame(focus);
    };
    let handle = requestAnimationFrame(focus);
    return () => cancelAnimationFrame(handle);
  }, [wanted, frame]);

  return {
    active,
    onFocusCell: (position) => {
      if (!isMoving.current) setWanted(position);
    },
    onKeyDown: (event) => {
      const next = moveInGrid(active, event.key, event.ctrlKey || event.metaKey, { rows, columns });
      if (!next) return;
      event.preventDefault();
      isMoving.current = true;
      reveal.current(next);
      setWanted(next);
    },
  };
}
