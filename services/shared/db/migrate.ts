import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";

const MIGRATIONS = fileURLToPath(new URL("../../../migrations", import.meta.url));

/** Brings the schema up to date; safe to call from several processes at once (an advisory lock serialises them). */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const applied = await runner({
    databaseUrl,
    dir: MIGRATIONS,
    direction: "up",
    migrationsTable: "schema_migration",
    singleTransaction: true,
    log: () => {},
  });
  return applied.map((migration) => migration.name);
}
