import type { Column, Table } from "../tables.ts";

/** A row as the generator hands it over: JSON columns hold values, booleans are booleans. */
export type Row = Readonly<Record<string, unknown>>;

export function toCsv(table: Table, rows: readonly Row[]): string {
  const lines = [table.columns.map((column) => column.name).join(",")];
  for (const row of rows)
    lines.push(table.columns.map((column) => csvCell(column, row[column.name])).join(","));
  return `${lines.join("\n")}\n`;
}

/** Null is an empty cell; the empty string is quoted, so that the two can be told apart. */
function csvCell(column: Column, value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = column.type === "json" ? JSON.stringify(value) : String(value);
  return text === "" || /[",\n\r]/.test(text) || text !== text.trim()
    ? `"${text.replace(/"/g, '""')}"`
    : text;
}

/** One object a line; JSON columns are real arrays here. */
export function toJsonLines(table: Table, rows: readonly Row[]): string {
  return rows
    .map(
      (row) =>
        `${JSON.stringify(Object.fromEntries(table.columns.map(({ name }) => [name, row[name] ?? null])))}\n`,
    )
    .join("");
}
