import type { DuckDBConnection } from "@duckdb/node-api";
import type { Histogram } from "../../../shared/contracts/dataset-profile.ts";
import { isNumeric, type TypedColumn, typedExpression } from "../../../shared/datasets/column-types.ts";
import { identifier } from "../../../shared/datasets/sql-names.ts";
import { count, query } from "../duckdb.ts";

const BINS = 20;
/** With at most so many different values, each has a bar of its own. */
const FEW_VALUES = 25;
const LABEL_CHARACTERS = 80;

/** How the values of a column are spread; null where there is nothing to show. */
export async function histogramOf(
  duckdb: DuckDBConnection,
  from: string,
  column: TypedColumn,
  facts: { filled: number; distinct: number },
): Promise<Histogram | null> {
  if (facts.filled === 0) return null;
  const value = typedExpression(column);
  if (column.type === "integer" && facts.distinct > 12) return integerHistogram(duckdb, from, value);
  if (isNumeric(column.type) && facts.distinct > 12)
    return rangeHistogram(duckdb, from, `CAST(${value} AS DOUBLE)`, (at) =>
      String(Number(at.toPrecision(12))),
    );
  if ((column.type === "date" || column.type === "timestamp") && facts.distinct > 12)
    return rangeHistogram(duckdb, from, `epoch(${value})`, (at) => instantLabel(at, column.type === "date"));
  const text = identifier(column.name);
  if (facts.distinct <= FEW_VALUES || facts.distinct < facts.filled / 2)
    return valueHistogram(duckdb, from, text, facts.filled);
  if (column.type !== "text" && column.type !== "json") return null;
  return {
    ...(await rangeHistogram(duckdb, from, `length(${text})`, (at) => String(Math.round(at))))!,
    kind: "length",
  };
}

/** Groups and orders by place: an alias would mean a column of that name, where there is one. */
async function valueHistogram(
  duckdb: DuckDBConnection,
  from: string,
  text: string,
  filled: number,
): Promise<Histogram> {
  const rows = await query(
    duckdb,
    `SELECT left(${text}, ${LABEL_CHARACTERS}), count(*) FROM ${from} WHERE ${text} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${BINS}`,
  );
  const bins = rows.map(([label, times]) => ({ label: String(label), to: null, count: count(times) }));
  return { kind: "values", bins, other: filled - bins.reduce((sum, bin) => sum + bin.count, 0) };
}

/** Counted from the smallest value, so that 18 digits do not all fall on one double. */
async function integerHistogram(
  duckdb: DuckDBConnection,
  from: string,
  value: string,
): Promise<Histogram | null> {
  const [[low] = []] = await query(duckdb, `SELECT CAST(min(${value}) AS VARCHAR) FROM ${from}`);
  if (typeof low !== "string" || !/^-?\d+$/.test(low)) return null;
  const distance = `CAST(CAST(${value} AS HUGEINT) - CAST('${low}' AS HUGEINT) AS DOUBLE)`;
  return rangeHistogram(duckdb, from, distance, (at) => String(BigInt(low) + BigInt(Math.round(at))));
}

async function rangeHistogram(
  duckdb: DuckDBConnection,
  from: string,
  value: string,
  label: (at: number) => string,
): Promise<Histogram | null> {
  const [[low, high] = []] = await query(
    duckdb,
    `SELECT CAST(min(${value}) AS DOUBLE), CAST(max(${value}) AS DOUBLE) FROM ${from} WHERE isfinite(CAST(${value} AS DOUBLE))`,
  );
  if (typeof low !== "number" || typeof high !== "number" || !Number.isFinite(high - low)) return null;
  const step = (high - low) / BINS || 1;
  const rows = await query(
    duckdb,
    `SELECT least(${BINS - 1}, greatest(0, CAST(floor((${value} - ${sqlNumber(low)}) / ${sqlNumber(step)}) AS INTEGER))), count(*) FROM ${from} WHERE isfinite(CAST(${value} AS DOUBLE)) GROUP BY 1`,
  );
  const counts = new Map(rows.map(([bin, times]) => [Number(bin), count(times)]));
  const bins = Array.from({ length: high === low ? 1 : BINS }, (_, index) => ({
    label: label(low + index * step),
    to: label(low + (index + 1) * step),
    count: counts.get(index) ?? 0,
  }));
  return { kind: "range", bins, other: 0 };
}

const sqlNumber = (value: number) => `CAST('${value}' AS DOUBLE)`;

function instantLabel(epochSec: number, dateOnly: boolean): string {
  const date = new Date(epochSec * 1000);
  if (Number.isNaN(date.getTime())) return String(epochSec);
  return dateOnly ? date.toISOString().slice(0, 10) : date.toISOString();
}
