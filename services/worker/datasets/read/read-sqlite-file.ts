import { rm } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { refuse } from "./detect-format.ts";
import { IMPORT_LIMITS } from "./import-limits.ts";
import { RowIssues } from "./row-issues.ts";
import type { Staging } from "./staged-table.ts";
import { nameColumns } from "./table-names.ts";
import { TableSpool } from "./table-spool.ts";
import type { SourceFile, Unpacked } from "./unpack.ts";

const TOLD_EVERY_ROWS = 20_000;
const decodeUtf8 = new TextDecoder("utf-8");

/** Reads the tables of a SQLite file; views, triggers and virtual tables are never run. */
export async function readSqliteFile(
  file: SourceFile,
  staging: Staging,
  leftOut: Unpacked["leftOut"],
): Promise<void> {
  const database = open(file);
  try {
    const tables = listTables(database, file, leftOut);
    if (tables.length > IMPORT_LIMITS.tables)
      refuse(
        "too_many_tables",
        `${file.name} has ${tables.length} tables; at most ${IMPORT_LIMITS.tables} are possible.`,
      );
    for (const table of tables) await readTable(database, table, file, staging);
    if (tables.length === 0) refuse("no_table", `${file.name} has no tables with rows of their own.`);
  } finally {
    database.close();
  }
}

function open(file: SourceFile): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file.path, {
      readOnly: true,
      allowExtension: false,
      enableDoubleQuotedStringLiterals: false,
    });
    database.exec("PRAGMA trusted_schema = OFF");
    const [check] = database.prepare("PRAGMA quick_check(1)").all() as { quick_check: string }[];
    if (check?.quick_check !== "ok") throw new Error(String(check?.quick_check));
    return database;
  } catch (error) {
    database?.close();
    const { message } = error as Error;
    if (/encrypt/i.test(message))
      refuse("sqlite_encrypted", `${file.name} cannot be opened: it is encrypted or damaged.`);
    return refuse(
      "sqlite_corrupt",
      `${file.name} is damaged (${message.slice(0, 200)}). Make it again with VACUUM INTO.`,
    );
  }
}

interface SqliteTable {
  name: string;
  columns: string[];
}

function listTables(database: DatabaseSync, file: SourceFile, leftOut: Unpacked["leftOut"]): SqliteTable[] {
  const rows = database
    .prepare("SELECT name, sql, type FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY rowid")
    .all() as { name: string; sql: string | null; type: string }[];
  const tables: SqliteTable[] = [];
  for (const { name, sql, type } of rows) {
    if (name.startsWith("sqlite_")) continue;
    const label = `${file.name}: ${name}`;
    if (type === "view") leftOut.push({ file: label, why: "It is a view, not a table." });
    else if (/^\s*CREATE\s+VIRTUAL/i.test(sql ?? ""))
      leftOut.push({ file: label, why: "It is a virtual table." });
    else tables.push({ name, columns: columnsOf(database, name) });
  }
  return tables;
}

function columnsOf(database: DatabaseSync, table: string): string[] {
  const rows = database.prepare("SELECT name FROM pragma_table_info(?)").all(table) as { name: string }[];
  return rows.map(({ name }) => name);
}

async function readTable(
  database: DatabaseSync,
  table: SqliteTable,
  file: SourceFile,
  staging: Staging,
): Promise<void> {
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const issues = new RowIssues();
  const spool = new TableSpool(staging.scratch("sqlite.csv"));
  // Texts as bytes: what is no UTF-8 would else be an error in the middle of a table.
  const cells = table.columns.map(
    (name) =>
      `CASE typeof(${quote(name)}) WHEN 'text' THEN CAST(${quote(name)} AS BLOB) WHEN 'blob' THEN lower(hex(${quote(name)})) ELSE ${quote(name)} END`,
  );
  try {
    const rows = database.prepare(`SELECT ${cells.join(", ")} FROM ${quote(table.name)}`);
    rows.setReturnArrays(true);
    rows.setReadBigInts(true);
    for (const row of rows.iterate() as Iterable<unknown>) {
      const texts = (row as unknown[]).map(textOf);
      if (texts.some((text) => text?.includes("\0")))
        issues.note("nul_characters", "repaired", null, texts.join(" "));
      spool.add(texts);
      if (spool.rows % TOLD_EVERY_ROWS === 0) staging.onRows(spool.rows, `${file.name}: ${table.name}`);
    }
  } catch (error) {
    if ((error as Error).name === "Refusal") throw error;
    refuse("sqlite_corrupt", `The table ${table.name} of ${file.name} cannot be read: it is damaged.`);
  }
  spool.close();
  const columns = nameColumns(table.columns).map((column) => ({ ...column, type: null }));
  await staging.add(
    table.name,
    { file: file.name, format: "sqlite", reading: null, issues: issues.list(), columns },
    staging.readCsv(spool.path, columns, { delimiter: ",", lineEnd: "\\n", ragged: true }),
  );
  await rm(spool.path);
}

function textOf(value: unknown): string | null {
  if (value === null) return null;
  if (value instanceof Uint8Array) return decodeUtf8.decode(value);
  return String(value);
}
