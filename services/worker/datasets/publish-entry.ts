import type { TableProfile } from "../../shared/contracts/dataset-profile.ts";
import { type TypedColumn, typedExpression } from "../../shared/datasets/column-types.ts";
import { identifier, literal } from "../../shared/datasets/sql-names.ts";
import type { ConfinedTask } from "../confined/confined-entry.ts";
import { openDuckDb, query } from "./duckdb.ts";
import { profileTable } from "./profile/profile-table.ts";
import {
  type PseudonymKeys,
  type TreatedColumn,
  treatedExpression,
  treatedType,
} from "./publish/treat-columns.ts";
import { writeSqlite } from "./publish/write-sqlite.ts";

/** Runs confined: applies the choices to staged tables and writes the files of a dataset version. */

export interface PublishInput {
  tables: { name: string; parquet: string; columns: TreatedColumn[] }[];
  keys: PseudonymKeys;
  /** Whether CSV and Parquet for candidates are to be written. */
  writeCandidateFiles: boolean;
  memoryMib: number;
}

export interface PublishOutput {
  tables: {
    name: string;
    rows: number;
    columns: TypedColumn[];
    /** Files of the scratch directory. `texts` is null where the staged table is unchanged. */
    texts: string | null;
    csv: string | null;
    typed: string | null;
    preview: (string | null)[][];
    /** Of the treated columns, as they are now. */
    treated: TableProfile["columns"];
  }[];
  sqlite: string;
}

const PREVIEW_ROWS = 50;
const PREVIEW_CHARACTERS = 500;
const PARQUET = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)";

export default async function publishTables(input: PublishInput, task: ConfinedTask): Promise<PublishOutput> {
  // One thread: the same rows must give the same bytes, or a version would have a new digest each time.
  const duckdb = await openDuckDb(task.directory, input.memoryMib, 1);
  const at = (name: string) => literal(`${task.directory}/${name}`);
  const tables: PublishOutput["tables"] = [];
  const sources: { name: string; columns: TypedColumn[]; from: string }[] = [];
  for (const [index, table] of input.tables.entries()) {
    const share = (index / input.tables.length) * 0.7;
    task.progress({ phase: "writing", subject: table.name, share, rows: 0 });
    const kept = table.columns.filter(({ action }) => action !== "drop");
    const isChanged = table.columns.some(({ action }) => action !== "keep");
    const texts = isChanged ? `texts-${index}.parquet` : null;
    if (texts) {
      const cells = kept.map(
        (column) => `${treatedExpression(column, input.keys)} AS ${identifier(column.name)}`,
      );
      await duckdb.run(
        `COPY (SELECT ${cells.join(", ")} FROM read_parquet(${at(table.parquet)})) TO ${at(texts)} ${PARQUET}`,
      );
    }
    const from = `read_parquet(${at(texts ?? table.parquet)})`;
    const columns = kept.map((column) => plainColumn(column));
    const written = input.writeCandidateFiles ? await writeForCandidates(index, columns, from) : NOTHING;
    const [[rows] = []] = await query(duckdb, `SELECT count(*) FROM ${from}`);
    tables.push({
      name: table.name,
      rows: Number(rows),
      columns,
      texts,
      ...written,
      preview: await previewOf(columns, from),
      treated: texts === null ? [] : await profileTreated(table, texts, kept),
    });
    sources.push({ name: table.name, columns, from });
  }
  let last = 0;
  await writeSqlite(`${task.directory}/tables.sqlite`, duckdb, sources, (rows, subject) => {
    if (Date.now() - last < 400) return;
    last = Date.now();
    task.progress({ phase: "writing", subject, share: 0.8, rows });
  });
  return { tables, sqlite: "tables.sqlite" };

  async function writeForCandidates(index: number, columns: TypedColumn[], from: string) {
    const csv = `candidate-${index}.csv`;
    const typed = `candidate-${index}.parquet`;
    const cells = columns.map((column) => `${typedExpression(column)} AS ${identifier(column.name)}`);
    await duckdb.run(`COPY (SELECT * FROM ${from}) TO ${at(csv)} (FORMAT csv, HEADER true)`);
    await duckdb.run(`COPY (SELECT ${cells.join(", ")} FROM ${from}) TO ${at(typed)} ${PARQUET}`);
    return { csv, typed };
  }

  async function previewOf(columns: TypedColumn[], from: string): Promise<(string | null)[][]> {
    const cells = columns.map(({ name }) => {
      const text = identifier(name);
      return `CASE WHEN length(${text}) > ${PREVIEW_CHARACTERS} THEN left(${text}, ${PREVIEW_CHARACTERS}) || '…' ELSE ${text} END`;
    });
    const rows = await query(duckdb, `SELECT ${cells.join(", ")} FROM ${from} LIMIT ${PREVIEW_ROWS}`);
    return rows.map((row) => row.map((cell) => (cell === null ? null : String(cell))));
  }

  async function profileTreated(
    table: PublishInput["tables"][number],
    parquet: string,
    kept: TreatedColumn[],
  ) {
    const columns = kept
      .filter(({ action }) => action !== "keep")
      .map((column) => ({ name: column.name, originalName: null, type: treatedType(column) }));
    if (columns.length === 0) return [];
    const staged = {
      name: table.name,
      file: "",
      format: "parquet" as const,
      reading: null,
      issues: [],
      columns,
      parquet,
    };
    const { columns: treated } = await profileTable(duckdb, task.directory, staged, () => {});
    // A pseudonym under the heading "customer name" is no name any more.
    return treated.map((column) => ({ ...column, findings: [], suggestion: "keep" as const }));
  }
}

const NOTHING = { csv: null, typed: null };

function plainColumn(column: TreatedColumn): TypedColumn {
  const type = treatedType(column);
  return { name: column.name, type, ...(type === "decimal" ? { scale: column.scale ?? 0 } : {}) };
}
