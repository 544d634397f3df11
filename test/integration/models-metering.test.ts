import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import OpenAI from "openai";
import { Agent, fetch as fetchWith, type RequestInit } from "undici";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openBody } from "../../services/shared/models/transcript.ts";
import {
  chunk,
  complete,
  events,
  json,
  type ModelUpstream,
  startModelUpstream,
  stream,
  usageChunk,
} from "../support/model-upstream.ts";
import {
  type ModelsFixture,
  type ModelsOptions,
  startModels,
  UPSTREAM_KEY,
} from "../support/models-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

// Prices of the fixture: 10,000 billionths of a dollar for a token of input, 1,000 cached, 100,000 of output.
const cost = (input: number, output: number, cached = 0) =>
  (input - cached) * 10_000 + cached * 1_000 + output * 100_000;

let database: TestDatabase;
let upstream: ModelUpstream;
let second: ModelUpstream;
let models: ModelsFixture;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  [upstream, second] = await Promise.all([startModelUpstream(), startModelUpstream()]);
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await Promise.all([upstream.close(), second.close()]);
  await database.drop();
});

async function start(options: Partial<ModelsOptions> = {}): Promise<ModelsFixture> {
  models = await startModels(database, { upstreams: [upstream], ...options });
  closing.push(() => models.close());
  return models;
}

/** The official client, as a program in the sandbox has it. */
function client(path = "/v1"): OpenAI {
  const dispatcher = new Agent({ connect: { socketPath: models.socketPath } });
  closing.push(() => dispatcher.destroy());
  return new OpenAI({
    baseURL: `http://models.internal${path}`,
    apiKey: "provided-by-worksample",
    maxRetries: 0,
    fetch: ((url: string, init: RequestInit) => fetchWith(url, { ...init, dispatcher })) as never,
  });
}

