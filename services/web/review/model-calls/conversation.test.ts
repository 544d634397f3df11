import { describe, expect, it } from "vitest";
import { type Conversation, conversationOf } from "./conversation.ts";

const read = (request: object | null, response: object | null): Conversation =>
  conversationOf(request && JSON.stringify(request), response && JSON.stringify(response))!;

describe("a chat", () => {
  it("is its messages, with tools called and their results", () => {
    const call = { id: "1", type: "function", function: { name: "find", arguments: '{"q":1}' } };
    const { asked, tools } = read(
      {
        tools: [{ type: "function", function: { name: "find" } }],
        messages: [
          { role: "system", content: "Be kind" },
          {
            role: "user",
            content: [
              { type: "text", text: "See" },
              { type: "image_url", image_url: "x" },
            ],
          },
          { role: "assistant", content: null, tool_calls: [call] },
          { role: "tool", tool_call_id: "1", content: "12 rows" },
        ],
      },
      null,
    );
    expect(tools).toEqual(["find"]);
    expect(asked).toMatchObject([
      { role: "system", parts: [{ kind: "text", text: "Be kind" }] },
      { role: "user", parts: [{ kind: "text", text: "See" }, { kind: "other" }] },
      { role: "assistant", parts: [{ kind: "call", name: "find", text: '{"q":1}' }] },
      { role: "tool", parts: [{ kind: "result", text: "12 rows" }] },
    ]);
  });

  it("is answered by its choices", () => {
    const message = { role: "assistant", content: "Hello", reasoning_content: "Hm", refusal: "But no" };
    expect(read(null, { choices: [{ index: 0, message }] }).answered).toEqual([
      {
        role: "assistant",
        parts: [
          { kind: "reasoning", text: "Hm" },
          { kind: "text", text: "Hello" },
          { kind: "refusal", text: "But no" },
        ],
      },
    ]);
  });
});

describe("a response", () => {
  it("is its instructions and input", () => {
    expect(read({ instructions: "Be kind", input: "Hi" }, null).asked).toEqual([
      { role: "system", parts: [{ kind: "text", text: "Be kind" }] },
      { role: "user", parts: [{ kind: "text", text: "Hi" }] },
    ]);
    const input = [
      { role: "user", content: [{ type: "input_text", text: "Hi" }] },
      { type: "function_call", name: "find", arguments: "{}" },
      { type: "function_call_output", call_id: "1", output: "12" },
    ];
    expect(read({ input }, null).asked).toEqual([
      { role: "user", parts: [{ kind: "text", text: "Hi" }] },
      { role: "assistant", parts: [{ kind: "call", name: "find", text: "{}" }] },
      { role: "tool", parts: [{ kind: "result", text: "12" }] },
    ]);
  });

  it("is answered by its output", () => {
    const output = [
      { type: "reasoning", summary: [{ type: "summary_text", text: "Hm" }] },
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "Hello" }] },
      { type: "web_search_call", id: "w1" },
    ];
    expect(read(null, { output }).answered).toMatchObject([
      { parts: [{ kind: "reasoning", text: "Hm" }] },
      { parts: [{ kind: "text", text: "Hello" }] },
      { parts: [{ kind: "other", text: expect.stringContaining("web_search_call") }] },
    ]);
  });
});

it("counts embeddings", () => {
  const { asked, answered } = read({ input: ["one", "two"] }, { data: [{ embedding: [1, 2, 3] }, {}] });
  expect(asked.map(({ parts }) => parts[0]!.text)).toEqual(["one", "two"]);
  expect(answered[0]!.parts[0]!.text).toBe("2 embeddings of 3 numbers");
});

it.each<[object, string | null]>([
  [{ error: { message: "Budget used up", code: "x" } }, "Budget used up"],
  [{ error: "no" }, "no"],
  [{ error: { code: 1 } }, '{"code":1}'],
  [{ code: "x", title: "Not here", detail: "Why." }, "Not here. Why."],
  [{ choices: [] }, null],
])("finds what %j says went wrong", (response, error) => expect(read(null, response).error).toBe(error));

it.each([
  ["no JSON", "<html>"],
  ["a list", "[1]"],
  ["nothing", null],
])("%s is no conversation", (_name, text) => expect(conversationOf(text, text)).toBeNull());

it.each([
  { messages: [null, 1, [], { role: 4, content: { a: 1 } }, { tool_calls: [null, { function: 1 }] }] },
  {
    input: [null, [1, 2], { type: "function_call" }, { content: [null, 1, { text: 2 }] }],
    tools: [null, 1, {}],
  },
  { messages: "text", tools: "text", instructions: 4 },
])("reads whatever a program sends", (request) => {
  expect(() => read(request, { choices: [null, { message: 1 }], data: 1 })).not.toThrow();
});
