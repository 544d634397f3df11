import { describe, expect, it } from "vitest";
import { chatStream, streamOf } from "../../../../test/support/model-call-fixture.ts";
import { reassemble } from "./reassemble.ts";

const chunk = (delta: object, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason }],
});

describe("a chat", () => {
  it("is put together from its chunks", () => {
    const usage = { prompt_tokens: 3, completion_tokens: 2 };
    const stream = streamOf(
      { id: "c1", model: "m", choices: [{ index: 0, delta: { role: "assistant", content: "" } }] },
      chunk({ reasoning_content: "Let me " }),
      chunk({ reasoning_content: "see." }),
      chunk({ content: "Hel" }),
      chunk({ content: "lo" }, "stop"),
      { choices: [], usage },
      "[DONE]",
    );
    expect(reassemble(stream)).toEqual({
      object: "chat.completion",
      id: "c1",
      model: "m",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: "Hello", reasoning_content: "Let me see." },
          finish_reason: "stop",
        },
      ],
      usage,
    });
  });

  it("puts the arguments of several tools together, and several choices", () => {
    const call = (index: number, id: string | null, name: string, text: string) => ({
      tool_calls: [{ index, ...(id ? { id, type: "function" } : {}), function: { name, arguments: text } }],
    });
    const stream = streamOf(
      chunk(call(1, "b", "close", '{"id')),
      chunk(call(0, "a", "find", '{"q":')),
      chunk(call(0, null, "", '"x"}')),
      chunk(call(1, null, "", '":1}'), "tool_calls"),
      { choices: [{ index: 1, delta: { content: "other" }, finish_reason: "stop" }] },
    );
    expect(reassemble(stream)).toMatchObject({
      choices: [
        {
          message: {
            tool_calls: [
              { id: "a", function: { name: "find", arguments: '{"q":"x"}' } },
              { id: "b", function: { name: "close", arguments: '{"id":1}' } },
            ],
          },
        },
        { index: 1, message: { content: "other" } },
      ],
    });
  });

  it("leaves out the end of what is not finished when it is asked to", () => {
    const content = (stream: string, dropped: number) =>
      (reassemble(stream, dropped) as { choices: { message: { content: string } }[] }).choices[0]!.message
        .content;
    expect(content(chatStream(["one ", "two ", "three"], false), 6)).toBe("one two");
    expect(content(chatStream(["one ", "two ", "three"], false), 0)).toBe("one two three");
    expect(content(chatStream(["one ", "two ", "three"]), 6)).toBe("one two three");
    expect(content(chatStream(["one"], false), 6)).toBe("");
  });

  it("keeps an error that came in the middle", () => {
    const stream = streamOf(chunk({ content: "Hel" }), { error: { message: "overloaded" } });
    expect(reassemble(stream)).toMatchObject({
      choices: [{ message: { content: "Hel" } }],
      error: { message: "overloaded" },
    });
  });
});

describe("a response", () => {
  const item = { type: "message", role: "assistant", content: [{ type: "output_text", text: "Hello" }] };

  it("is what its last event says", () => {
    const response = { id: "r1", output: [item], usage: { input_tokens: 3 } };
    const stream = streamOf(
      { type: "response.created", response: { id: "r1", output: [] } },
      { type: "response.output_text.delta", output_index: 0, content_index: 0, delta: "Hel" },
      { type: "response.completed", response },
    );
    expect(reassemble(stream)).toEqual(response);
  });

  it("is put together when its last event never came", () => {
    const stream = streamOf(
      { type: "response.created", response: { id: "r1", model: "m", output: [] } },
      { type: "response.output_item.done", output_index: 0, item },
      { type: "response.output_item.added", output_index: 1, item: { type: "function_call", name: "find" } },
      { type: "response.function_call_arguments.delta", output_index: 1, delta: '{"q":' },
      { type: "response.function_call_arguments.delta", output_index: 1, delta: '"x"}' },
      { type: "response.output_text.delta", output_index: 2, content_index: 0, delta: "And " },
      { type: "response.output_text.delta", output_index: 2, content_index: 0, delta: "so" },
    );
    expect(reassemble(stream)).toEqual({
      id: "r1",
      model: "m",
      output: [
        item,
        { type: "function_call", name: "find", arguments: '{"q":"x"}' },
        { type: "message", role: "assistant", content: [{ type: "output_text", text: "And so" }] },
      ],
    });
  });
});

describe("what cannot be read", () => {
  it.each([
    ["nothing", ""],
    ["no events", "Bad gateway"],
    ["events of another kind", streamOf({ hello: 1 })],
    ["no JSON", "data: {\n\ndata: nothing\n\n"],
  ])("%s is null", (_name, stream) => expect(reassemble(stream)).toBeNull());

  it("is passed over, whatever it is", () => {
    const stream = streamOf(
      "{",
      "[]",
      "null",
      {
        choices: [
          null,
          1,
          "x",
          { index: -1, delta: "text" },
          { index: 1e300, delta: { tool_calls: [null] } },
        ],
      },
      { choices: [{ index: "0", delta: { content: { a: 1 }, tool_calls: [{ index: 9e15, function: 1 }] } }] },
      { choices: [{ delta: { content: "there" } }] },
    );
    expect(reassemble(stream)).toMatchObject({ choices: [{ message: { content: "there" } }, {}] });
  });

  it("tells an error alone", () =>
    expect(reassemble(streamOf({ error: { message: "no" } }))).toEqual({ error: { message: "no" } }));
});
