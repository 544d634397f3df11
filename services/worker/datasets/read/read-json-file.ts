import { rm } from "node:fs/promises";
import type { FileFormat } from "../../../shared/contracts/dataset-profile.ts";
import { refuse } from "./detect-format.ts";
import { IMPORT_LIMITS } from "./import-limits.ts";
import { asText, membersOf } from "./json-tokens.ts";
import { JsonValueFinder } from "./json-values.ts";
import { RowIssues } from "./row-issues.ts";
import type { Staging } from "./staged-table.ts";
import { nameColumns } from "./table-names.ts";
import { TableSpool } from "./table-spool.ts";
import { readAsUtf8, type TextEncoding } from "./text-encoding.ts";
import type { SourceFile } from "./unpack.ts";

const BROKEN_ROWS_SHARE = 0.5;

/** Records of one array, or of all lines; columns appear as records bring them. */
class RecordTable {
  readonly spool: TableSpool;
  readonly columns = new Map<string, number>();
  readonly issues = new RowIssues();
  skipped = 0;
  readonly #file: string;

  constructor(path: string, file: string) {
    this.spool = new TableSpool(path);
    this.#file = file;
  }

  /** @returns whether it was a record */
  add(text: string, line: number): boolean {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return this.#skip("invalid_json", line, text);
    }
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return this.#skip("not_an_object", line, text);
    const cells: (string | null)[] = [];
    for (const [key, cell] of membersOf(text)) {
      let index = this.columns.get(key);
      if (index === undefined) {
        index = this.columns.size;
        this.columns.set(key, index);
        if (index >= IMPORT_LIMITS.columns)
          refuse(
            "too_many_columns",
            `The records of ${this.#file} have more than ${IMPORT_LIMITS.columns} different members.`,
          );
      }
      while (cells.length < index) cells.push(null);
      cells[index] = cell;
    }
    this.spool.add(cells);
    return true;
  }

  #skip(kind: "invalid_json" | "not_an_object", line: number, text: string): false {
    this.skipped++;
    this.issues.note(kind, "skipped", line, text);
    return false;
  }
}

/** Reads JSON Lines: each line a record, broken ones skipped. */
export async function readJsonLines(
  file: SourceFile,
  encoding: TextEncoding,
  staging: Staging,
): Promise<void> {
  const table = new RecordTable(staging.scratch("records.csv"), file.name);
  let line = 0;
  let rest: Buffer[] = [];
  let restBytes = 0;
  const take = (bytes: Buffer) => {
    line++;
    const text = bytes.toString("utf8").trim();
    if (text !== "") table.add(text, line);
  };
  for await (const chunk of readAsUtf8(file.path, encoding) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      take(rest.length > 0 ? Buffer.concat([...rest, chunk.subarray(from, end)]) : chunk.subarray(from, end));
      rest = [];
      restBytes = 0;
      from = end + 1;
    }
    if (from < chunk.length) rest.push(Buffer.from(chunk.subarray(from)));
    restBytes += chunk.length - from;
    if (restBytes > IMPORT_LIMITS.rowBytes * 4)
      refuse("malformed_json", `Line ${line + 1} of ${file.name} is larger than 16 MiB.`);
    staging.onRows(table.spool.rows, file.name);
  }
  take(Buffer.concat(rest));
  if (table.skipped > (table.skipped + table.spool.rows) * BROKEN_ROWS_SHARE)
    refuse("malformed_json", `More than half of the lines of ${file.name} are no JSON objects.`);
  await stage(table, file, file.name, "jsonl", encoding, staging);
}

/** Reads a JSON document: an array of records, or an object with such arrays, each of which becomes a table. */
export async function readJsonDocument(
  file: SourceFile,
  encoding: TextEncoding,
  staging: Staging,
): Promise<void> {
  const tables = new Map<string | null, RecordTable>();
  const finder = new JsonValueFinder(({ member, text, line }) => {
    let table = tables.get(member);
    if (!table) {
      if (tables.size >= IMPORT_LIMITS.tables)
        refuse("too_many_tables", `${file.name} has more than ${IMPORT_LIMITS.tables} arrays.`);
      table = new RecordTable(staging.scratch(`records-${tables.size}.csv`), file.name);
      tables.set(member, table);
    }
    // In one document, what is broken breaks all that follows.
    if (!table.add(text, line) && !isJson(asText(text) ?? "null") && !isJson(text))
      refuse("malformed_json", `${file.name} is not valid JSON: the record on line ${line} is broken.`);
  });
  for await (const chunk of readAsUtf8(file.path, encoding) as AsyncIterable<Buffer>) {
    finder.push(chunk);
    staging.onRows(finder.found, file.name);
  }
  finder.end();
  const filled = [...tables].filter(([, { spool }]) => spool.rows > 0);
  for (const [member, table] of tables) if (table.spool.rows === 0) await discard(table, member);
  if (filled.length === 0)
    refuse("no_table", `${file.name} has no records: an array of objects was looked for.`);
  for (const [member, table] of filled)
    await stage(
      table,
      file,
      member === null || filled.length === 1 ? file.name : member,
      "json",
      encoding,
      staging,
    );
}

async function discard(table: RecordTable, _member: string | null): Promise<void> {
  table.spool.close();
  await rm(table.spool.path);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function stage(
  table: RecordTable,
  file: SourceFile,
  source: string,
  format: FileFormat,
  encoding: TextEncoding,
  staging: Staging,
): Promise<void> {
  table.spool.close();
  if (table.spool.rows === 0 || table.columns.size === 0) refuse("no_table", `${file.name} has no records.`);
  const columns = nameColumns([...table.columns.keys()]).map((column) => ({ ...column, type: null }));
  await staging.add(
    source,
    {
      file: file.name,
      format,
      reading: {
        encoding: encoding.encoding,
        byteOrderMark: encoding.byteOrderMark,
        delimiter: null,
        header: null,
        lineEnd: "lf",
      },
      issues: table.issues.list(),
      columns,
    },
    staging.readCsv(table.spool.path, columns, { delimiter: ",", lineEnd: "\\n", ragged: true }),
  );
  await rm(table.spool.path);
}
