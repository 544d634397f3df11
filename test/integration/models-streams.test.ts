import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { chunk, events, stream } from "../support/model-upstream.ts";
import { client, cost, models, start, upstream, upstreamsForThisFile } from "../support/models-under-test.ts";

upstreamsForThisFile();

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
