import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { complete, type ModelUpstream, startModelUpstream, stream } from "../support/model-upstream.ts";
import {
  type ModelsFixture,
  type ModelsOptions,
  startModels,
  UPSTREAM_KEY,
} from "../support/models-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

let database: TestDatabase;
let upstream: ModelUpstream;
let models: ModelsFixture;

beforeEach(async () => {
  database = await createTestDatabase();
  upstream = await startModelUpstream();
});
afterEach(async () => {
  await models.close();
  await upstream.close();
  await database.drop();
});

async function start(options: Partial<ModelsOptions> = {}): Promise<void> {
  models = await startModels(database, { upstreams: [upstream], ...options });
}

const codeOf = (answer: { body: string }) => JSON.parse(answer.body).error.code as string;

describe("a budget that many requests want at once", () => {
  // One request reserves its bytes and 256 tokens of input, and 100 of output; it uses 10 and 5.
  const ONE = 0.01 + 0.0035;

  test.each([1, 2, 3])("is never overspent by 200 of them, however they fall (round %i)", async () => {
    await start({ usd: ONE * 10 });
    let mostAtOnce = 0;
    const answered = complete("ok", { prompt_tokens: 10, completion_tokens: 100 });
    upstream.answer = async (call, response) => {
      const { reserved, spent } = await models.budget();
      mostAtOnce = Math.max(mostAtOnce, reserved + spent);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
      answered(call, response);
    };
    const answers = await Promise.all(Array.from({ length: 200 }, () => models.chat()));
    const ok = answers.filter(({ status }) => status === 200).length;
    const refused = answers.filter(({ status }) => status === 429);
    expect(ok + refused.length).toBe(200);
    expect(ok).toBeGreaterThanOrEqual(9);
    expect(new Set(refused.map(codeOf))).toEqual(new Set(["reservation_too_large"]));
    expect(refused[0]!.headers["x-should-retry"]).toBe("false");
    await models.calls(200);
    const { spent, reserved } = await models.budget();
    expect(spent).toBe(ok * (10 * 10_000 + 100 * 100_000));
    expect(spent).toBeLessThanOrEqual(ONE * 10 * 1e9);
    expect(mostAtOnce).toBeLessThanOrEqual(ONE * 10 * 1e9);
    expect(reserved).toBe(0);
    expect(upstream.seen).toHaveLength(ok);
  });

  test("would be overspent by reading first and writing later (the control)", async () => {
    await start({ usd: ONE * 10 });
    await models.chat();
    await models.calls();
    // What the ledger does in one statement, in two: every one of 50 sees enough left.
    const wouldPass = await Promise.all(
      Array.from({ length: 50 }, async () => (await models.budget()).spent + ONE * 1e9 <= ONE * 10 * 1e9),
    );
    expect(wouldPass.filter(Boolean)).toHaveLength(50);
  });

  test("of tokens holds as that of money does", async () => {
    await start({ tokens: 1500 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => models.chat()));
    await models.calls(50);
    expect((await models.budget()).tokens).toBeLessThanOrEqual(1500);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.body).toContain("tokens");
  });

  test("that is used up says so, and holds against streams as well", async () => {
    await start({ usd: 0.014 });
    upstream.answer = complete("ok", { prompt_tokens: 300, completion_tokens: 100 });
    expect((await models.chat()).status).toBe(200);
    await models.calls();
    const answer = await models.chat({ stream: true });
    expect([answer.status, codeOf(answer)]).toEqual([429, "reservation_too_large"]);
  });

  test("cannot be written past by anybody", async () => {
    await start({ usd: 1 });
    await models.chat();
    await models.calls();
    const past = database.db
      .updateTable("attempt_model_budget")
      .set({ spent_nano_usd: 1e9 + 1 })
      .execute();
    await expect(past).rejects.toThrow(/check constraint/);
  });
});

