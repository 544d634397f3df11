import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { DatasetDelivery } from "../../../shared/contracts/assessment-draft.ts";
import { SeededRandom } from "../../../shared/domain/seeded-random.ts";
import { type ConfinedTask, Refusal } from "../../confined/confined-entry.ts";
import { addCanaryRows } from "./canary-rows.ts";
import { copyTables } from "./copy-tables.ts";
import { writeCsv } from "./write-csv.ts";

/** Runs confined: makes one candidate's own copy of a dataset's tables. */

export interface DeliverInput {
  /** Name of the SQLite file of all tables in the scratch directory. */
  source: string;
  delivery: DatasetDelivery;
  /** Everything that is drawn follows from it. */
  seed: string;
}

export interface DeliverOutput {
  /** Below `out/` in the scratch directory. */
  files: { path: string; bytes: number }[];
  markers: string[];
}

export default async function deliver(input: DeliverInput, task: ConfinedTask): Promise<DeliverOutput> {
  const out = join(task.directory, "out");
  await mkdir(out);
  const database = new DatabaseSync(join(out, "tables.sqlite"));
  try {
    database.exec("pragma journal_mode = off; pragma synchronous = off; pragma temp_store = memory");
    database.prepare("attach ? as source").run(join(task.directory, input.source));
    const tables = tablesOf(database);
    const { sample, canary } = input.delivery;
    for (const wanted of [sample?.table, canary?.table])
      if (wanted !== undefined && !tables.includes(wanted))
        throw new Refusal("no_table", `The dataset has no table "${wanted}".`);
    database.exec("begin");
    copyTables(database, tables, sample ?? null, new SeededRandom(`${input.seed}:rows`));
    const markers = canary ? addCanaryRows(database, canary, new SeededRandom(`${input.seed}:canary`)) : [];
    database.exec("commit");
    for (const table of tables) await writeCsv(database, table, join(out, `${table}.csv`));
    database.exec("detach source");
    const names = [...tables.map((table) => `${table}.csv`), "tables.sqlite"];
    const files = names.map(async (path) => ({ path, bytes: (await stat(join(out, path))).size }));
    return { files: await Promise.all(files), markers };
  } finally {
    database.close();
  }
}

/** Names that are no plain file names would leave the directory as CSV. */
function tablesOf(database: DatabaseSync): string[] {
  const rows = database
    .prepare(
      "select name from source.sqlite_master where type = 'table' and name not like 'sqlite_%' order by name",
    )
    .all();
  const names = rows.map(({ name }) => String(name));
  const strange = names.find((name) => name.startsWith(".") || /[/\0]/.test(name));
  if (strange !== undefined) throw new Refusal("no_table", `"${strange}" is no name for a file.`);
  return names;
}