describe("a call", () => {
  test("is answered by the model behind the alias, with the platform's key, and costs what it used", async () => {
    await start();
    upstream.answer = complete("Hello.", {
      prompt_tokens: 100,
      completion_tokens: 7,
      prompt_tokens_details: { cached_tokens: 40 },
    });
    const answer = await models.chat({ user: "somebody", metadata: { a: "b" } });
    expect([answer.status, JSON.parse(answer.body).choices[0].message.content]).toEqual([200, "Hello."]);
    expect(upstream.seen[0]!.body).toEqual({
      model: "small-upstream-1",
      messages: [{ role: "user", content: "Hi" }],
      max_tokens: 100,
    });
    expect(upstream.seen[0]!.headers.authorization).toBe(`Bearer ${UPSTREAM_KEY}`);
    const [call] = await models.calls();
    expect(call).toMatchObject({
      outcome: "answered",
      status: 200,
      usage: "reported",
      input_tokens: 100,
      cached_input_tokens: 40,
      output_tokens: 7,
      cost_nano_usd: cost(100, 7, 40),
      upstream_model: "small-upstream-1",
      truncated: false,
    });
    expect(await models.budget()).toEqual({ spent: cost(100, 7, 40), reserved: 0, tokens: 107 });
    expect(answer.headers["x-worksample-budget-remaining-usd"]).toBe(
      ((10e9 - cost(100, 7, 40)) / 1e9).toFixed(9),
    );
    expect(answer.headers["x-request-id"]).toBe(call!.id);
  });

  test("waits for its reservation, and asks meanwhile only where the budget surely has room", async () => {
    await start();
    // Makes the budget.
    await models.send({ method: "GET", path: "/v1/models" });
    const hold = async (during: () => Promise<unknown>) => {
      await database.db.transaction().execute(async (transaction) => {
        await transaction.selectFrom("attempt_model_budget").selectAll().forUpdate().execute();
        await during();
      });
    };
    let first: Promise<{ status: number }> | undefined;
    await hold(async () => {
      first = models.chat();
      await sleep(300);
      expect(upstream.seen).toHaveLength(0);
    });
    expect((await first!).status).toBe(200);
    await models.calls(1);
    let answered = false;
    await hold(async () => {
      first = models.chat().finally(() => {
        answered = true;
      });
      await expect.poll(() => upstream.seen.length).toBe(2);
      await sleep(300);
      expect(answered).toBe(false);
    });
    expect((await first!).status).toBe(200);
    expect((await models.calls(2)).map(({ outcome }) => outcome)).toEqual(["answered", "answered"]);
  });

  test("is on the record as it was said, readable with the platform's secret alone", async () => {
    await start();
    upstream.answer = complete("The answer in the transcript.");
    await models.chat({ messages: [{ role: "user", content: "The question in the transcript" }] });
    const [call] = await models.calls();
    const id = String(call!.id);
    expect(openBody(models.box, id, call!.request_sealed as Buffer)).toContain(
      "The question in the transcript",
    );
    expect(openBody(models.box, id, call!.response_sealed as Buffer)).toContain(
      "The answer in the transcript.",
    );
    expect(JSON.stringify(call)).not.toContain("in the transcript");
    expect((call!.request_sealed as Buffer).toString("latin1")).not.toContain("question");
  });

  test("keeps the beginnings of long bodies, and says so", async () => {
    await start({ deps: { limits: { transcriptChars: 50 } } });
    upstream.answer = complete("x".repeat(500), { prompt_tokens: 10, completion_tokens: 100 });
    await models.chat();
    const [call] = await models.calls();
    expect(call).toMatchObject({ truncated: true });
    expect(openBody(models.box, String(call!.id), call!.response_sealed as Buffer)).toHaveLength(50);
  });

  test("may be shorter than the longest answer, never longer", async () => {
    await start();
    await models.chat({ max_tokens: 20 });
    expect(upstream.seen[0]!.body.max_tokens).toBe(20);
    for (const body of [{ max_tokens: 101 }, { max_completion_tokens: 0 }, { max_tokens: "many" }, { n: 9 }])
      expect((await models.chat(body)).status).toBe(400);
    expect(upstream.seen).toHaveLength(1);
  });

  test("of the assistant counts to the assistant's budget", async () => {
    await start({ assistantUsd: 1 });
    const answer = await models.chat({ model: "helper" }, "/assistant/v1/chat/completions");
    expect(answer.status).toBe(200);
    expect((await models.calls())[0]).toMatchObject({ line: "assistant", alias: "helper" });
    expect((await models.budget("assistant")).spent).toBe(cost(10, 5));
    expect((await models.budget("product")).spent).toBe(0);
    expect((await models.chat({ model: "helper" })).status).toBe(404);
  });

  test("of embeddings costs its input", async () => {
    await start();
    upstream.answer = json({
      object: "list",
      data: [{ object: "embedding", index: 0, embedding: [0.5, 0.25] }],
      usage: { prompt_tokens: 8, total_tokens: 8 },
    });
    const made = await client().embeddings.create({
      model: "vectors",
      input: "text",
      encoding_format: "float",
    });
    expect(made.data[0]!.embedding).toEqual([0.5, 0.25]);
    expect((await models.calls())[0]).toMatchObject({ cost_nano_usd: cost(8, 0), usage: "reported" });
    expect((await models.chat({ model: "vectors" })).body).toContain("does not answer");
  });
});