describe("what is under way at once", () => {
  test("100 streams come through, each whole", async () => {
    await start();
    upstream.answer = stream(Array.from({ length: 50 }, (_, index) => ` w${index}`));
    const answers = await Promise.all(Array.from({ length: 100 }, () => models.chat({ stream: true })));
    expect(answers.every(({ body }) => body.includes(" w49") && body.endsWith("data: [DONE]\n\n"))).toBe(
      true,
    );
    await models.calls(100);
    expect(await models.budget()).toMatchObject({ spent: 100 * (10 * 10_000 + 50 * 100_000), reserved: 0 });
  });

  test("is bounded, and a clear answer says by how many", async () => {
    await start({ limits: { parallel: 3 } });
    const waiting: (() => void)[] = [];
    upstream.answer = async (call, response) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      complete("ok")(call, response);
    };
    const first = Array.from({ length: 3 }, () => models.chat());
    await expect.poll(() => waiting.length).toBe(3);
    const answer = await models.chat();
    expect([answer.status, codeOf(answer), answer.headers["retry-after"]]).toEqual([
      429,
      "too_many_parallel_requests",
      "1",
    ]);
    for (const release of waiting) release();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await models.calls(4)).map(({ outcome }) => outcome).sort()).toEqual([
      "answered",
      "answered",
      "answered",
      "refused",
    ]);
  });

  test("so is what is asked in a minute", async () => {
    await start({ limits: { requestsPerMin: 8 } });
    const answers = [];
    for (let index = 0; index < 4; index++) answers.push(await models.chat());
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 429]);
    expect(Number(answers[2]!.headers["retry-after"])).toBeGreaterThan(0);
  });

  test("clients that vanish leave nothing open", async () => {
    await start();
    upstream.answer = (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const timer = setInterval(() => response.write('data: {"choices":[{"delta":{"content":"x"}}]}\n\n'), 5);
      response.on("close", () => clearInterval(timer));
    };
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const call = request({
          socketPath: models.socketPath,
          method: "POST",
          path: "/v1/chat/completions",
          headers: { host: "models.internal", "content-type": "application/json" },
        });
        call.on("error", () => {});
        call.end(JSON.stringify({ model: "small", stream: true, messages: [] }));
        await new Promise((resolve) => setTimeout(resolve, index * 10));
        call.destroy();
      }),
    );
    await expect.poll(() => upstream.open, { timeout: 5000 }).toBe(0);
    const openCalls = async () => (await models.calls(0)).filter(({ outcome }) => outcome === "open").length;
    await expect.poll(openCalls, { timeout: 5000 }).toBe(0);
    expect((await models.calls()).length).toBeGreaterThanOrEqual(upstream.seen.length);
    expect((await models.budget()).reserved).toBe(0);
  });
});

