import type { RowPage } from "../../../shared/contracts/dataset-studio.ts";
import type { GridColumn } from "../../ui/data-grid-model.ts";
import { NUMERIC_TYPES, TYPE_WORDS } from "./profile-words.ts";

/** One row for the grid: its cells, and which of them are only the beginning. */
export interface GridCells {
  row: readonly (string | null)[];
  isCut: (column: number) => boolean;
}

/** In pixels, with the room a cell keeps free at its sides. */
const [NARROWEST, WIDEST, CHARACTER, SIDES] = [96, 340, 8.7, 28];

/** @param rows of the page in sight: a column is as wide as its longest cell there, within bounds. */
export function gridColumns({ columns, rows }: Pick<RowPage, "columns" | "rows">): GridColumn<GridCells>[] {
  return columns.map(({ name, type }, index) => ({
    id: name,
    name,
    note: TYPE_WORDS[type],
    width: widthOf([name.length + 1, TYPE_WORDS[type].length, ...rows.map((row) => row[index]?.length ?? 5)]),
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

function widthOf(lengths: readonly number[]): number {
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, longest * CHARACTER + SIDES)));
}
