import type { MockApiProperty } from "../../../shared/contracts/mock-api.ts";
import type { CollectionPlan } from "../../../shared/mock-api/storage-plan.ts";

const CELL_TYPE = {
  string: "TEXT",
  time: "TEXT",
  date: "TEXT",
  json: "TEXT",
  strings: "TEXT",
  integer: "INTEGER",
  boolean: "INTEGER",
  number: "REAL",
} as const;

export const cellType = ({ type }: MockApiProperty) => CELL_TYPE[type];

/** Names come from bindings whose schema allows letters, digits and underscores only; a dot never collides. */
export const table = (collection: string) => `"${collection}"`;
export const searchTable = (collection: string) => `"${collection}.search"`;
export const elementTable = (collection: string, property: string) => `"${collection}.${property}"`;
export const touchedTable = (collection: string) => `"${collection}.touched"`;

/**
 * Tables of a collection, the same in the shared base and in an attempt's overlay. `position` is the row id that
 * the search index and the element tables refer to.
 */
export function createTables(schema: "base" | "main", plan: CollectionPlan): string[] {
  const columns = plan.properties.map(({ name, definition }) => `"${name}" ${cellType(definition)}`);
  const statements = [
    `CREATE TABLE ${schema}.${table(plan.name)} ("position" INTEGER PRIMARY KEY, ${columns.join(", ")}, UNIQUE ("${plan.id}"))`,
  ];
  if (plan.search.length > 0) {
    const searched = plan.search.map((name) => `"${name}"`).join(", ");
    const content = `content='${plan.name}', content_rowid='position'`;
    statements.push(
      `CREATE VIRTUAL TABLE ${schema}.${searchTable(plan.name)} USING fts5(${searched}, ${content}, tokenize='unicode61 remove_diacritics 2', prefix='2 3')`,
    );
  }
  for (const property of plan.elements)
    statements.push(
      `CREATE TABLE ${schema}.${elementTable(plan.name, property)} ("value" TEXT, "position" INTEGER, PRIMARY KEY ("value", "position")) WITHOUT ROWID`,
    );
  return statements;
}

/** The base carries more than the overlay, which is small and pays for its indexes with each write. */
export function createIndexes(schema: "base" | "main", plan: CollectionPlan): string[] {
  return plan.indexes.map(({ filtered, order, carried }, number) => {
    const columns = [
      ...filtered.map((column) => `"${column}"`),
      ...order.map((column) => sortKey(plan, column)),
      ...(schema === "base" ? carried.map((column) => `"${column}"`) : []),
    ];
    return `CREATE INDEX ${schema}."${plan.name}.index${number}" ON ${table(plan.name)} (${columns.join(", ")})`;
  });
}

/** Columns that may be null sort as if empty, so that a cursor can compare by them. */
export function sortKey(plan: CollectionPlan, column: string): string {
  const definition = plan.properties.find(({ name }) => name === column)?.definition;
  if (!definition?.nullable) return `"${column}"`;
  return cellType(definition) === "TEXT" ? `ifnull("${column}", '')` : `ifnull("${column}", -9e18)`;
}
