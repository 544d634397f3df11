import type { DatabaseSync } from "node:sqlite";
import type { SeededRandom } from "../../../shared/domain/seeded-random.ts";
import { Refusal } from "../../confined/confined-entry.ts";

/**
 * Copies all tables of `source` into `main`. Of the sampled one only so many rows, drawn without replacement; rows of
 * other tables that refer to it are kept only when what they refer to is: a reference is a column with the name of a
 * column of the sampled table that has a value of its own in every row.
 */
export function copyTables(
  database: DatabaseSync,
  tables: readonly string[],
  sample: { table: string; rows: number } | null,
  random: SeededRandom,
): void {
  for (const table of tables) createLike(database, table);
  if (sample) copySample(database, sample, random);
  const keys = sample ? keysOf(database, sample.table) : [];
  for (const table of tables) {
    if (table === sample?.table) continue;
    const columns = columnsOf(database, table);
    const references = keys.filter((key) => columns.includes(key));
    const kept = references.map(
      (key) =>
        `(${quote(key)} is null or ${quote(key)} in (select ${quote(key)} from main.${quote(sample!.table)}))`,
    );
    const where = kept.length > 0 ? `where ${kept.join(" and ")}` : "";
    database.exec(
      `insert into main.${quote(table)} select * from source.${quote(table)} ${where} order by rowid`,
    );
  }
}

function createLike(database: DatabaseSync, table: string): void {
  const row = database
    .prepare("select sql from source.sqlite_master where type = 'table' and name = ?")
    .get(table);
  const sql = String(row!.sql);
  if (/\bwithout\s+rowid\b/i.test(sql))
    throw new Refusal("no_table", `The table "${table}" has no row numbers, so its rows cannot be drawn.`);
  database.exec(sql);
}

function copySample(
  database: DatabaseSync,
  { table, rows }: { table: string; rows: number },
  random: SeededRandom,
): void {
  const ids = database
    .prepare(`select rowid as id from source.${quote(table)} order by rowid`)
    .all()
    .map(({ id }) => Number(id));
  database.exec("create temp table drawn (id integer primary key)");
  const insert = database.prepare("insert into temp.drawn values (?)");
  for (const id of drawWithout(ids, rows, random)) insert.run(id);
  database.exec(
    `insert into main.${quote(table)} select * from source.${quote(table)}
     where rowid in (select id from temp.drawn) order by rowid`,
  );
  database.exec("drop table temp.drawn");
}

/** Fisher and Yates's shuffle, as far as it is needed. Changes `ids`. */
function drawWithout(ids: number[], count: number, random: SeededRandom): number[] {
  const most = Math.min(count, ids.length);
  for (let index = 0; index < most; index += 1) {
    const other = index + random.below(ids.length - index);
    [ids[index], ids[other]] = [ids[other]!, ids[index]!];
  }
  return ids.slice(0, most);
}

/** Columns with a value of its own in every row. */
export function keysOf(database: DatabaseSync, table: string): string[] {
  return columnsOf(database, table).filter((column) => {
    const name = quote(column);
    const row = database
      .prepare(
        `select count(*) as everything, count(distinct ${name}) as different from source.${quote(table)}`,
      )
      .get()!;
    return Number(row.everything) > 0 && row.everything === row.different;
  });
}

export function columnsOf(database: DatabaseSync, table: string): string[] {
  return database
    .prepare("select name from pragma_table_info(?, 'source') order by cid")
    .all(table)
    .map(({ name }) => String(name));
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
