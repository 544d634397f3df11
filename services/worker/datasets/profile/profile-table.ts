import type { DuckDBConnection } from "@duckdb/node-api";
import type { ColumnProfile, ColumnType, TableProfile } from "../../../shared/contracts/dataset-profile.ts";
import {
  isNumeric,
  TYPE_TESTS,
  type TypedColumn,
  typedExpression,
} from "../../../shared/datasets/column-types.ts";
import { identifier, literal } from "../../../shared/datasets/sql-names.ts";
import { count, query } from "../duckdb.ts";
import type { StagedTable } from "../read/staged-table.ts";
import { findSensitive, suggestAction } from "./find-sensitive.ts";
import { histogramOf } from "./histogram.ts";

/** Columns looked at in one pass over a table: more need more memory, fewer more passes. */
const COLUMNS_AT_ONCE = 16;
/** Up to so many rows, distinct values are counted; above, they are estimated. */
const COUNT_DISTINCT_ROWS = 300_000;
const SAMPLES = 8;
const SAMPLE_CHARACTERS = 200;
const SCANNED_VALUES = 20_000;

/** What could hold anything sensitive: cheap to see, so that the patterns run on little. */
const CANDIDATE = (text: string) =>
  `(contains(${text}, '@') OR regexp_matches(${text}, '[0-9](?:[ .()/-]{0,2}[0-9]){5}|[A-Z]{6}[0-9]{2}|AKIA|gh[pousr]_|sk-|xox|PRIVATE KEY|[0-9][.][0-9]'))`;

export interface ProfiledTable extends TableProfile {
  /** How each column is understood; of decimals also the digits after the point. */
  typed: TypedColumn[];
}

/**
 * Looks at every row of a staged table.
 * @param onColumn called with how many columns are done
 */
export async function profileTable(
  duckdb: DuckDBConnection,
  directory: string,
  table: StagedTable,
  onColumn: (done: number, of: number) => void,
): Promise<ProfiledTable> {
  const from = `read_parquet(${literal(`${directory}/${table.parquet}`)})`;
  const rows = count((await query(duckdb, `SELECT count(*) FROM ${from}`))[0]![0]);
  const columns: ColumnProfile[] = [];
  const typed: TypedColumn[] = [];
  for (let start = 0; start < table.columns.length; start += COLUMNS_AT_ONCE) {
    const batch = table.columns.slice(start, start + COLUMNS_AT_ONCE);
    const understood = await understand(duckdb, from, batch);
    const facts = await measure(duckdb, from, understood, rows);
    for (const [index, column] of understood.entries()) {
      const profile = await profileColumn(duckdb, from, column, facts[index]!, rows);
      columns.push({ ...profile, originalName: batch[index]!.originalName });
      typed.push(column);
      onColumn(columns.length, table.columns.length);
    }
  }
  const { name, file, format, reading, issues } = table;
  return { name, file, format, reading, rows, columns, issues, typed };
}

/** The narrowest type that all texts of a column have exactly; the source's own where it has types. */
async function understand(
  duckdb: DuckDBConnection,
  from: string,
  columns: StagedTable["columns"],
): Promise<TypedColumn[]> {
  const expressions = columns.flatMap(({ name }) => {
    const text = identifier(name);
    const tests = TYPE_TESTS.map(
      ([, test]) =>
        `coalesce(bool_and(CASE WHEN ${text} IS NOT NULL THEN coalesce(${test(text)}, false) END), false)`,
    );
    const scale = `coalesce(max(CASE WHEN contains(${text}, '.') THEN length(${text}) - strpos(${text}, '.') ELSE 0 END), 0)`;
    return [...tests, scale];
  });
  const [row = []] = await query(duckdb, `SELECT ${expressions.join(", ")} FROM ${from}`);
  const width = TYPE_TESTS.length + 1;
  return columns.map(({ name, type }, index) => {
    const results = row.slice(index * width, (index + 1) * width);
    const fitting = TYPE_TESTS.findIndex((_, test) => results[test] === true);
    const found: ColumnType = type ?? (fitting < 0 ? "text" : TYPE_TESTS[fitting]![0]);
    return { name, type: found, ...(found === "decimal" ? { scale: count(results.at(-1)) } : {}) };
  });
}

