import type { DatabaseSync, SQLInputValue, SQLOutputValue } from "node:sqlite";
import { canaryMarker } from "../../../shared/domain/canary-marker.ts";
import type { SeededRandom } from "../../../shared/domain/seeded-random.ts";
import { Refusal } from "../../confined/confined-entry.ts";
import { columnsOf, keysOf, quote } from "./copy-tables.ts";

const TRIES = 50;

/**
 * Adds rows that are like others of the table but for a marker in the column, and but for new values in columns whose
 * values are all different. They stand among the others, not at the end.
 * @returns the markers as text
 */
export function addCanaryRows(
  database: DatabaseSync,
  canary: { table: string; column: string; rows: number },
  random: SeededRandom,
): string[] {
  const { table, column } = canary;
  const columns = columnsOf(database, table);
  if (!columns.includes(column)) throw new Refusal("no_column", `"${table}" has no column "${column}".`);
  const ownValues = new Set([column, ...keysOf(database, table)]);
  const ids = database.prepare(`select rowid as id from main.${quote(table)} order by rowid`).all();
  if (ids.length === 0) throw new Refusal("no_rows", `"${table}" has no row to make others like.`);
  spread(database, table);
  const read = database.prepare(`select * from main.${quote(table)} where rowid = ?`);
  read.setReadBigInts(true);
  const places = columns.map(() => "?").join(", ");
  const names = columns.map(quote).join(", ");
  const insert = database.prepare(`insert into main.${quote(table)} (rowid, ${names}) values (?, ${places})`);
  const insertNumbered = database.prepare(`insert into main.${quote(table)} (${names}) values (${places})`);
  const numbered = rowNumberColumn(database, table);
  const markers: string[] = [];
  for (let index = 0; index < canary.rows; index += 1) {
    const id = Number(ids[random.below(ids.length)]!.id) * (numbered ? 1 : SPREAD);
    const row = { ...read.get(id)! };
    for (const name of ownValues) row[name] = newValue(database, table, name, row[name] ?? null, random);
    const values = columns.map((name) => row[name] as SQLInputValue);
    if (numbered) insertNumbered.run(...values);
    else insert.run(freePlace(database, table, id, random), ...values);
    markers.push(String(row[column]));
  }
  return markers;
}

/** Row numbers are this far apart while rows are put in between. */
const SPREAD = 4096;

function spread(database: DatabaseSync, table: string): void {
  if (rowNumberColumn(database, table)) return;
  // Highest first: no number is taken when a row gets it.
  const name = quote(table);
  const ids = database.prepare(`select rowid as id from main.${name} order by rowid desc`).all();
  const move = database.prepare(`update main.${name} set rowid = ? where rowid = ?`);
  for (const { id } of ids) move.run(Number(id) * SPREAD, id as SQLInputValue);
}

/** The column that is the row number itself, if there is one. */
function rowNumberColumn(database: DatabaseSync, table: string): string | null {
  const columns = database.prepare("select name, type, pk from pragma_table_info(?, 'main')").all(table);
  const keys = columns.filter(({ pk }) => Number(pk) > 0);
  return keys.length === 1 && String(keys[0]!.type).toUpperCase() === "INTEGER"
    ? String(keys[0]!.name)
    : null;
}

function freePlace(database: DatabaseSync, table: string, near: number, random: SeededRandom): number {
  const taken = database.prepare(`select 1 from main.${quote(table)} where rowid = ?`);
  for (;;) {
    const place = near + 1 + random.below(SPREAD - 1);
    if (!taken.get(place)) return place;
  }
}

/** A value of the same kind that the whole dataset does not have in this column. */
function newValue(
  database: DatabaseSync,
  table: string,
  column: string,
  like: SQLOutputValue,
  random: SeededRandom,
): SQLOutputValue & SQLInputValue {
  const taken = ["source", "main"].map((schema) =>
    database.prepare(`select 1 from ${schema}.${quote(table)} where ${quote(column)} = ? limit 1`),
  );
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const value = valueLike(like, random);
    if (taken.every((statement) => !statement.get(value))) return value;
  }
  throw new Refusal("no_marker", `No new value can be made for the column "${column}" of "${table}".`);
}

function valueLike(like: SQLOutputValue, random: SeededRandom): SQLOutputValue & SQLInputValue {
  const marker = canaryMarker(like === null || like instanceof Uint8Array ? "" : String(like), random);
  if (typeof like === "bigint") return BigInt(marker.replaceAll(/\D/g, "").slice(0, 18));
  return typeof like === "number" ? Number(marker) || marker : marker;
}
