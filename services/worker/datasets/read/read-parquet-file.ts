import type { ColumnType } from "../../../shared/contracts/dataset-profile.ts";
import { identifier, literal } from "../../../shared/datasets/sql-names.ts";
import { count, query } from "../duckdb.ts";
import { refuse } from "./detect-format.ts";
import { type Staging, selectTexts } from "./staged-table.ts";
import { nameColumns } from "./table-names.ts";
import type { SourceFile } from "./unpack.ts";

/** Reads a Parquet file into one table. @throws Refusal parquet_encrypted, parquet_corrupt */
export async function readParquetFile(file: SourceFile, staging: Staging): Promise<void> {
  const source = `read_parquet(${literal(file.path)})`;
  try {
    const described = await query(staging.duckdb, `DESCRIBE SELECT * FROM ${source}`);
    const names = nameColumns(described.map(([name]) => String(name)));
    const columns = described.map(([original, type], index) => ({
      ...names[index]!,
      original: String(original),
      sql: String(type),
      type: typeOf(String(type)),
    }));
    const [[rows] = []] = await query(staging.duckdb, `SELECT count(*) FROM ${source}`);
    if (count(rows) === 0 && columns.length === 0) refuse("no_table", `${file.name} has no columns.`);
    await staging.add(
      file.name,
      {
        file: file.name,
        format: "parquet",
        reading: null,
        issues: [],
        columns: columns.map(({ name, originalName, type }) => ({ name, originalName, type })),
      },
      selectTexts(
        columns.map(({ name, original, sql, type }) => ({
          name,
          expression: asText(identifier(original), sql, type),
        })),
        source,
      ),
    );
    staging.onRows(count(rows), file.name);
  } catch (error) {
    const { message, name } = error as Error;
    if (name === "Refusal" || /out of memory/i.test(message)) throw error;
    if (/encrypt|PARE|decrypt/i.test(message))
      refuse("parquet_encrypted", `${file.name} is encrypted. Write it without encryption.`);
    const codec = /Unsupported compression codec "(\w{1,20})"/.exec(message)?.[1];
    if (codec !== undefined)
      refuse(
        "parquet_corrupt",
        `${file.name} is compressed with ${codec}, which cannot be read. Write it with zstd, snappy or gzip.`,
      );
    refuse("parquet_corrupt", `${file.name} is damaged and cannot be read. Write it again.`);
  }
}

/** Null for types that have no text of their own here: they are read as texts. */
function typeOf(sql: string): ColumnType | null {
  if (/^(STRUCT|MAP|UNION)\b|\[\d*\]$|^JSON$/.test(sql)) return "json";
  if (/^(TINYINT|SMALLINT|INTEGER|BIGINT|UTINYINT|USMALLINT|UINTEGER)$/.test(sql)) return "integer";
  if (/^DECIMAL|^HUGEINT$|^UBIGINT$|^UHUGEINT$/.test(sql)) return "decimal";
  if (/^(FLOAT|DOUBLE)$/.test(sql)) return "number";
  if (sql === "BOOLEAN") return "boolean";
  if (sql === "DATE") return "date";
  if (/^TIMESTAMP/.test(sql)) return "timestamp";
  if (/^TIME\b/.test(sql)) return "time";
  if (sql === "BLOB") return "binary";
  return null;
}

function asText(column: string, sql: string, type: ColumnType | null): string {
  if (type === "json") return `CAST(to_json(${column}) AS VARCHAR)`;
  if (type === "binary") return `lower(hex(${column}))`;
  if (type === "timestamp") {
    const instant = /WITH TIME ZONE/.test(sql)
      ? `(${column} AT TIME ZONE 'UTC')`
      : `CAST(${column} AS TIMESTAMP)`;
    const zone = /WITH TIME ZONE/.test(sql) ? "Z" : "";
    return `CASE WHEN isfinite(${instant}) THEN replace(CAST(${instant} AS VARCHAR), ' ', 'T') || '${zone}' END`;
  }
  return `replace(CAST(${column} AS VARCHAR), chr(0), '')`;
}
