import { DatabaseSync } from "node:sqlite";
import type { Column, Table } from "../tables.ts";
import type { Row } from "./encode.ts";

const TYPE: Record<Column["type"], string> = {
  text: "TEXT",
  integer: "INTEGER",
  boolean: "INTEGER",
  timestamp: "TEXT",
  date: "TEXT",
  json: "TEXT",
};

const INDEXES = [
  "CREATE INDEX tickets_customer ON tickets (customer_id)",
  "CREATE INDEX tickets_created ON tickets (created_at)",
  "CREATE INDEX tickets_status ON tickets (status, priority)",
  "CREATE INDEX tickets_category ON tickets (category)",
  "CREATE INDEX tickets_assignee ON tickets (assignee_id)",
  "CREATE INDEX messages_ticket ON messages (ticket_id)",
  "CREATE INDEX customers_email ON customers (email)",
  "CREATE INDEX kb_articles_slug ON kb_articles (slug, language)",
];

/** One file with every table. The same rows give the same bytes: one transaction, fixed page size, VACUUM. */
export function writeSqlite(path: string, tables: readonly (readonly [Table, readonly Row[]])[]): void {
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
    for (const [table, rows] of tables) {
      const columns = table.columns.map(
        (column) =>
          `${column.name} ${TYPE[column.type]}${column.name === table.primaryKey ? " PRIMARY KEY" : column.nullable ? "" : " NOT NULL"}`,
      );
      database.exec(`CREATE TABLE ${table.name} (${columns.join(", ")})`);
      const insert = database.prepare(
        `INSERT INTO ${table.name} VALUES (${table.columns.map(() => "?").join(", ")})`,
      );
      for (const row of rows)
        insert.run(...table.columns.map((column) => sqliteValue(column, row[column.name])));
    }
    for (const index of INDEXES) database.exec(index);
    database.exec("COMMIT; VACUUM");
  } finally {
    database.close();
  }
}

function sqliteValue(column: Column, value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (column.type === "json") return JSON.stringify(value);
  if (column.type === "boolean") return value ? 1 : 0;
  return column.type === "integer" ? Number(value) : String(value);
}