describe("a stream", () => {
  test("comes through word by word, and its usage is asked for and kept back", async () => {
    await start();
    upstream.answer = stream(["One", " two", " three"]);
    const got: string[] = [];
    const events = await client().chat.completions.create({
      model: "small",
      messages: [{ role: "user", content: "Count" }],
      stream: true,
    });
    for await (const event of events) got.push(event.choices[0]!.delta.content ?? "");
    expect(got).toEqual(["One", " two", " three"]);
    expect(upstream.seen[0]!.body.stream_options).toEqual({ include_usage: true });
    expect((await models.calls())[0]).toMatchObject({
      outcome: "answered",
      stream: true,
      usage: "reported",
      cost_nano_usd: cost(10, 3),
    });
  });

  test("states its usage to a program that asks for it", async () => {
    await start();
    upstream.answer = stream(["One"]);
    const answer = await models.chat({ stream: true, stream_options: { include_usage: true } });
    expect(answer.body).toContain('"completion_tokens":1');
    expect((await models.chat({ stream: true })).body).not.toContain("completion_tokens");
  });

  test("of responses comes through, and nothing is stored with the provider", async () => {
    await start();
    const completed = {
      type: "response.completed",
      response: { usage: { input_tokens: 4, output_tokens: 2 } },
    };
    upstream.answer = events(
      `event: response.output_text.delta\ndata: ${JSON.stringify({ type: "response.output_text.delta", delta: "Hi" })}\n\n`,
      `event: response.completed\ndata: ${JSON.stringify(completed)}\n\n`,
    );
    const types: string[] = [];
    for await (const event of await client().responses.create({ model: "small", input: "Hi", stream: true }))
      types.push(event.type);
    expect(types).toEqual(["response.output_text.delta", "response.completed"]);
    expect(upstream.seen[0]!.body).toMatchObject({ store: false, max_output_tokens: 100, input: "Hi" });
    expect((await models.calls())[0]).toMatchObject({ cost_nano_usd: cost(4, 2), usage: "reported" });
  });

  test("that the program leaves half-way is ended upstream, and what was delivered is paid", async () => {
    await start();
    let upstreamClosed = false;
    upstream.answer = (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (let index = 0; index < 20; index++) response.write(chunk(` word${index}`));
      response.on("close", () => {
        upstreamClosed = true;
      });
    };
    const events = await client().chat.completions.create({
      model: "small",
      messages: [{ role: "user", content: "Go on for ever" }],
      stream: true,
    });
    let seen = 0;
    for await (const _ of events) if (++seen === 10) break;
    const [call] = await models.calls();
    expect(call).toMatchObject({ outcome: "aborted", usage: "estimated" });
    // 20 pieces came; the size of what they hold comes to more.
    expect(Number(call!.output_tokens)).toBeGreaterThanOrEqual(20);
    expect(Number(call!.cost_nano_usd)).toBe(cost(Number(call!.input_tokens), Number(call!.output_tokens)));
    expect((await models.budget()).reserved).toBe(0);
    await expect.poll(() => upstreamClosed).toBe(true);
  });

  test("that nobody reads holds its provider back instead of filling memory", async () => {
    await start();
    let written = 0;
    upstream.answer = (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const push = () => {
        while (!response.destroyed && written < 40_000_000) {
          const text = chunk("x".repeat(10_000));
          written += text.length;
          if (!response.write(text)) return void response.once("drain", push);
        }
        response.end("data: [DONE]\n\n");
      };
      push();
    };
    const call = request({
      socketPath: models.socketPath,
      method: "POST",
      path: "/v1/chat/completions",
      headers: { host: "models.internal", "content-type": "application/json" },
    });
    call.on("error", () => {});
    call.end(JSON.stringify({ model: "small", stream: true, messages: [{ role: "user", content: "Hi" }] }));
    await new Promise((resolve) => call.once("response", resolve));
    await sleep(1000);
    expect(written).toBeLessThan(20_000_000);
    call.destroy();
    expect((await models.calls())[0]).toMatchObject({ outcome: "aborted" });
  });
});

describe("an answer in one piece that the program does not wait for", () => {
  test("is paid as it was, once it has come", async () => {
    await start();
    let answerNow = () => {};
    upstream.answer = async (call, response) => {
      await new Promise<void>((resolve) => {
        answerNow = resolve;
      });
      complete("Late.", { prompt_tokens: 30, completion_tokens: 9 })(call, response);
    };
    const going = models.chat().catch(() => {});
    await expect.poll(() => upstream.seen.length).toBe(1);
    const abort = new AbortController();
    const waiting = client()
      .chat.completions.create(
        { model: "small", messages: [{ role: "user", content: "Hi" }] },
        { signal: abort.signal },
      )
      .catch((error: unknown) => error);
    await expect.poll(() => upstream.seen.length).toBe(2);
    const answerSecond = answerNow;
    abort.abort();
    expect(await waiting).toBeInstanceOf(OpenAI.APIUserAbortError);
    await sleep(100);
    answerSecond();
    const calls = await models.calls();
    expect(calls.find(({ outcome }) => outcome === "aborted")).toMatchObject({
      usage: "reported",
      cost_nano_usd: cost(30, 9),
    });
    void going;
  });
});