interface Facts {
  filled: number;
  distinct: number;
  min: string | null;
  max: string | null;
  mean: number | null;
  longest: number | null;
  candidates: number;
}

async function measure(
  duckdb: DuckDBConnection,
  from: string,
  columns: readonly TypedColumn[],
  rows: number,
): Promise<Facts[]> {
  const exact = rows <= COUNT_DISTINCT_ROWS;
  const expressions = columns.flatMap((column) => {
    const text = identifier(column.name);
    const value = typedExpression(column);
    // Of long texts the beginning is enough to sort by.
    const ordered =
      column.type === "text" || column.type === "json" || column.type === "binary"
        ? `left(${text}, 200)`
        : value;
    return [
      `count(${text})`,
      exact ? `count(DISTINCT ${text})` : `approx_count_distinct(${text})`,
      asLabel(column, `min(${ordered})`),
      asLabel(column, `max(${ordered})`),
      isNumeric(column.type) ? `avg(CAST(${value} AS DOUBLE))` : "NULL",
      `max(length(${text}))`,
      `count_if(${CANDIDATE(text)})`,
    ];
  });
  const [row = []] = await query(duckdb, `SELECT ${expressions.join(", ")} FROM ${from}`);
  return columns.map(({ type }, index) => {
    const [filled, distinct, min, max, mean, longest, candidates] = row.slice(index * 7, index * 7 + 7);
    return {
      filled: count(filled),
      distinct: Math.min(count(distinct), count(filled)),
      min: min === null ? null : String(min),
      max: max === null ? null : String(max),
      mean: typeof mean === "number" && Number.isFinite(mean) ? mean : null,
      longest: type === "text" || type === "json" ? count(longest) : null,
      candidates: count(candidates),
    };
  });
}

function asLabel({ type }: TypedColumn, value: string): string {
  return type === "timestamp" ? `strftime(${value}, '%Y-%m-%dT%H:%M:%SZ')` : `CAST(${value} AS VARCHAR)`;
}

async function profileColumn(
  duckdb: DuckDBConnection,
  from: string,
  column: TypedColumn,
  facts: Facts,
  rows: number,
): Promise<Omit<ColumnProfile, "originalName">> {
  const text = identifier(column.name);
  const ordinary = await texts(
    duckdb,
    `SELECT DISTINCT v FROM (SELECT left(${text}, ${SAMPLE_CHARACTERS}) AS v FROM ${from} WHERE ${text} IS NOT NULL LIMIT 2000) ORDER BY hash(v) LIMIT 50`,
  );
  const candidates =
    facts.candidates === 0
      ? []
      : await texts(
          duckdb,
          `SELECT v FROM (SELECT left(${text}, 20000) AS v FROM ${from} WHERE ${CANDIDATE(text)}) USING SAMPLE reservoir(${SCANNED_VALUES} ROWS) REPEATABLE (1)`,
        );
  const findings = findSensitive({
    name: column.name,
    type: column.type,
    filled: facts.filled,
    candidates: facts.candidates,
    values: candidates,
    ordinary,
  });
  return {
    name: column.name,
    type: column.type,
    nulls: rows - facts.filled,
    distinct: facts.distinct,
    distinctEstimated: rows > COUNT_DISTINCT_ROWS,
    min: facts.min,
    max: facts.max,
    mean: facts.mean,
    longest: facts.longest,
    samples: ordinary.slice(0, SAMPLES),
    histogram: await histogramOf(duckdb, from, column, facts),
    findings,
    suggestion: suggestAction(findings),
  };
}

async function texts(duckdb: DuckDBConnection, sql: string): Promise<string[]> {
  return (await query(duckdb, sql)).map(([value]) => String(value));
}