describe("requests that are not what they should be", () => {
  const post = (body: string | Buffer, headers: Record<string, string> = {}, path = "/v1/chat/completions") =>
    models.send({ method: "POST", path, headers: { "content-type": "application/json", ...headers }, body });

  test.each([
    ["no JSON", "{", {}, 400, "invalid_json"],
    ["a list", "[]", {}, 400, "invalid_json"],
    ["not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), {}, 400, "invalid_json"],
    ["very deep", "[".repeat(100_000), {}, 400, "invalid_json"],
    [
      "a form",
      "model=small",
      { "content-type": "application/x-www-form-urlencoded" },
      415,
      "unsupported_media_type",
    ],
    ["compressed", "x", { "content-encoding": "gzip" }, 415, "unsupported_media_type"],
    ["no model", "{}", {}, 400, "invalid_value"],
    ["an unknown model", '{"model":"gpt-9"}', {}, 404, "model_not_found"],
    ["the upstream's own name of a model", '{"model":"small-upstream-1"}', {}, 404, "model_not_found"],
    ["a model by a name with NUL", '{"model":"\\u0000"}', {}, 404, "model_not_found"],
    ["messages that are none", '{"model":"small","messages":"hi"}', {}, 400, "invalid_value"],
    ["a message that is none", '{"model":"small","messages":[7]}', {}, 400, "invalid_value"],
    ["no messages", '{"model":"small"}', {}, 400, "invalid_value"],
    ["an unknown field", '{"model":"small","messages":[],"__proto__":1}', {}, 400, "unsupported_parameter"],
  ])("%s", async (_, body, headers, status, code) => {
    await start();
    const answer = await post(body, headers as Record<string, string>);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(upstream.seen).toEqual([]);
  });

  test("a body that is too large is refused in the protocol's shape, announced or not", async () => {
    await start();
    const large = JSON.stringify({
      model: "small",
      messages: [{ role: "user", content: "x".repeat(11_000_000) }],
    });
    for (const headers of [{}, { "transfer-encoding": "chunked" }] as Record<string, string>[]) {
      const answer = await post(large, headers);
      expect([answer.status, codeOf(answer)]).toEqual([413, "body_too_large"]);
    }
    expect(upstream.seen).toEqual([]);
  });

  test.each([
    ["a tool of the provider's", { tools: [{ type: "web_search" }] }],
    [
      "an image by a link",
      {
        messages: [
          { role: "user", content: [{ type: "image_url", image_url: { url: "http://169.254.169.254/" } }] },
        ],
      },
    ],
    ["a file", { messages: [{ role: "user", content: [{ type: "file", file: { file_id: "file-1" } }] }] }],
    ["audio", { messages: [{ role: "user", content: [{ type: "input_audio", input_audio: {} }] }] }],
    ["web search", { web_search_options: {} }],
    ["a prediction, which is charged without a bound", { prediction: { type: "content", content: "x" } }],
    ["spoken answers", { modalities: ["audio"] }],
    ["headers by way of the body", { extra_headers: { authorization: "Bearer x" } }],
  ])("%s is refused before anybody is asked", async (_, body) => {
    await start();
    const answer = await models.chat(body);
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toMatch(/^unsupported_/);
    expect(upstream.seen).toEqual([]);
  });

  test.each([
    ["what another answer said", { previous_response_id: "resp_1" }],
    ["a conversation kept there", { conversation: "conv_1" }],
    ["a prompt kept there", { prompt: { id: "pmpt_1" } }],
    ["an item kept there", { input: [{ type: "item_reference", id: "msg_1" }] }],
    ["an answer in the background", { background: true }],
    ["a shell of the provider's", { tools: [{ type: "code_interpreter", container: { type: "auto" } }] }],
    ["another server's tools", { tools: [{ type: "mcp", server_url: "https://example.com" }] }],
    ["what it may include", { include: ["file_search_call.results"] }],
  ])("of responses, %s is refused: with one key for all, it would be shared by all", async (_, body) => {
    await start();
    const answer = await post(JSON.stringify({ model: "small", input: "hi", ...body }), {}, "/v1/responses");
    expect(answer.status).toBe(400);
    expect(upstream.seen).toEqual([]);
  });

  test("a small image in the request itself is allowed (the control), and bounded as an image", async () => {
    await start();
    const url = `data:image/png;base64,${"A".repeat(100_000)}`;
    const answer = await models.chat({
      messages: [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }],
    });
    expect(answer.status).toBe(200);
    const [call] = await models.calls();
    expect(Number(call!.reserved_tokens)).toBeGreaterThan(50_000);
    expect(Number(call!.reserved_tokens)).toBeLessThan(51_000);
  });

  test.each([
    ["GET", "/v1/chat/completions", 405],
    ["POST", "/v1/models", 405],
    ["GET", "/v1/../admin", 404],
    ["GET", "/v1/%2e%2e/admin", 404],
    ["POST", "/v1/chat/completions/../../files", 404],
    ["POST", "//169.254.169.254/v1/chat/completions", 404],
    ["GET", "/v1/files", 404],
    ["POST", "/v1/chat/completions/", 404],
    ["GET", "/v1/models/nothing", 404],
    ["GET", "/v1/models/..%2f..%2ffiles", 404],
    ["GET", "/v1/models", 200],
    ["GET", "/v1/models/small", 200],
    ["HEAD", "/v1/models?x=1", 200],
  ])("%s %s is answered %i, and no upstream hears of it", async (method, path, status) => {
    await start();
    expect((await models.send({ method, path })).status).toBe(status);
    expect(upstream.seen).toEqual([]);
  });

  test("an upstream gets no header of the program's, and its key is in no answer, record or error", async () => {
    await start();
    upstream.answer = (call, response) => {
      response.setHeader("x-secret", String(call.headers.authorization));
      complete(`You sent ${Object.keys(call.headers).join(" ")}`)(call, response);
    };
    const answer = await post(JSON.stringify({ model: "small", messages: [] }), {
      authorization: "Bearer mine",
      "x-forwarded-for": "10.0.0.1",
      cookie: "a=b",
      "openai-organization": "org-x",
    });
    const [sent] = upstream.seen;
    expect(sent!.headers.authorization).toBe(`Bearer ${UPSTREAM_KEY}`);
    for (const name of ["x-forwarded-for", "cookie", "openai-organization"])
      expect(sent!.headers[name]).toBeUndefined();
    expect(JSON.stringify(answer)).not.toContain(UPSTREAM_KEY);
    const rows = await database.db.selectFrom("model_upstream").selectAll().execute();
    expect((rows[0]!.key_sealed as Buffer).toString("latin1")).not.toContain(UPSTREAM_KEY);
    await models.calls();
    expect(JSON.stringify(await database.db.selectFrom("model_call").selectAll().execute())).not.toContain(
      UPSTREAM_KEY,
    );
  });

  test("what an upstream sends as headers stays outside", async () => {
    await start();
    upstream.answer = (call, response) => {
      response.setHeader("set-cookie", "a=b");
      response.setHeader("openai-organization", "the-company");
      complete("ok")(call, response);
    };
    const answer = await models.chat();
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(answer.headers["openai-organization"]).toBeUndefined();
  });
});

