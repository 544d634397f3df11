import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LocalBlobStore } from "../../services/shared/blobs/local-blob-store.ts";
import { deleteTrial, OF_ATTEMPT } from "../../services/worker/records/trial-record.ts";
import { insertAttempt, insertInvitation } from "../support/fixtures.ts";
import { insertReviewer, insertRun, submitAttempt } from "../support/run-fixture.ts";
import { createTestDatabase } from "../support/test-database.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let directory: string;
beforeAll(async () => {
  database = await createTestDatabase();
  directory = await mkdtemp(join(tmpdir(), "worksample-trial-"));
});
afterAll(async () => {
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

it("knows every table with rows of an attempt, so that none keeps a trial from being removed", async () => {
  const { rows } = await sql<{ name: string }>`
    select distinct conrelid::regclass::text as name from pg_constraint
    where contype = 'f' and confrelid = 'attempt'::regclass`.execute(database.db);
  expect(rows.map(({ name }) => name).toSorted()).toEqual([...OF_ATTEMPT].toSorted());
});

it("removes a trial with its submission, the runs of that, and what they asked of models", async () => {
  const { db } = database;
  const { id: invitationId } = await insertInvitation(db);
  await db.updateTable("invitation").set({ purpose: "trial" }).where("id", "=", invitationId).execute();
  const attemptId = await insertAttempt(db, { invitationId, sandbox: "removed" });
  const submissionId = await submitAttempt(db, new LocalBlobStore(directory), attemptId);
  const reviewerId = await insertReviewer(db);
  const runId = await insertRun(db, { submissionId, reviewerId, state: "ended", sandbox: "removed" });
  for (const id of [attemptId, runId]) {
    await db
      .insertInto("model_call")
      .values({
        ...{ id: randomUUID(), attempt_id: id, epoch: 1, line: "product", endpoint: "embeddings" },
        ...{ alias: "small", stream: false, outcome: "answered" },
      })
      .execute();
    await db
      .insertInto("attempt_model_budget")
      .values({ attempt_id: id, line: "product", limit_nano_usd: 1 })
      .execute();
  }
  await deleteTrial(db, invitationId);
  for (const table of ["invitation", "attempt", "submission", "model_call", "attempt_model_budget"] as const)
    expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
});
