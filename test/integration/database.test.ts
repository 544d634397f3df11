import { sql } from "kysely";
import { afterEach, expect, test } from "vitest";
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
    const broken = db.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
      await sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(db);
      await sql`select pg_sleep(5)`.execute(transaction);
    });
    // Postgres says why before it closes the connection; the reset may overtake what it says.
    await expect(broken).rejects.toThrow(/terminat|ECONNRESET/);
    expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    expect(uncaught).toEqual([]);
  } finally {
    process.off("uncaughtException", note);
  }
});