describe("what an upstream says it used", () => {
  test.each([
    ["less than nothing", { prompt_tokens: -5, completion_tokens: -1 }],
    ["words", { prompt_tokens: "ten", completion_tokens: "five" }],
    ["more than it could be", { prompt_tokens: 1e9, completion_tokens: 1e9 }],
    ["nothing, for a long answer", { prompt_tokens: 10, completion_tokens: 0 }],
    ["not at all", null],
  ])("is estimated where it is %s", async (_, usage) => {
    await start();
    upstream.answer = complete("word ".repeat(40), usage as never);
    expect((await models.chat()).status).toBe(200);
    const [call] = await models.calls();
    expect(call).toMatchObject({ usage: "estimated", output_tokens: 50 });
    expect(Number(call!.cost_nano_usd)).toBeLessThanOrEqual(Number(call!.reserved_nano_usd));
    expect(Number(call!.cost_nano_usd)).toBeGreaterThan(cost(0, 50));
  });

  test("is believed at the end of a stream as well, and not where it cannot be", async () => {
    await start();
    upstream.answer = events(
      chunk("word ".repeat(20)),
      usageChunk({ prompt_tokens: 1e12, completion_tokens: 3 }),
      "data: [DONE]\n\n",
    );
    await models.chat({ stream: true });
    expect((await models.calls())[0]).toMatchObject({ usage: "estimated", output_tokens: 25 });
  });
});

