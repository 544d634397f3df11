import { setTimeout as sleep } from "node:timers/promises";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { openBody } from "../../services/shared/models/transcript.ts";
import { chunk, complete, events, json, usageChunk } from "../support/model-upstream.ts";
import { UPSTREAM_KEY } from "../support/models-fixture.ts";
import {
  client,
  cost,
  database,
  models,
  start,
  upstream,
  upstreamsForThisFile,
} from "../support/models-under-test.ts";

upstreamsForThisFile();

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
