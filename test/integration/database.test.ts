import { sql } from "kysely";
import { afterEach, expect, test } from "vitest";
import type { Database } from "../../services/shared/db/database.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

let database: TestDatabase;
afterEach(() => database.drop());

test("a busy connection that Postgres ends fails its query alone; the next query gets a new one", async () => {
  database = await createTestDatabase();
  const { db } = database;
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on("uncaughtException", note);
  try {
    const pid = Promise.withResolvers<number>();
    const broken = db.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
      pid.resolve(rows[0]!.pid);
      await sql`select pg_sleep(30)`.execute(transaction);
    });
    const failure = expect(broken).rejects.toThrow(/terminat|ECONNRESET/);
    await waitUntilBusy(db, await pid.promise);
    await sql`select pg_terminate_backend(${await pid.promise})`.execute(db);
    // Postgres says why before it closes the connection; the reset may overtake what it says.
    await failure;
    expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    expect(uncaught).toEqual([]);
  } finally {
    process.off("uncaughtException", note);
  }
});

/** The query must be under way: a connection that ends between two queries fails the next one with other words. */
async function waitUntilBusy(db: Database, pid: number): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await sql<{ query: string }>`
        select query from pg_stat_activity where pid = ${pid} and state = 'active'`.execute(db);
      return rows[0]?.query ?? "";
    })
    .toContain("pg_sleep");
}