describe("when an upstream fails", () => {
  test("the next target answers, and the record says so", async () => {
    await start({ upstreams: [upstream, second] });
    upstream.answer = json({ error: { message: "overloaded" } }, 503);
    second.answer = complete("From the second.");
    const answer = await models.chat();
    expect(answer.body).toContain("From the second.");
    expect((await models.calls())[0]).toMatchObject({
      outcome: "answered",
      failed_targets: 1,
      upstream_model: "small-upstream-2",
    });
  });

  test.each([
    ["refuses the connection", async () => upstream.close(), 502, "upstream_failed"],
    ["answers 500", () => json({ error: { message: "secret sk-abcdefghijk" } }, 500), 502, "upstream_failed"],
    [
      "knows no such key",
      () => json({ error: { message: "bad key sk-abcdefghijk" } }, 401),
      502,
      "upstream_misconfigured",
    ],
    [
      "has no such model",
      () => json({ error: { message: "no such model" } }, 404),
      502,
      "upstream_misconfigured",
    ],
    [
      "redirects elsewhere",
      () => (_: unknown, response: import("node:http").ServerResponse) =>
        response.writeHead(307, { location: "http://127.0.0.1:1/" }).end(),
      502,
      "upstream_failed",
    ],
    [
      "sends no JSON",
      () => (_: unknown, response: import("node:http").ServerResponse) =>
        response.writeHead(200, { "content-type": "application/json" }).end("<html>"),
      502,
      "upstream_failed",
    ],
    ["sends too much", () => json({ choices: [], filler: "x".repeat(40_000_000) }), 502, "upstream_failed"],
    ["does not begin", () => () => {}, 504, "upstream_timeout"],
  ])("in that it %s, nothing is paid and nothing of it gets through", async (_, how, status, code) => {
    await start({ deps: { timeouts: { firstByteMs: 1000, silenceMs: 1000 } } });
    const answer = await how();
    if (answer) upstream.answer = answer as never;
    const got = await models.chat();
    expect([got.status, JSON.parse(got.body).error.code]).toEqual([status, code]);
    expect(got.body).not.toMatch(/sk-|127\.0\.0\.1/);
    expect((await models.calls())[0]).toMatchObject({ outcome: "upstream_failed", cost_nano_usd: 0, status });
    expect(await models.budget()).toMatchObject({ spent: 0, reserved: 0 });
  });

  test("a refusal of the request itself is passed on without what is the company's own", async () => {
    await start({ upstreams: [upstream, second] });
    upstream.answer = json(
      {
        error: {
          message: "max_tokens is too large for org-abcdef123456, see https://example.com/x",
          param: "max_tokens",
        },
      },
      400,
    );
    const { error } = JSON.parse((await models.chat()).body);
    expect(error).toMatchObject({
      code: "upstream_rejected",
      param: "max_tokens",
      type: "invalid_request_error",
    });
    expect(error.message).toContain("max_tokens is too large for [left out], see [left out]");
    expect(second.seen).toEqual([]);
  });

  test.each([
    ["breaks the stream off", events(chunk("One"), chunk(" two")), "upstream_cut"],
    [
      "falls silent",
      (_: unknown, response: import("node:http").ServerResponse) =>
        response.writeHead(200, { "content-type": "text/event-stream" }).write(chunk("One")),
      "upstream_cut",
    ],
    ["sends garbage between", events(chunk("One"), "data: {not json\n\n", chunk(" two")), "upstream_cut"],
    [
      "sends an error between",
      events(chunk("One"), 'data: {"error":{"message":"org-abcdef123456 is over quota"}}\n\n'),
      "upstream_cut",
    ],
  ])(
    "in mid-answer in that it %s, the program learns it, and what was delivered is paid",
    async (_, how, code) => {
      await start({ deps: { timeouts: { firstByteMs: 1000, silenceMs: 1000 } } });
      upstream.answer = how as never;
      const events = await client().chat.completions.create({
        model: "small",
        messages: [{ role: "user", content: "Hi" }],
        stream: true,
      });
      const got: string[] = [];
      const failure = await (async () => {
        for await (const event of events) got.push(event.choices[0]?.delta.content ?? "");
      })().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(OpenAI.APIError);
      expect((failure as InstanceType<typeof OpenAI.APIError>).code).toBe(code);
      expect(got[0]).toBe("One");
      expect(JSON.stringify((failure as InstanceType<typeof OpenAI.APIError>).error)).not.toContain("org-");
      const [call] = await models.calls();
      expect(call).toMatchObject({ outcome: "upstream_failed", usage: "estimated" });
      expect(Number(call!.output_tokens)).toBeGreaterThan(0);
      expect((await models.budget()).reserved).toBe(0);
    },
  );

  test("an upstream whose key cannot be opened, or that is archived, is not asked", async () => {
    await start({ upstreams: [upstream, second] });
    second.answer = complete("From the second.");
    await database.db
      .updateTable("model_upstream")
      .set({ archived_at: new Date() })
      .where("base_url", "=", upstream.baseUrl)
      .execute();
    expect((await models.chat()).body).toContain("From the second.");
    expect(upstream.seen).toEqual([]);
  });
});

describe("calls that are open when the gateway ends", () => {
  test("count as all they could have cost, once", async () => {
    await start();
    await models.chat();
    await models.calls();
    const { spent } = await models.budget();
    await database.db
      .insertInto("model_call")
      .values({
        id: crypto.randomUUID(),
        attempt_id: models.attemptId,
        epoch: 1,
        line: "product",
        endpoint: "chat/completions",
        alias: "small",
        stream: false,
        outcome: "open",
        reserved_nano_usd: 700,
        reserved_tokens: 7,
      })
      .execute();
    await database.db
      .updateTable("attempt_model_budget")
      .set({ reserved_nano_usd: 700, reserved_tokens: 7 })
      .execute();
    await models.restart();
    await models.restart();
    expect(await models.budget()).toEqual({ spent: spent + 700, reserved: 0, tokens: 15 + 7 });
    expect((await models.calls(2)).map(({ outcome }) => outcome)).toEqual(["answered", "lost"]);
    expect((await models.chat()).status).toBe(200);
  });
});
