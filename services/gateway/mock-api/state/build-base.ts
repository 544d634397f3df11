import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import type { CollectionPlan, StoragePlan } from "../../../shared/mock-api/storage-plan.ts";
import { TimeReader } from "./canonical-time.ts";
import { readDatasetCell, toCell } from "./column-value.ts";
import { highestSequenceNumber } from "./sequence-number.ts";
import { createIndexes, createTables, elementTable, searchTable, sortKey, table } from "./table-layout.ts";

/**
 * Writes the shared base of a mock API: the dataset's tables with typed, normalised cells, indexes and a full-text
 * index. Takes seconds on a large dataset, so it runs in a thread of its own.
 *
 * @param source the dataset's SQLite file, only read
 * @param target file to create
 * @throws Error naming the table or column that the dataset lacks
 */
export function buildBase(source: string, target: string, plan: StoragePlan): void {
  const database = new DatabaseSync(":memory:");
  try {
    database.exec(`ATTACH '${fileUri(source, "immutable=1")}' AS source`);
    database.exec(`ATTACH '${fileUri(target, "mode=rwc")}' AS base`);
    database.exec("PRAGMA base.journal_mode = OFF; PRAGMA base.synchronous = OFF; BEGIN");
    database.exec('CREATE TABLE base."sequences" ("collection" TEXT, "prefix" TEXT, "highest" INTEGER)');
    const times = new TimeReader(plan.timeZone, plan.dateOrder);
    for (const collection of plan.collections) buildCollection(database, collection, times);
    database.exec("COMMIT");
    database.exec("ANALYZE base");
  } finally {
    database.close();
  }
}

export function fileUri(path: string, query: string): string {
  return `${pathToFileURL(path).href.replaceAll("'", "%27")}?${query}`;
}

function buildCollection(database: DatabaseSync, plan: CollectionPlan, times: TimeReader): void {
  for (const statement of createTables("base", plan)) database.exec(statement);
  requireColumns(database, plan);
  copyRows(database, plan, times);
  for (const statement of createIndexes("base", plan)) database.exec(statement);
  if (plan.search.length > 0)
    database.exec(
      `INSERT INTO base.${searchTable(plan.name)} (${searchTable(plan.name)}) VALUES ('rebuild')`,
    );
  for (const prefix of plan.sequences) noteSequence(database, plan, prefix);
}

function requireColumns(database: DatabaseSync, plan: CollectionPlan): void {
  const present = database
    .prepare("SELECT name FROM pragma_table_info(?, 'source')")
    .all(plan.table)
    .map((row) => row.name);
  if (present.length === 0) throw new Error(`the dataset has no table "${plan.table}"`);
  const missing = plan.properties.filter(({ column }) => !present.includes(column));
  if (missing.length > 0)
    throw new Error(
      `table "${plan.table}" has no column ${missing.map(({ column }) => `"${column}"`).join(", ")}`,
    );
}

/** Rows are normalised into a table on the side first, because their order is only known then. */
function copyRows(database: DatabaseSync, plan: CollectionPlan, times: TimeReader): void {
  const names = plan.properties.map(({ name }) => `"${name}"`).join(", ");
  database.exec(`CREATE TEMP TABLE staged (${names}, UNIQUE ("${plan.id}"))`);
  const columns = plan.properties.map(({ column }) => `"${column.replaceAll('"', '""')}"`).join(", ");
  const rows = database.prepare(`SELECT ${columns} FROM source."${plan.table.replaceAll('"', '""')}"`);
  rows.setReturnArrays(true);
  rows.setReadBigInts(true);
  const insert = database.prepare(
    `INSERT OR IGNORE INTO temp.staged VALUES (${plan.properties.map(() => "?").join(", ")})`,
  );
  const idIndex = plan.properties.findIndex(({ name }) => name === plan.id);
  for (const row of rows.iterate() as Iterable<unknown>) {
    const cells = plan.properties.map(({ definition }, index) =>
      toCell(readDatasetCell((row as unknown[])[index], definition, times), definition),
    );
    if (cells[idIndex] !== null && cells[idIndex] !== "") insert.run(...cells);
  }
  database.exec(
    `INSERT INTO base.${table(plan.name)} SELECT NULL, ${names} FROM temp.staged ORDER BY ${sortKey(plan, plan.order)}, "${plan.id}"`,
  );
  database.exec("DROP TABLE temp.staged");
  for (const property of plan.elements)
    database.exec(
      `INSERT OR IGNORE INTO base.${elementTable(plan.name, property)} SELECT e.value, r."position" FROM base.${table(plan.name)} AS r, json_each(r."${property}") AS e WHERE e.type = 'text'`,
    );
}

function noteSequence(database: DatabaseSync, plan: CollectionPlan, prefix: string): void {
  const highest = highestSequenceNumber(`base.${table(plan.name)}`, `"${plan.id}"`);
  database
    .prepare(`INSERT INTO base."sequences" SELECT :collection, :prefix, highest FROM (${highest})`)
    .run({ collection: plan.name, prefix, length: prefix.length });
}