describe("an attempt that is not running under this epoch", () => {
  test.each([
    ["is over", { state: "sealing", frozen_at: new Date() }],
    ["has a newer sandbox", { epoch: 2 }],
  ])("gets no answer where it %s", async (_, change) => {
    await start();
    expect((await models.chat()).status).toBe(200);
    await database.db.updateTable("attempt").set(change).where("id", "=", models.attemptId).execute();
    // The budget surely had room, so the model may be asked meanwhile; what it says goes nowhere.
    const answer = await models.chat();
    expect([answer.status, codeOf(answer)]).toEqual([403, "workspace_closed"]);
    const asked = upstream.seen.length;
    expect(asked).toBeLessThanOrEqual(2);
    const again = await models.chat();
    expect([again.status, codeOf(again)]).toEqual([403, "workspace_closed"]);
    expect(upstream.seen).toHaveLength(asked);
  });

  test("gets nothing of a stream that had begun when its reservation is refused after all", async () => {
    await start();
    expect((await models.chat()).status).toBe(200);
    await models.calls();
    let ended = false;
    upstream.answer = (_, response) => {
      response.once("close", () => {
        ended = true;
      });
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(
        `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: "secret" } }] })}\n\n`,
      );
    };
    let answer: ReturnType<typeof models.chat> | undefined;
    await database.db.transaction().execute(async (transaction) => {
      await transaction.selectFrom("attempt_model_budget").selectAll().forUpdate().execute();
      answer = models.chat({ stream: true });
      await expect.poll(() => upstream.seen.length).toBe(2);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await transaction.updateTable("attempt_model_budget").set({ spent_nano_usd: 10e9 }).execute();
    });
    expect([(await answer!).status, codeOf(await answer!)]).toEqual([429, "insufficient_quota"]);
    expect((await answer!).body).not.toContain("secret");
    await expect.poll(() => ended).toBe(true);
  });
});

test("a database that is away is said to be, and the next request finds it again", async () => {
  await start();
  await models.chat();
  await models.calls();
  await database.db.schema.alterTable("attempt_model_budget").renameTo("elsewhere").execute();
  const answer = await models.chat();
  expect([answer.status, codeOf(answer), answer.headers["x-should-retry"]]).toEqual([
    503,
    "unavailable",
    "true",
  ]);
  await database.db.schema
    .alterTable("elsewhere" as never)
    .renameTo("attempt_model_budget")
    .execute();
  expect((await models.chat()).status).toBe(200);
});

test("refusals are kept for the reviewer, up to a number", async () => {
  await start({ deps: { limits: { refusalsKept: 3 } } });
  for (let index = 0; index < 6; index++) expect((await models.chat({ model: "nothing" })).status).toBe(404);
  const calls = await models.calls(3);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await models.calls(3)).length).toBe(3);
  expect(calls[0]).toMatchObject({
    outcome: "refused",
    status: 404,
    error_code: "model_not_found",
    alias: "nothing",
  });
});
