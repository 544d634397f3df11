import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OpenAI from "openai";
import { Agent, fetch as fetchWith, type RequestInit } from "undici";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LocalBlobStore } from "../../services/shared/blobs/local-blob-store.ts";
import type { OpenSandbox } from "../../services/shared/sandbox/gateway-control.ts";
import { sandboxLayout } from "../../services/shared/sandbox/layout.ts";
import { type Answer, send } from "../support/gateway-fixture.ts";
import {
  chunk,
  complete,
  events,
  json,
  type ModelUpstream,
  startModelUpstream,
  stream,
} from "../support/model-upstream.ts";
import { type ModelsFixture, startModels } from "../support/models-fixture.ts";
import { insertReviewer, insertRun, submitAttempt } from "../support/run-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { until } from "../support/until.ts";

let database: TestDatabase;
let upstream: ModelUpstream;
/** The candidate's attempt. */
let scored: ModelsFixture;
let directory: string;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  directory = await mkdtemp(join(tmpdir(), "worksample-replay-"));
  upstream = await startModelUpstream();
  scored = await startModels(database, { upstreams: [upstream], assistantUsd: 1 });
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await scored.close();
  await upstream.close();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

interface Run {
  id: string;
  sandbox: OpenSandbox;
  socketPath: string;
  chat(body?: Record<string, unknown>, path?: string): Promise<Answer>;
  /** All calls, oldest first, once there are `count`. */
  calls(count: number): Promise<Awaited<ReturnType<typeof callsOf>>>;
}

function callsOf(attemptId: string) {
  return database.db
    .selectFrom("model_call")
    .selectAll()
    .where("attempt_id", "=", attemptId)
    .orderBy("at")
    .execute();
}

/** Seals the candidate's attempt, and runs what was submitted. */
async function startRun(): Promise<Run> {
  const blobs = new LocalBlobStore(directory);
  const submissionId = await submitAttempt(database.db, blobs, scored.attemptId);
  return openRun(submissionId);
}

async function openRun(submissionId: string): Promise<Run> {
  const { db } = database;
  const id = await insertRun(db, { submissionId, reviewerId: await insertReviewer(db) });
  const sandbox = await scored.gateway.openSandbox({ attemptId: id, kind: "run" });
  const socketPath = sandboxLayout(scored.gateway.config.dataDir, sandbox.sandboxId).gatewaySocket;
  return {
    id,
    sandbox,
    socketPath,
    chat: (body = {}, path = "/v1/chat/completions") =>
      send(socketPath, {
        method: "POST",
        path,
        headers: { host: "models.internal", "content-type": "application/json" },
        body: JSON.stringify({ model: "small", messages: [{ role: "user", content: "Hi" }], ...body }),
      }),
    async calls(count) {
      await until(async () => (await callsOf(id)).filter((call) => call.outcome !== "open").length >= count);
      return callsOf(id);
    },
  };
}

const ask = (content: string) => ({ messages: [{ role: "user", content }] });
const said = (answer: Answer) => JSON.parse(answer.body).choices[0].message.content as string;
const codeOf = (answer: Answer) => [answer.status, JSON.parse(answer.body).error.code];
const allow = (attemptId: string, nanoUsd: number) =>
  database.db
    .insertInto("attempt_model_budget")
    .values({ attempt_id: attemptId, line: "product", limit_nano_usd: nanoUsd })
    .execute();

