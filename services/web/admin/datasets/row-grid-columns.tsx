import type { RowPage } from "../../../shared/contracts/dataset-studio.ts";
import type { GridColumn } from "../../ui/data-grid-model.ts";
import { NUMERIC_TYPES, TYPE_WORDS } from "./profile-words.ts";

/** One row for the grid: its cells, and which of them are only the beginning. */
export interface GridCells {
  row: readonly (string | null)[];
  isCut: (column: number) => boolean;
}

const TYPE_WIDTHS: Record<string, number> = { text: 240, json: 280, timestamp: 190, date: 120, boolean: 110 };

export function gridColumns(columns: RowPage["columns"]): GridColumn<GridCells>[] {
  return columns.map(({ name, type }, index) => ({
    id: name,
    name,
    note: TYPE_WORDS[type],
    width: Math.max(TYPE_WIDTHS[type] ?? 140, Math.min(320, name.length * 8 + 44)),
    align: NUMERIC_TYPES.includes(type) ? "end" : "start",
    mono: type === "json" || type === "binary",
    isSortable: type !== "json",
    cell: (cells) => <Cell text={cells.row[index] ?? null} isCut={cells.isCut(index)} />,
    title: (cells) => cells.row[index] ?? undefined,
  }));
}

function Cell({ text, isCut }: { text: string | null; isCut: boolean }) {
  if (text === null) return <span className="text-ink-faint italic">empty</span>;
  if (text === "") return <span className="text-ink-faint italic">empty text</span>;
  // Only the beginning is ever in sight; the whole of it would slow the grid down.
  return (
    <>
      {text.slice(0, 300)}
      {isCut || text.length > 300 ? "…" : ""}
    </>
  );
}
