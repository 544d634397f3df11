import { createWriteStream } from "node:fs";
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { quote } from "./copy-tables.ts";

const ROWS_AT_ONCE = 2000;

/** RFC 4180 with a header; null is an empty cell, an empty text a quoted one. */
export async function writeCsv(database: DatabaseSync, table: string, file: string): Promise<void> {
  await pipeline(Readable.from(linesOf(database, table)), createWriteStream(file));
}

function* linesOf(database: DatabaseSync, table: string): Generator<string> {
  const statement = database.prepare(`select * from main.${quote(table)} order by rowid`);
  // 18-digit numbers stay exact.
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  yield lineOf(statement.columns().map(({ name }) => name));
  let lines: string[] = [];
  for (const row of statement.iterate() as unknown as Iterable<SQLOutputValue[]>) {
    lines.push(lineOf(row));
    if (lines.length < ROWS_AT_ONCE) continue;
    yield lines.join("");
    lines = [];
  }
  yield lines.join("");
}

function lineOf(cells: readonly SQLOutputValue[]): string {
  return `${cells.map(cellOf).join(",")}\r\n`;
}

function cellOf(value: SQLOutputValue): string {
  if (value === null) return "";
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  const text = String(value);
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
