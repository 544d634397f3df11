import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  MOCK_CHAT_MODEL,
  MOCK_EMBEDDING_MODEL,
  type MockUpstream,
  mockUpstreamUrl,
  startMockUpstream,
} from "./mock-upstream.ts";

const model = MOCK_CHAT_MODEL;
let upstream: MockUpstream;
let client: OpenAI;
beforeAll(async () => {
  upstream = await startMockUpstream({ msPerChunk: 0 });
  client = new OpenAI({ baseURL: mockUpstreamUrl(upstream.port), apiKey: "any", maxRetries: 0 });
});
afterAll(() => upstream.close());

function ask(content: string, more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> = {}) {
  return client.chat.completions.create({ model, messages: [{ role: "user", content }], ...more });
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

function tool(name: string, parameters: Record<string, unknown>): OpenAI.ChatCompletionTool {
  return { type: "function", function: { name, parameters } };
}

const search = tool("search_tickets", {
  type: "object",
  properties: { query: { type: "string" }, limit: { type: "integer", minimum: 1, maximum: 5 } },
  required: ["query", "limit"],
});
const close = tool("closeTicket", {
  type: "object",
  properties: { id: { type: "string" } },
  required: ["id"],
});

describe("chat", () => {
  test("says of itself that it is made up, with usage", async () => {
    const { choices, usage } = await ask("Hello there");
    expect(choices[0]).toMatchObject({
      finish_reason: "stop",
      message: { content: expect.stringMatching(/^This is a made-up answer .* You wrote: Hello there$/) },
    });
    expect(usage!.prompt_tokens).toBeGreaterThan(0);
    expect(usage!.total_tokens).toBe(usage!.prompt_tokens + usage!.completion_tokens);
  });

  test("streams the same words in pieces, and usage on request", async () => {
    const stream = await client.chat.completions.create({
      model,
      messages: [{ role: "user", content: "Hello there" }],
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await collect(stream);
    const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("");
    expect(text).toBe((await ask("Hello there")).choices[0]!.message.content);
    expect(chunks.length).toBeGreaterThan(5);
    expect(chunks.at(-1)!.usage!.completion_tokens).toBeGreaterThan(0);
  });

  test("stops at the limit of tokens", async () => {
    const { choices, usage } = await ask("Hello there", { max_completion_tokens: 5 });
    expect(choices[0]).toMatchObject({
      finish_reason: "length",
      message: { content: "This is a made-up an" },
    });
    expect(usage!.completion_tokens).toBeLessThanOrEqual(5);
  });

  test("answers the Responses API likewise", async () => {
    const response = await client.responses.create({ model, input: "Hello there" });
    expect(response.output_text).toContain("made-up answer");
  });
});

describe("tools", () => {
  test.each([
    ["names it", "Please search tickets about refunds", {}, "search_tickets"],
    ["writes its name in camel case", "use closeTicket", {}, "closeTicket"],
    [
      "asks for it by tool_choice",
      "Go",
      { tool_choice: { type: "function", function: { name: "closeTicket" } } },
      "closeTicket",
    ],
    ["requires any", "Go", { tool_choice: "required" }, "search_tickets"],
    ["forbids tools", "search tickets", { tool_choice: "none" }, undefined],
    ["names none", "Hello", {}, undefined],
  ] as const)("calls one when the caller %s", async (_what, content, more, expected) => {
    const { choices } = await ask(content, { tools: [search, close], ...more });
    expect(
      choices[0]!.message.tool_calls?.map((call) => call.type === "function" && call.function.name),
    ).toEqual(expected && [expected]);
  });

  test("gives it arguments of its schema, what the caller quotes first", async () => {
    const { choices } = await ask('search tickets for "late refund"', { tools: [search] });
    const call = choices[0]!.message.tool_calls![0] as OpenAI.ChatCompletionMessageFunctionToolCall;
    const { query, limit } = JSON.parse(call.function.arguments) as { query: string; limit: number };
    expect(query).toBe("late refund");
    expect([1, 2, 3, 4, 5]).toContain(limit);
  });

  test("says what the tool returned, and does not call it again", async () => {
    const asked: OpenAI.ChatCompletionMessageParam = { role: "user", content: "search tickets" };
    const { choices } = await ask("", { tools: [search], messages: [asked] });
    const called = choices[0]!.message;
    const next = await ask("", {
      tools: [search],
      messages: [
        asked,
        called,
        { role: "tool", tool_call_id: called.tool_calls![0]!.id, content: "no tickets" },
      ],
    });
    expect(next.choices[0]!.message.content).toContain("The tool returned: no tickets");
  });
});

test("keeps to the schema of a structured answer", async () => {
  const schema = {
    type: "object",
    properties: {
      label: { $ref: "#/$defs/label" },
      score: { type: "number", minimum: 0, maximum: 1 },
    },
    required: ["label", "score"],
    additionalProperties: false,
    $defs: { label: { enum: ["refund", "access"] } },
  };
  const { choices } = await ask("Which is it?", {
    response_format: { type: "json_schema", json_schema: { name: "triage", strict: true, schema } },
  });
  const { label, score } = JSON.parse(choices[0]!.message.content!) as { label: string; score: number };
  expect(["refund", "access"]).toContain(label);
  expect(score >= 0 && score <= 1).toBe(true);
});

test("refuses a schema that is none", async () => {
  const schema = { $ref: "#/$defs/missing" };
  const asking = ask("Go", { response_format: { type: "json_schema", json_schema: { name: "x", schema } } });
  await expect(asking).rejects.toThrow(OpenAI.BadRequestError);
});

describe("embeddings", () => {
  const embed = async (input: string | string[], more: Partial<OpenAI.EmbeddingCreateParams> = {}) =>
    (await client.embeddings.create({ model: MOCK_EMBEDDING_MODEL, input, ...more })).data.map(
      ({ embedding }) => embedding,
    );
  const dot = (one: number[], other: number[]) => one.reduce((sum, value, at) => sum + value * other[at]!, 0);

  test("are 1,536 numbers of length 1, the same for the same text", async () => {
    const [one, other] = await embed(["a late refund", "a late refund"]);
    expect(one).toHaveLength(1536);
    expect(Math.hypot(...one!)).toBeCloseTo(1, 5);
    expect(other).toEqual(one);
    expect(await embed("a late refund", { encoding_format: "float" })).toEqual([one]);
  });

  test("are nearer for texts with words in common", async () => {
    const [asked, near, far] = await embed(["late refund", "the refund is late", "password forgotten"]);
    expect(dot(asked!, near!)).toBeGreaterThan(dot(asked!, far!) + 0.3);
  });

  test("have as many numbers as asked for, and never none", async () => {
    const vectors = await embed(["some words", "", "…"], { dimensions: 4 });
    expect(vectors.map((vector) => [vector.length, Number(Math.hypot(...vector).toFixed(4))])).toEqual(
      Array(3).fill([4, 1]),
    );
  });

  test("of nothing are refused", async () => {
    await expect(embed([])).rejects.toThrow(OpenAI.BadRequestError);
  });
});

test("lists its models and says that it is ready", async () => {
  const listed = await collect(client.models.list());
  expect(listed.map(({ id }) => id)).toEqual([MOCK_CHAT_MODEL, MOCK_EMBEDDING_MODEL]);
  expect((await fetch(`http://127.0.0.1:${upstream.port}/readyz`)).status).toBe(200);
});
