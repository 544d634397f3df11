// What a candidate writes with the AI SDK, with nothing but what the workspace presets. Prints one JSON object.
import { createOpenAI, openai } from "@ai-sdk/openai";
import { embedMany, generateText, isStepCount, Output, streamText, tool } from "ai";
import { z } from "zod";

// `openai("chat")` would be the Responses API.
const model = openai.chat("chat");
const request = { model, prompt: "Hello", maxRetries: 0 };
const weather = tool({
  description: "The weather in a city",
  inputSchema: z.object({ city: z.string() }),
  execute: async () => "21 degrees",
});

async function chat() {
  const { text, usage } = await generateText(request);
  return { text, tokens: usage.totalTokens };
}

async function stream() {
  const texts = [];
  for await (const text of streamText(request).textStream) texts.push(text);
  return { text: texts.join(""), pieces: texts.length };
}

async function tools() {
  const { text, steps } = await generateText({
    ...request,
    prompt: 'get weather of "Lisbon"',
    tools: { get_weather: weather },
    stopWhen: isStepCount(2),
  });
  const [call] = steps[0].toolCalls;
  return { name: call.toolName, arguments: call.input, text };
}

async function structured() {
  const schema = z.object({ label: z.string(), urgent: z.boolean() });
  return (await generateText({ ...request, output: Output.object({ schema, name: "triage" }) })).output;
}

async function responses() {
  const other = { ...request, model: openai("chat") };
  const { text } = await generateText(other);
  const pieces = [];
  for await (const piece of streamText(other).textStream) pieces.push(piece);
  return { text, streamed: pieces.join(""), pieces: pieces.length };
}

async function embeddings() {
  const values = ["a late refund", "a lost password"];
  const { embeddings: vectors } = await embedMany({
    model: openai.embedding("embedding"),
    values,
    maxRetries: 0,
  });
  return { lengths: vectors.map(({ length }) => length), norms: vectors.map((one) => Math.hypot(...one)) };
}

async function abort() {
  const controller = new AbortController();
  const slow = { ...request, model: openai.chat("slow"), abortSignal: controller.signal };
  let text = "";
  for await (const piece of streamText(slow).textStream) {
    text += piece;
    controller.abort();
  }
  return { text };
}

async function refusal(settings) {
  const error = await generateText({ ...request, ...settings }).catch((caught) => caught);
  const { name, statusCode: status, data, message } = error;
  return { class: name, status, code: data.error.code, message };
}

async function errors() {
  const assistant = createOpenAI({ baseURL: "http://models.internal/assistant/v1" });
  return {
    bad: await refusal({ maxOutputTokens: 1e6 }),
    rejected: await refusal({ model: openai.chat("rejecting") }),
    forbidden: await refusal({ model: assistant.chat("helper") }),
    missing: await refusal({ model: openai.chat("nothing") }),
    spent: await refusal({ model: openai.chat("dear") }),
    locked: await refusal({ model: openai.chat("locked") }),
  };
}

const results = {};
for (const one of [chat, stream, tools, structured, responses, embeddings, abort, errors])
  results[one.name] = await one();
console.log(JSON.stringify(results));
