import type { ImportProgress, ReadingWish } from "../../shared/contracts/dataset-studio.ts";
import type { TypedColumn } from "../../shared/datasets/column-types.ts";
import type { ConfinedTask } from "../confined/confined-entry.ts";
import { Refusal } from "../confined/confined-entry.ts";
import { openDuckDb } from "./duckdb.ts";
import { type ProfiledTable, profileTable } from "./profile/profile-table.ts";
import { readSource } from "./read/read-source.ts";
import { Staging } from "./read/staged-table.ts";
import { type Unpacked, unpack } from "./read/unpack.ts";

/** Runs confined: reads uploaded files into staged tables and looks at them. */

export interface ImportInput {
  /** In the scratch directory. */
  files: { path: string; name: string; reading: ReadingWish }[];
  memoryMib: number;
}

export interface ImportOutput {
  tables: (Omit<ProfiledTable, "typed"> & { typed: TypedColumn[]; parquet: string })[];
  leftOut: Unpacked["leftOut"];
}

const TOLD_EVERY_MS = 400;
/** Reading takes about as long as profiling. */
const READING_SHARE = 0.5;

export default async function importFiles(input: ImportInput, task: ConfinedTask): Promise<ImportOutput> {
  const tell = throttled(task);
  const duckdb = await openDuckDb(task.directory, input.memoryMib);
  const leftOut: Unpacked["leftOut"] = [];
  let share = 0;
  const staging = new Staging(task.directory, duckdb, (rows, subject) =>
    tell({ phase: "reading", subject, share, rows }),
  );
  for (const [index, { path, name, reading }] of input.files.entries()) {
    share = (index / input.files.length) * READING_SHARE;
    tell({ phase: "reading", subject: name, share, rows: 0 });
    await aboutFile(name, async () => {
      const unpacked = await unpack(name, path, task.directory);
      leftOut.push(...unpacked.leftOut);
      for (const file of unpacked.files)
        await aboutFile(file.name, () => readSource(file, reading, staging, leftOut));
    });
  }
  if (staging.tables.length === 0) throw new Refusal("no_table", "There is no table in these files.");
  const tables: ImportOutput["tables"] = [];
  for (const [index, table] of staging.tables.entries()) {
    const profiled = await profileTable(duckdb, task.directory, table, (done, of) =>
      tell({
        phase: "profiling",
        subject: table.name,
        share: READING_SHARE + ((index + done / of) / staging.tables.length) * (1 - READING_SHARE),
        rows: 0,
      }),
    );
    tables.push({ ...profiled, parquet: table.parquet });
  }
  return { tables, leftOut };
}

/** A refusal says which file it is about. */
async function aboutFile(file: string, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, error.message, error.details ?? { file });
  }
}

function throttled(task: ConfinedTask): (progress: ImportProgress) => void {
  let last = 0;
  return (progress) => {
    if (Date.now() - last < TOLD_EVERY_MS) return;
    last = Date.now();
    task.progress(progress);
  };
}
