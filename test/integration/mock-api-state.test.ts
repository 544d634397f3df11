import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LocalBlobStore } from "../../services/shared/blobs/local-blob-store.ts";
import { type MockApiCaller, type MockApiFixture, startMockApiFixture } from "../support/mock-api-fixture.ts";
import { insertReviewer, insertRun, submitAttempt } from "../support/run-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

let database: TestDatabase;
let fixture: MockApiFixture;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await startMockApiFixture(database.db, { bindings: { quota: { records: 30, bytes: 200_000 } } });
});
afterAll(async () => {
  await fixture?.close();
  await database?.drop();
});

const firstOpen = async (caller: MockApiCaller): Promise<string> =>
  (await caller.get("/tickets?status=open&limit=1")).body.data[0].ticket_id;

test("what one attempt writes no other sees", async () => {
  const [writer, reader] = [await fixture.addAttempt(), await fixture.addAttempt()];
  const id = await firstOpen(writer);
  const before = (await reader.get(`/tickets/${id}`)).body;
  await writer.patch(`/tickets/${id}`, { tags: ["secret-plan"], status: "pending" });
  const posted = await writer.post(`/tickets/${id}/messages`, { body: "secret", visibility: "internal" });
  expect(posted.status).toBe(201);
  expect((await writer.get(`/tickets/${id}`)).body.tags).toEqual(["secret-plan"]);
  expect((await reader.get(`/tickets/${id}`)).body).toEqual(before);
  expect((await reader.get("/tickets?tag=secret-plan")).body.data).toEqual([]);
  const messages = (await reader.get(`/tickets/${id}/messages?limit=100`)).body.data;
  expect(messages.map((message: { body: string }) => message.body)).not.toContain("secret");
  const same = await reader.post(`/tickets/${id}/messages`, { body: "mine", visibility: "internal" });
  expect(same.body.message_id).toBe(posted.body.message_id);
});

test("a restart of the gateway loses nothing", async () => {
  const caller = await fixture.addAttempt();
  const id = await firstOpen(caller);
  await caller.patch(`/tickets/${id}`, { tags: ["kept"], status: "solved" });
  await caller.post(`/tickets/${id}/messages`, { body: "kept too", visibility: "public" });
  const reads = [
    `/tickets/${id}`,
    `/tickets/${id}/messages?limit=100`,
    "/tickets?tag=kept",
    "/tickets?sort=-updated_at&limit=100",
  ];
  const read = () => Promise.all(reads.map((path) => caller.get(path)));
  const before = await read();
  await fixture.restart();
  const after = await read();
  expect(after.map((answer) => answer.body.data ?? answer.body)).toEqual(
    before.map((answer) => answer.body.data ?? answer.body),
  );
  expect(after[0]!.headers.etag).toBe(before[0]!.headers.etag);
  const next = await caller.post(`/tickets/${id}/messages`, { body: "after", visibility: "public" });
  const ids = (await caller.get(reads[1]!)).body.data.map(
    (message: { message_id: string }) => message.message_id,
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain(next.body.message_id);
});

describe("cursors", () => {
  async function pages(caller: MockApiCaller, path: string, between: (page: number) => Promise<unknown>) {
    const ids: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page === 0 || cursor; page++) {
      const { body } = await caller.get(`${path}${cursor ? `&cursor=${cursor}` : ""}`);
      ids.push(...body.data.map((record: Record<string, string>) => record.ticket_id ?? record.message_id));
      cursor = body.next_cursor;
      await between(page);
    }
    return ids;
  }

  test("writes between pages neither skip nor repeat a ticket", async () => {
    const caller = await fixture.addAttempt();
    const undisturbed = await pages(caller, "/tickets?limit=60", async () => {});
    expect(undisturbed).toHaveLength(300);
    const disturbed = await pages(caller, "/tickets?limit=60", async (page) => {
      for (const index of [page * 60, page * 60 + 59, (page + 1) * 60]) {
        const id = undisturbed[index];
        if (id) expect((await caller.send("PUT", `/tickets/${id}/tags/touched`)).status).toBe(200);
      }
    });
    expect(disturbed).toEqual(undisturbed);
  });

  test("control: pages by offset would skip tickets that leave the list", async () => {
    const caller = await fixture.addAttempt();
    const all = await pages(caller, "/tickets?status=open&limit=10", async () => {});
    const solve = (id: string) => caller.patch(`/tickets/${id}`, { status: "solved" });
    for (const id of all.slice(0, 10)) await solve(id);
    const byOffset = (await caller.get("/tickets?status=open&limit=100")).body.data.slice(10);
    expect(byOffset.map((one: { ticket_id: string }) => one.ticket_id)).not.toContain(all[10]);
  });

  test("working a queue off page by page reaches every ticket of it", async () => {
    const caller = await fixture.addAttempt();
    const all = await pages(caller, "/tickets?status=open&limit=20", async () => {});
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await caller.get(`/tickets?status=open&limit=20${cursor ? `&cursor=${cursor}` : ""}`);
      for (const { ticket_id: id } of body.data) {
        seen.push(id);
        if (seen.length <= 25)
          expect((await caller.patch(`/tickets/${id}`, { status: "solved" })).status).toBe(200);
      }
      cursor = body.next_cursor;
    } while (cursor);
    expect(seen).toEqual(all);
  });
});

