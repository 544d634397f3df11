import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { OF_ATTEMPT } from "../../services/worker/records/trial-record.ts";
import { createTestDatabase } from "../support/test-database.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it("knows every table with rows of an attempt, so that none keeps a trial from being removed", async () => {
  const { rows } = await sql<{ name: string }>`
    select distinct conrelid::regclass::text as name from pg_constraint
    where contype = 'f' and confrelid = 'attempt'::regclass`.execute(database.db);
  expect(rows.map(({ name }) => name).toSorted()).toEqual([...OF_ATTEMPT].toSorted());
});
