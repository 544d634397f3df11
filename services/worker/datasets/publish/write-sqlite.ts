import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { ColumnType } from "../../../shared/contracts/dataset-profile.ts";
import type { TypedColumn } from "../../../shared/datasets/column-types.ts";
import { identifier } from "../../../shared/datasets/sql-names.ts";

const SQL_TYPES: Partial<Record<ColumnType, string>> = {
  integer: "INTEGER",
  decimal: "REAL",
  number: "REAL",
  boolean: "INTEGER",
};

/**
 * All tables in one SQLite file, which mock APIs are built from: whole numbers of 64 bits exactly, other numbers as
 * doubles, true and false as 1 and 0, everything else as the text it was.
 * @param tables `from` gives the texts, in the file's order
 */
export async function writeSqlite(
  path: string,
  duckdb: DuckDBConnection,
  tables: readonly { name: string; columns: readonly TypedColumn[]; from: string }[],
  onRows: (rows: number, table: string) => void,
): Promise<void> {
  const database = new DatabaseSync(path);
  try {
    // The file is new and nobody's yet: a crash throws all of it away.
    database.exec("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    for (const table of tables) await fill(database, duckdb, table, onRows);
  } finally {
    database.close();
  }
}

async function fill(
  database: DatabaseSync,
  duckdb: DuckDBConnection,
  { name, columns, from }: { name: string; columns: readonly TypedColumn[]; from: string },
  onRows: (rows: number, table: string) => void,
): Promise<void> {
  const definitions = columns.map(
    (column) => `${identifier(column.name)} ${SQL_TYPES[column.type] ?? "TEXT"}`,
  );
  database.exec(`CREATE TABLE ${identifier(name)} (${definitions.join(", ")})`);
  const insert = database.prepare(
    `INSERT INTO ${identifier(name)} VALUES (${columns.map(() => "?").join(", ")})`,
  );
  const cells = columns.map(({ type }) => cellReader(type));
  const result = await duckdb.stream(`SELECT * FROM ${from}`);
  let rows = 0;
  database.exec("BEGIN");
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    for (const row of chunk.getRows())
      insert.run(...row.map((text, index) => (text === null ? null : cells[index]!(String(text)))));
    rows += chunk.rowCount;
    onRows(rows, name);
  }
  database.exec("COMMIT");
}

function cellReader(type: ColumnType): (text: string) => SQLInputValue {
  if (type === "integer") return (text) => (text.length < 16 ? Number(text) : wholeNumber(text));
  if (type === "decimal" || type === "number") return (text) => finite(text);
  if (type === "boolean") return (text) => (text.toLowerCase() === "true" ? 1 : 0);
  return (text) => text;
}

function wholeNumber(text: string): SQLInputValue {
  try {
    return BigInt(text);
  } catch {
    return text;
  }
}

function finite(text: string): SQLInputValue {
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}