describe("fencing", () => {
  const setEpoch = (attemptId: string, change: { epoch?: number; state?: string }) =>
    database.db.updateTable("attempt").set(change).where("id", "=", attemptId).execute();

  test("a sandbox that was replaced can write no more, its successor sees everything", async () => {
    const old = await fixture.addAttempt();
    const id = await firstOpen(old);
    expect((await old.patch(`/tickets/${id}`, { tags: ["first"] })).status).toBe(200);
    await setEpoch(old.attempt.attemptId, { epoch: 2 });
    const refused = await old.patch(`/tickets/${id}`, { tags: ["late"] });
    expect([refused.status, refused.body.code]).toEqual([409, "workspace_closed"]);
    expect((await old.get(`/tickets/${id}`)).body.tags).toEqual(["first"]);
    const successor = await fixture.callAs({ ...old.attempt, epoch: 2 });
    expect((await successor.get(`/tickets/${id}`)).body.tags).toEqual(["first"]);
    expect((await successor.patch(`/tickets/${id}`, { tags: ["second"] })).status).toBe(200);
    const { document } = await database.db
      .selectFrom("mock_api_record")
      .select("document")
      .where("attempt_id", "=", old.attempt.attemptId)
      .executeTakeFirstOrThrow();
    expect(document).toMatchObject({ tags: ["second"] });
  });

  test("nothing is written once the attempt is being sealed", async () => {
    const caller = await fixture.addAttempt();
    const id = await firstOpen(caller);
    expect((await caller.send("PUT", `/tickets/${id}/tags/early`)).status).toBe(200);
    await setEpoch(caller.attempt.attemptId, { state: "sealing" });
    expect((await caller.send("PUT", `/tickets/${id}/tags/late`)).body.code).toBe("workspace_closed");
    expect((await caller.get(`/tickets/${id}`)).body.tags).not.toContain("late");
  });

  test("a write waits for a sealing that has begun, and is then refused", async () => {
    const caller = await fixture.addAttempt();
    const id = await firstOpen(caller);
    let write: Promise<{ status: number }> | undefined;
    await database.db.transaction().execute(async (sealing) => {
      await sealing
        .updateTable("attempt")
        .set({ state: "sealing" })
        .where("id", "=", caller.attempt.attemptId)
        .execute();
      write = caller.send("PUT", `/tickets/${id}/tags/late`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    expect((await write)?.status).toBe(409);
  });
});

test("an attempt can store only so much", async () => {
  const caller = await fixture.addAttempt();
  const id = await firstOpen(caller);
  const statuses: number[] = [];
  for (let count = 0; count < 31; count++)
    statuses.push(
      (await caller.post(`/tickets/${id}/messages`, { body: "x", visibility: "internal" })).status,
    );
  expect(statuses.filter((status) => status === 201)).toHaveLength(29);
  expect(statuses.slice(29)).toEqual([409, 409]);
  expect((await caller.patch(`/tickets/${id}`, { priority: "urgent" })).status).toBe(200);
});

test("a practice has no mock API", async () => {
  const caller = await fixture.addAttempt();
  const { openMockApis } = await import("../../services/gateway/mock-api/service.ts");
  expect((await openMockApis(fixture.deps, { ...caller.attempt, kind: "practice" })).size).toBe(0);
  expect([...(await openMockApis(fixture.deps, caller.attempt)).keys()]).toEqual(["helpdesk.internal"]);
});

test("a run has the records as they were at first, takes the candidate's key, and writes nothing of the candidate's", async () => {
  const candidate = await fixture.addAttempt();
  const { attemptId } = candidate.attempt;
  const id = await firstOpen(candidate);
  const first = (await candidate.get(`/tickets/${id}`)).body;
  await candidate.patch(`/tickets/${id}`, { tags: ["by-the-candidate"] });
  const directory = await mkdtemp(join(tmpdir(), "worksample-run-"));
  try {
    const submissionId = await submitAttempt(database.db, new LocalBlobStore(directory), attemptId);
    const reviewerId = await insertReviewer(database.db);
    const runId = await insertRun(database.db, { submissionId, reviewerId });
    const context = { attemptId: runId, sandboxId: randomUUID(), epoch: 1, kind: "run" as const };
    const run = await fixture.callAs(context, attemptId);
    expect((await run.get(`/tickets/${id}`)).body).toEqual(first);
    expect((await run.patch(`/tickets/${id}`, { tags: ["by-the-run"] })).status).toBe(200);
    expect((await run.get(`/tickets/${id}`)).body.tags).toEqual(["by-the-run"]);
    expect((await (await fixture.callAs(context)).get(`/tickets/${id}`)).status).toBe(401);
    const stored = await database.db
      .selectFrom("mock_api_record")
      .select(["attempt_id", "document"])
      .where("record_id", "=", id)
      .where("attempt_id", "in", [attemptId, runId])
      .execute();
    const tags = stored.map((row) => [row.attempt_id, (row.document as { tags: string[] }).tags]);
    expect(Object.fromEntries(tags)).toEqual({ [attemptId]: ["by-the-candidate"], [runId]: ["by-the-run"] });
    await database.db.updateTable("attempt").set({ epoch: 2 }).where("id", "=", runId).execute();
    expect((await run.patch(`/tickets/${id}`, { tags: ["too late"] })).status).toBeGreaterThanOrEqual(400);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

test("all attempts share one base file", async () => {
  const { readdirSync } = await import("node:fs");
  for (let count = 0; count < 3; count++) await (await fixture.addAttempt()).get("/products");
  expect(readdirSync(`${fixture.deps.config.dataDir}/cache/mock-api`)).toEqual([
    expect.stringMatching(/^[0-9a-f]{64}\.sqlite$/),
  ]);
});
