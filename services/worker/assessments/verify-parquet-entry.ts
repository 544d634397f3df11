import { literal } from "../../shared/datasets/sql-names.ts";
import { type ConfinedTask, Refusal } from "../confined/confined-entry.ts";
import { openDuckDb, query } from "../datasets/duckdb.ts";

export interface VerifyParquetInput {
  /** Name of the file in the scratch directory. */
  file: string;
  /** As the manifest has them, in order. */
  columns: string[];
  rows: number;
}

const MEMORY_MIB = 256;

/**
 * Runs confined: reads a Parquet file from outside to its end. It must be what the studio itself would have written,
 * a table of texts with these columns and rows, for the api pages through it.
 */
export default async function verifyParquet(
  { file, columns, rows }: VerifyParquetInput,
  { directory }: ConfinedTask,
): Promise<{ characters: number }> {
  try {
    const duckdb = await openDuckDb(directory, MEMORY_MIB, 1);
    const source = `read_parquet(${literal(`${directory}/${file}`)})`;
    const found = await query(duckdb, `DESCRIBE SELECT * FROM ${source}`);
    const isSame = found.length === columns.length && found.every(([name], at) => name === columns[at]);
    if (!isSame || found.some(([, type]) => type !== "VARCHAR"))
      throw new Refusal("not_plain", "its columns are not texts with the names of the table's columns");
    // The length of a text is known only when the text was read.
    const [[count, characters] = []] = await query(
      duckdb,
      `SELECT count(*), coalesce(sum(list_sum(list_transform([*COLUMNS(*)], lambda cell: length(cell)))), 0) FROM ${source}`,
    );
    if (Number(count) !== rows) throw new Refusal("not_plain", "it has another number of rows");
    return { characters: Number(characters) };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("unreadable", "it is no Parquet file, or it is damaged");
  }
}