describe("what was answered", () => {
  test("is answered again to the byte, without asking a model and at no cost", async () => {
    upstream.answer = complete("Recorded.");
    const before = await scored.chat();
    await scored.calls(1);
    const run = await startRun();
    const again = await run.chat();
    expect([again.status, again.body]).toEqual([200, before.body]);
    expect(again.headers).toMatchObject({
      "content-type": "application/json",
      "x-worksample-replayed": "true",
    });
    expect(upstream.seen).toHaveLength(1);
    const [call] = await run.calls(1);
    const [recorded] = await callsOf(scored.attemptId);
    expect(call).toMatchObject({
      outcome: "replayed",
      status: 200,
      cost_nano_usd: 0,
      usage: "none",
      upstream_model: "small-upstream-1",
      request_sha256: recorded!.request_sha256,
    });
    expect(
      await database.db.selectFrom("attempt_model_budget").select("attempt_id").distinct().execute(),
    ).toEqual([{ attempt_id: scored.attemptId }]);
  });

  test("several times is answered in the same order, and the last answer holds from then on", async () => {
    for (const words of ["one", "two", "three"]) {
      upstream.answer = complete(words);
      await scored.chat();
      await scored.chat(ask(`other ${words}`));
    }
    await scored.calls(6);
    const run = await startRun();
    const heard: string[] = [];
    for (let index = 0; index < 5; index++) heard.push(said(await run.chat()));
    expect(heard).toEqual(["one", "two", "three", "three", "three"]);
    expect(said(await run.chat(ask("other two")))).toBe("two");
  });

  test("at once goes out once each, in a new run from the first one on", async () => {
    for (const words of ["one", "two", "three"]) {
      upstream.answer = complete(words);
      await scored.chat();
    }
    await scored.calls(3);
    const run = await startRun();
    const heard = await Promise.all(Array.from({ length: 3 }, () => run.chat().then(said)));
    expect(heard.toSorted()).toEqual(["one", "three", "two"]);
    const { run_of } = await database.db
      .selectFrom("attempt")
      .select("run_of")
      .where("id", "=", run.id)
      .executeTakeFirstOrThrow();
    const other = await openRun(run_of!);
    expect(said(await other.chat())).toBe("one");
  });

  test("goes on in its place when the gateway was restarted", async () => {
    for (const words of ["one", "two"]) {
      upstream.answer = complete(words);
      await scored.chat();
    }
    await scored.calls(2);
    const run = await startRun();
    expect(said(await run.chat())).toBe("one");
    await scored.restart();
    await scored.gateway.control.open(run.sandbox);
    expect(said(await run.chat())).toBe("two");
  });

  test("as a stream comes as a stream, as the official client reads it, and not to who asks for it whole", async () => {
    upstream.answer = stream(["Re", "cor", "ded"]);
    const before = await scored.chat({ stream: true });
    await scored.calls(1);
    const run = await startRun();
    const again = await run.chat({ stream: true });
    expect(again.body).toBe(before.body);
    expect(again.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
    const heard: string[] = [];
    const answer = await clientOf(run).chat.completions.create({
      model: "small",
      messages: [{ role: "user", content: "Hi" }],
      stream: true,
    });
    for await (const part of answer) heard.push(part.choices[0]?.delta.content ?? "");
    expect(heard.join("")).toBe("Recorded");
    expect(codeOf(await run.chat())).toEqual([403, "not_recorded"]);
  });

  test("as an embedding is answered again, too", async () => {
    upstream.answer = json({ object: "list", data: [{ embedding: [0.5] }], usage: { prompt_tokens: 2 } });
    const wanted = { model: "vectors", input: "a text", messages: undefined };
    const before = await scored.chat(wanted, "/v1/embeddings");
    await scored.calls(1);
    const run = await startRun();
    expect((await run.chat(wanted, "/v1/embeddings")).body).toBe(before.body);
  });
});

describe("what is no whole answer is not replayed", () => {
  test.each([
    ["an error of the provider", json({ error: { message: "no" } }, 400), {}],
    ["a stream that broke off", events(chunk("half")), { stream: true }],
  ])("%s", async (_name, answer, body) => {
    upstream.answer = answer;
    await scored.chat(body);
    await scored.calls(1);
    const run = await startRun();
    expect(codeOf(await run.chat(body))).toEqual([403, "not_recorded"]);
  });

  test("one of which only the beginning is kept", async () => {
    await scored.chat();
    await scored.calls(1);
    await database.db.updateTable("model_call").set({ truncated: true }).execute();
    const run = await startRun();
    expect(codeOf(await run.chat())).toEqual([403, "not_recorded"]);
  });

  test("one of somebody else", async () => {
    await scored.chat();
    await scored.calls(1);
    const run = await startRun();
    const other = await startModels(database, { upstreams: [upstream] });
    closing.push(() => other.close());
    await database.db.updateTable("model_call").set({ attempt_id: other.attemptId }).execute();
    expect(codeOf(await run.chat())).toEqual([403, "not_recorded"]);
  });
});

describe("what is new", () => {
  test("is refused once, with what to do about it, and on the record", async () => {
    const run = await startRun();
    const answer = await run.chat(ask("Something new"));
    expect(codeOf(answer)).toEqual([403, "not_recorded"]);
    expect(answer.headers["x-should-retry"]).toBe("false");
    expect(JSON.parse(answer.body).error).toMatchObject({
      type: "invalid_request_error",
      message: expect.stringContaining("The reviewer can allow spending"),
    });
    await expect(
      clientOf(run, 2).chat.completions.create({
        model: "small",
        messages: [{ role: "user", content: "New" }],
      }),
    ).rejects.toBeInstanceOf(OpenAI.PermissionDeniedError);
    const calls = await run.calls(2);
    expect(
      calls.map(({ outcome, error_code, request_sha256 }) => [outcome, error_code, request_sha256?.length]),
    ).toEqual([
      ["refused", "not_recorded", 64],
      ["refused", "not_recorded", 64],
    ]);
    expect(upstream.seen).toHaveLength(0);
  });

  test("goes to the model once spending is allowed, within what is allowed, and the record stays free", async () => {
    upstream.answer = complete("Recorded.");
    await scored.chat();
    await scored.calls(1);
    const run = await startRun();
    expect(codeOf(await run.chat(ask("New")))).toEqual([403, "not_recorded"]);
    upstream.answer = complete("Fresh.", { prompt_tokens: 10, completion_tokens: 5 });
    // Enough for one: the most it can cost is a hundred tokens of output and its bytes of input.
    await allow(run.id, 15_000_000);
    expect(said(await run.chat(ask("New")))).toBe("Fresh.");
    expect(said(await run.chat())).toBe("Recorded.");
    const calls = await run.calls(3);
    expect(calls.map(({ outcome, cost_nano_usd }) => [outcome, Number(cost_nano_usd)])).toEqual([
      ["refused", 0],
      ["answered", 600_000],
      ["replayed", 0],
    ]);
    const refusals: Answer[] = [];
    for (let index = 0; index < 40 && refusals.length === 0; index++) {
      const answer = await run.chat(ask(`New ${index}`));
      if (answer.status !== 200) refusals.push(answer);
    }
    expect(refusals.map(codeOf)).toEqual([[429, "reservation_too_large"]]);
    const budget = await database.db
      .selectFrom("attempt_model_budget")
      .selectAll()
      .where("attempt_id", "=", run.id)
      .executeTakeFirstOrThrow();
    expect(budget.spent_nano_usd + budget.reserved_nano_usd).toBeLessThanOrEqual(15_000_000);
    expect((await scored.budget()).spent).toBe(600_000);
  });

  test("to the assistant's line is not offered, whatever the candidate's assistant was answered", async () => {
    await scored.chat({ model: "helper" }, "/assistant/v1/chat/completions");
    await scored.calls(1);
    const run = await startRun();
    await allow(run.id, 1e12);
    expect(codeOf(await run.chat({ model: "helper" }, "/assistant/v1/chat/completions"))).toEqual([
      403,
      "assistant_not_offered",
    ]);
    expect(codeOf(await run.chat({ model: "helper" }))).toEqual([404, "model_not_found"]);
  });
});

describe("a run that is over, or goes on elsewhere", () => {
  test.each([
    ["over", { state: "ended" }],
    ["at a later epoch", { epoch: 2 }],
  ])("%s is answered nothing, and leaves nothing on the record", async (_name, change) => {
    await scored.chat();
    await scored.calls(1);
    const run = await startRun();
    await allow(run.id, 1e12);
    expect((await run.chat()).status).toBe(200);
    await database.db.updateTable("attempt").set(change).where("id", "=", run.id).execute();
    expect(codeOf(await run.chat())).toEqual([403, "workspace_closed"]);
    expect(codeOf(await run.chat(ask("New")))).toEqual([403, "workspace_closed"]);
    await scored.gateway.control.close(run.sandbox.sandboxId);
    expect((await callsOf(run.id)).map(({ outcome }) => outcome)).toEqual(["replayed", "refused", "refused"]);
  });

  test("changes nothing of the candidate's attempt", async () => {
    upstream.answer = complete("Recorded.");
    await scored.chat();
    await scored.calls(1);
    const run = await startRun();
    const rows = async () => ({
      attempt: await database.db
        .selectFrom("attempt")
        .selectAll()
        .where("id", "=", scored.attemptId)
        .execute(),
      submission: await database.db.selectFrom("submission").selectAll().execute(),
      calls: await callsOf(scored.attemptId),
      budgets: await database.db
        .selectFrom("attempt_model_budget")
        .selectAll()
        .where("attempt_id", "=", scored.attemptId)
        .orderBy("line")
        .execute(),
    });
    const before = await rows();
    await run.chat();
    await run.chat(ask("New"));
    await allow(run.id, 1e12);
    await run.chat(ask("New"));
    await run.calls(3);
    await scored.gateway.control.close(run.sandbox.sandboxId);
    expect(await rows()).toEqual(before);
  });
});

/** The official client, as a program in the sandbox has it. */
function clientOf({ socketPath }: Run, maxRetries = 0): OpenAI {
  const dispatcher = new Agent({ connect: { socketPath } });
  closing.push(() => dispatcher.destroy());
  return new OpenAI({
    baseURL: "http://models.internal/v1",
    apiKey: "provided-by-worksample",
    maxRetries,
    fetch: ((url: string, init: RequestInit) => fetchWith(url, { ...init, dispatcher })) as never,
  });
}
