import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type ConfinedTask, Refusal } from "../confined/confined-entry.ts";

export interface VerifySqliteInput {
  /** Name of the file in the scratch directory. */
  file: string;
}

/**
 * Runs confined: opens a SQLite file from outside. Only plain tables and indexes may be in it, every value must be
 * stored, and it must be whole.
 */
export default async function verifySqlite(
  { file }: VerifySqliteInput,
  { directory }: ConfinedTask,
): Promise<{ tables: number }> {
  try {
    const database = new DatabaseSync(join(directory, file), { readOnly: true, allowExtension: false });
    database.exec("pragma trusted_schema = off; pragma cell_size_check = on; pragma query_only = on");
    const schema = database
      .prepare("select type, name, sql from sqlite_schema")
      .all() as unknown as SchemaRow[];
    for (const { type, name, sql } of schema) requirePlain(type, name, sql);
    requireStored(database);
    const [found] = database.prepare("pragma integrity_check(1)").all() as { integrity_check: string }[];
    if (found?.integrity_check !== "ok") throw new Refusal("damaged", "it is damaged");
    database.close();
    return { tables: schema.filter(({ type }) => type === "table").length };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("unreadable", `SQLite cannot read it (${(error as Error).message})`);
  }
}

interface SchemaRow {
  type: string;
  name: string;
  sql: string | null;
}

function requirePlain(type: string, name: string, sql: string | null): void {
  const plain = type === "table" || type === "index";
  if (!plain || /^\s*create\s+virtual/i.test(sql ?? ""))
    throw new Refusal("not_plain", `it holds a ${plain ? "virtual table" : type} (${name.slice(0, 100)})`);
}

/** A generated column is computed where it is read, and may make a gigabyte of every row there. */
function requireStored(database: DatabaseSync): void {
  const generated = database
    .prepare(
      `select t.name as "table", c.name as "column" from sqlite_schema t, pragma_table_xinfo(t.name) c
        where t.type = 'table' and c.hidden <> 0`,
    )
    .get() as { table: string; column: string } | undefined;
  if (generated)
    throw new Refusal(
      "not_plain",
      `it holds a generated column (${generated.table.slice(0, 100)}.${generated.column.slice(0, 100)})`,
    );
}
