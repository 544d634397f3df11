import { expect, it } from "vitest";
import { exampleOf } from "./examples.ts";

const chat = { alias: 'a"b', kind: "chat" as const, mock: false };
const embedding = { alias: "e", kind: "embedding" as const, mock: false };

it("asks the first model to chat with, by its name in quotes that fit", () => {
  expect(exampleOf("python", [embedding, chat])).toContain('model="a\\"b", messages=');
  expect(exampleOf("node", [embedding, chat])).toContain('model: "a\\"b", messages:');
});

it("embeds where there is nothing to chat with", () => {
  expect(exampleOf("python", [embedding])).toContain('embeddings.create(model="e"');
  expect(exampleOf("node", [embedding])).toContain("/embeddings`");
});

it("is nothing without models", () => expect(exampleOf("python", [])).toBeNull());

it.each([chat, embedding])("is a program that Node runs, for $kind", async (model) => {
  const sent: { url: string; init: RequestInit }[] = [];
  const answers = { choices: [{ message: { content: "Hi" } }], data: [{ embedding: [1, 2] }] };
  const printed: unknown[] = [];
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const run = new AsyncFunction("process", "fetch", "console", exampleOf("node", [model])!);
  await run(
    { env: { OPENAI_BASE_URL: "http://models.internal/v1", OPENAI_API_KEY: "k" } },
    (url: string, init: RequestInit) => {
      sent.push({ url, init });
      return { json: async () => answers };
    },
    { log: (value: unknown) => printed.push(value) },
  );
  expect(sent[0]!.url).toMatch(/^http:\/\/models\.internal\/v1\/(chat\/completions|embeddings)$/);
  expect(JSON.parse(String(sent[0]!.init.body))).toMatchObject({ model: model.alias });
  expect(printed).toEqual([model.kind === "chat" ? "Hi" : 2]);
});
