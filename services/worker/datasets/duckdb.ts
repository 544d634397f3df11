import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { literal } from "../../shared/datasets/sql-names.ts";

/**
 * DuckDB inside of a confined child: it reads and writes files of `directory` and nothing else, loads no extension
 * and no file over the network, and puts what does not fit its memory into `directory`.
 */
export async function openDuckDb(
  directory: string,
  memoryMib: number,
  threads = 2,
): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${memoryMib}MiB`,
    threads: String(threads),
    temp_directory: `${directory}/spill`,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    preserve_insertion_order: "true",
  });
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  await connection.run(`SET allowed_directories = [${literal(directory)}]`);
  await connection.run("SET enable_external_access = false");
  await connection.run("SET lock_configuration = true");
  return connection;
}

/** Rows as arrays of plain values; small results only. */
export async function query(connection: DuckDBConnection, sql: string): Promise<unknown[][]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRows();
}

/** Counts come as BigInt. */
export function count(value: unknown): number {
  return Number(value ?? 0);
}
