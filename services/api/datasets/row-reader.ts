import type { DuckDBInstance } from "@duckdb/node-api";
import pLimit from "p-limit";
import { LONGEST_CELL, type RowFilter, type RowPage } from "../../shared/contracts/dataset-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { isNumeric, type TypedColumn, typedExpression } from "../../shared/datasets/column-types.ts";
import { identifier, literal } from "../../shared/datasets/sql-names.ts";

const MEMORY_MIB = 256;
const TIMEOUT_MS = 10_000;
const QUERIES_AT_ONCE = 2;

export interface RowSource {
  /** A Parquet file that the platform wrote: texts only. */
  path: string;
  columns: TypedColumn[];
  rows: number;
}

export interface RowRequest {
  page: number;
  pageSize: number;
  sort?: string | undefined;
  filters: RowFilter[];
}

/**
 * Pages through tables. DuckDB over Parquet rather than SQLite: it reads only the columns a filter or an order needs,
 * off the event loop, and can be interrupted. What was uploaded is never opened here, only files that our own
 * children wrote; DuckDB may read the blob directory and nothing else, with little memory and no room on the disk.
 */
export class RowReader {
  readonly #blobDirectory: string;
  readonly #limit = pLimit(QUERIES_AT_ONCE);
  #instance: Promise<DuckDBInstance> | undefined;

  constructor(blobDirectory: string) {
    this.#blobDirectory = blobDirectory;
  }

  /** @throws PlatformError dataset_rows_invalid, dataset_rows_slow */
  async read(source: RowSource, request: RowRequest): Promise<RowPage> {
    const { where, values } = conditionOf(source, request.filters);
    const { from, place } = numberedRows(source);
    const order = orderOf(source, request.sort, place);
    const cells = source.columns.map(({ name }) => `left(${identifier(name)}, ${LONGEST_CELL + 1})`);
    const offset = (request.page - 1) * request.pageSize;
    const page = `SELECT ${cells.join(", ")} FROM ${from}${where} ORDER BY ${order} LIMIT ${request.pageSize} OFFSET ${offset}`;
    const [rows, counts] = await this.#limit(() =>
      this.#run([
        { sql: page, values },
        ...(where ? [{ sql: `SELECT count(*) FROM ${from}${where}`, values }] : []),
      ]),
    );
    return present(source, request, rows!, counts ? Number(counts[0]![0]) : source.rows);
  }

  async close(): Promise<void> {
    (await this.#instance)?.closeSync();
  }

  async #run(queries: { sql: string; values: string[] }[]): Promise<unknown[][][]> {
    const connection = await (await this.#open()).connect();
    const timer = setTimeout(() => connection.interrupt(), TIMEOUT_MS);
    try {
      const results: unknown[][][] = [];
      for (const { sql, values } of queries)
        results.push((await connection.runAndReadAll(sql, values)).getRows());
      return results;
    } catch (error) {
      if (/interrupt|out of memory/i.test((error as Error).message))
        throw new PlatformError("dataset_rows_slow", undefined, { cause: error });
      throw error;
    } finally {
      clearTimeout(timer);
      connection.closeSync();
    }
  }

  /** Loaded when rows are first asked for: most api processes never need it. */
  #open(): Promise<DuckDBInstance> {
    this.#instance ??= openInstance(this.#blobDirectory);
    return this.#instance;
  }
}

async function openInstance(directory: string): Promise<DuckDBInstance> {
  const { DuckDBInstance: Instance } = await import("@duckdb/node-api");
  const instance = await Instance.create(":memory:", {
    memory_limit: `${MEMORY_MIB}MiB`,
    threads: "1",
    temp_directory: "",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  await connection.run("SET GLOBAL TimeZone = 'UTC'");
  await connection.run(`SET GLOBAL allowed_directories = [${literal(directory)}]`);
  await connection.run("SET GLOBAL enable_external_access = false");
  await connection.run("SET GLOBAL lock_configuration = true");
  connection.closeSync();
  return instance;
}

function columnOf(source: RowSource, name: string): TypedColumn {
  const column = source.columns.find((candidate) => candidate.name === name);
  if (!column) throw new PlatformError("dataset_rows_invalid", `There is no column ${name.slice(0, 100)}.`);
  return column;
}

/** The rows, with the column that says where each stands. DuckDB's own has a name that a file's column may have, too. */
function numberedRows({ path, columns }: RowSource): { from: string; place: string } {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  let place = "file_row_number";
  if (!names.has(place)) return { from: `read_parquet(${literal(path)}, file_row_number = true)`, place };
  while (names.has(place)) place += "_";
  return { from: `(SELECT *, row_number() OVER () AS ${place} FROM read_parquet(${literal(path)}))`, place };
}

/** In the file's order after everything else, so that pages never overlap. */
function orderOf(source: RowSource, sort: string | undefined, place: string): string {
  if (!sort) return place;
  const exact = source.columns.some(({ name }) => name === sort);
  const descending = !exact && sort.startsWith("-");
  const column = columnOf(source, descending ? sort.slice(1) : sort);
  return `${typedExpression(column)} ${descending ? "DESC" : "ASC"} NULLS LAST, ${place}`;
}

const OPERATORS = { less: "<", at_most: "<=", more: ">", at_least: ">=" } as const;

function conditionOf(source: RowSource, filters: RowFilter[]): { where: string; values: string[] } {
  const values: string[] = [];
  const conditions = filters.map((filter) => {
    const column = columnOf(source, filter.column);
    const text = identifier(column.name);
    const { comparison } = filter;
    if (comparison === "is_null" || comparison === "is_not_null")
      return `${text} IS ${comparison === "is_null" ? "" : "NOT "}NULL`;
    values.push(filter.value);
    const value = `CAST($${values.length} AS VARCHAR)`;
    if (comparison === "contains") return `contains(lower(${text}), lower(${value}))`;
    const typed = isNumeric(column.type) || column.type === "date" || column.type === "timestamp";
    if (typed) requireComparable(column, filter.value);
    const [left, right] = typed ? [typedExpression(column), typedExpression(column, value)] : [text, value];
    if (comparison === "equals") return `${left} = ${right}`;
    if (comparison === "not_equals") return `${left} IS DISTINCT FROM ${right}`;
    return `${left} ${OPERATORS[comparison]} ${right}`;
  });
  return { where: conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "", values };
}

function requireComparable({ name, type }: TypedColumn, value: string): void {
  const fits = isNumeric(type)
    ? /^-?\d{1,25}(\.\d{1,12})?$/.test(value) ||
      (type === "number" && Number.isFinite(Number(value)) && value !== "")
    : !Number.isNaN(Date.parse(value));
  if (!fits)
    throw new PlatformError(
      "dataset_rows_invalid",
      `${name} holds values of type ${type}; “${value.slice(0, 100)}” is none.`,
    );
}

function present(
  source: RowSource,
  { page, pageSize }: RowRequest,
  rows: unknown[][],
  matching: number,
): RowPage {
  const cut: RowPage["cut"] = [];
  return {
    columns: source.columns.map(({ name, type }) => ({ name, type })),
    rows: rows.map((row, rowIndex) =>
      row.map((cell, columnIndex) => {
        if (cell === null) return null;
        const text = String(cell);
        if ([...text].length <= LONGEST_CELL) return text;
        cut.push([rowIndex, columnIndex]);
        return [...text].slice(0, LONGEST_CELL).join("");
      }),
    ),
    cut,
    page,
    pageSize,
    matching,
    total: source.rows,
  };
}
