import { expect, it } from "vitest";
import { lastWords } from "./excerpt.ts";

it.each<[string, unknown, string]>([
  [
    "a chat",
    {
      messages: [
        { role: "system", content: "Be kind" },
        { role: "user", content: "Hi" },
      ],
    },
    "Hi",
  ],
  [
    "a chat with parts",
    { messages: [{ content: [{ type: "text", text: "See" }, { type: "image_url" }, { text: "this" }] }] },
    "See this",
  ],
  ["the result of a tool", { messages: [{ role: "tool", content: "12 rows" }] }, "12 rows"],
  ["a response", { input: "Hi" }, "Hi"],
  [
    "a response with items",
    { input: [{ role: "user", content: [{ type: "input_text", text: "Hi" }] }] },
    "Hi",
  ],
  ["a tool's output in a response", { input: [{ type: "function_call_output", output: "12" }] }, "12"],
  ["an embedding of several", { input: ["one", "two"] }, "two"],
  ["an embedding of tokens", { input: [1, 2, 3] }, ""],
  ["nothing", undefined, ""],
  ["anything else", { messages: { content: 1 }, input: 4 }, ""],
])("of %s", (_name, request, words) => expect(lastWords(request)).toBe(words));
