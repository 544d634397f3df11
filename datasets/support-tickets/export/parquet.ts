import { DuckDBInstance } from "@duckdb/node-api";
import type { Column, Table } from "../tables.ts";

const TYPE: Record<Column["type"], string> = {
  text: "VARCHAR",
  integer: "INTEGER",
  boolean: "BOOLEAN",
  timestamp: "VARCHAR",
  date: "VARCHAR",
  json: "VARCHAR",
};

/** Turns the JSON Lines files into Parquet. With one thread DuckDB keeps the order and so the bytes. */
export async function writeParquet(
  files: readonly { table: Table; jsonLines: string; parquet: string }[],
): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: "1",
    preserve_insertion_order: "true",
  });
  const connection = await instance.connect();
  try {
    for (const { table, jsonLines, parquet } of files) {
      const columns = table.columns.map((column) => `${column.name}: '${TYPE[column.type]}'`).join(", ");
      await connection.run(
        `COPY (SELECT * FROM read_json(${quote(jsonLines)}, format = 'newline_delimited', columns = {${columns}}, maximum_object_size = 16777216))
         TO ${quote(parquet)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000)`,
      );
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function quote(text: string): string {
  return `'${text.replace(/'/g, "''")}'`;
}
