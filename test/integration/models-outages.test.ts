import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { chunk, complete, events, json } from "../support/model-upstream.ts";
import {
  client,
  database,
  models,
  second,
  start,
  upstream,
  upstreamsForThisFile,
} from "../support/models-under-test.ts";

upstreamsForThisFile();

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
