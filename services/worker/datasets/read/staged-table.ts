import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type {
  ColumnType,
  FileFormat,
  RowIssue,
  TextReading,
} from "../../../shared/contracts/dataset-profile.ts";
import { identifier, literal } from "../../../shared/datasets/sql-names.ts";
import { refuse } from "./detect-format.ts";
import { IMPORT_LIMITS } from "./import-limits.ts";
import { type NamedColumn, nameTable } from "./table-names.ts";

/** A table as it was read: a Parquet file of texts, exactly as the source has them. */
export interface StagedTable {
  name: string;
  /** For people: the uploaded file's name or its path in the archive. */
  file: string;
  format: FileFormat;
  reading: TextReading | null;
  issues: RowIssue[];
  columns: (NamedColumn & {
    /** What the source says; null where it only has texts. */
    type: ColumnType | null;
  })[];
  /** In the scratch directory. */
  parquet: string;
}

/** Collects tables, within limits. */
export class Staging {
  readonly tables: StagedTable[] = [];
  readonly directory: string;
  readonly duckdb: DuckDBConnection;
  readonly onRows: (rows: number, subject: string) => void;
  readonly #names = new Set<string>();

  constructor(directory: string, duckdb: DuckDBConnection, onRows: (rows: number, subject: string) => void) {
    this.directory = directory;
    this.duckdb = duckdb;
    this.onRows = onRows;
  }

  /** A path for something that is needed for a while. */
  scratch(name: string): string {
    return join(this.directory, `${this.tables.length}-${name}`);
  }

  /**
   * Adds what a query gives, all of whose columns must be texts in the order of `columns`.
   * @param query may be run once
   */
  async add(source: string, table: Omit<StagedTable, "name" | "parquet">, query: string): Promise<void> {
    if (table.columns.length > IMPORT_LIMITS.columns)
      refuse(
        "too_many_columns",
        `${table.file} has ${table.columns.length} columns; at most ${IMPORT_LIMITS.columns} are possible.`,
      );
    if (this.tables.length >= IMPORT_LIMITS.tables)
      refuse("too_many_tables", `There are more than ${IMPORT_LIMITS.tables} tables.`);
    const parquet = `table-${this.tables.length}.parquet`;
    const path = join(this.directory, parquet);
    await rm(path, { force: true });
    await this.duckdb.run(
      `COPY (${query}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)`,
    );
    this.tables.push({ ...table, name: nameTable(source, this.#names), parquet });
  }

  /** Reads a CSV that this project wrote or made regular. */
  readCsv(
    path: string,
    columns: readonly NamedColumn[],
    options: { delimiter: string; lineEnd: "\\n" | "\\r\\n"; ragged?: boolean },
  ): string {
    const fields = columns.map(({ name }) => `${literal(name)}: 'VARCHAR'`).join(", ");
    const settings = [
      `delim = ${literal(options.delimiter)}`,
      `quote = '"', escape = '"', header = false, auto_detect = false, nullstr = ''`,
      `allow_quoted_nulls = false, new_line = ${literal(options.lineEnd)}`,
      `max_line_size = ${IMPORT_LIMITS.rowBytes * 5}, buffer_size = ${IMPORT_LIMITS.rowBytes * 10}`,
      `columns = {${fields}}`,
      ...(options.ragged ? ["null_padding = true, parallel = false"] : []),
    ];
    return `SELECT * FROM read_csv(${literal(path)}, ${settings.join(", ")})`;
  }
}

export function selectTexts(columns: readonly { name: string; expression: string }[], from: string): string {
  return `SELECT ${columns.map(({ name, expression }) => `${expression} AS ${identifier(name)}`).join(", ")} FROM ${from}`;
}
