// What a candidate writes with openai for Node, with nothing but what the workspace presets. Prints one JSON object.
import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";

const client = new OpenAI({ maxRetries: 0 });
const model = "chat";
const messages = [{ role: "user", content: "Hello" }];
const weather = {
  type: "function",
  function: {
    name: "get_weather",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};
const Triage = z.object({ label: z.string(), urgent: z.boolean() });

async function chat() {
  const { choices, usage } = await client.chat.completions.create({ model, messages });
  return { text: choices[0].message.content, tokens: usage.total_tokens };
}

async function stream() {
  const texts = [];
  for await (const piece of await client.chat.completions.create({ model, messages, stream: true }))
    if (piece.choices[0]) texts.push(piece.choices[0].delta.content ?? "");
  return { text: texts.join(""), pieces: texts.length };
}

async function tools() {
  const conversation = [{ role: "user", content: 'get weather of "Lisbon"' }];
  const ask = () => client.chat.completions.create({ model, messages: conversation, tools: [weather] });
  const asked = (await ask()).choices[0].message;
  const [call] = asked.tool_calls;
  conversation.push(asked, { role: "tool", tool_call_id: call.id, content: "21 degrees" });
  const text = (await ask()).choices[0].message.content;
  return { name: call.function.name, arguments: JSON.parse(call.function.arguments), text };
}

async function structured() {
  const format = zodResponseFormat(Triage, "triage");
  const answer = await client.chat.completions.parse({ model, messages, response_format: format });
  return answer.choices[0].message.parsed;
}

async function responses() {
  const { output_text: text } = await client.responses.create({ model, input: "Hello" });
  const pieces = [];
  for await (const event of await client.responses.create({ model, input: "Hello", stream: true }))
    if (event.type === "response.output_text.delta") pieces.push(event.delta);
  return { text, streamed: pieces.join(""), pieces: pieces.length };
}

async function embeddings() {
  const input = ["a late refund", "a lost password"];
  const { data } = await client.embeddings.create({ model: "embedding", input });
  const vectors = data.map(({ embedding }) => embedding);
  return { lengths: vectors.map(({ length }) => length), norms: vectors.map((one) => Math.hypot(...one)) };
}

async function abort() {
  const pieces = await client.chat.completions.create({ model: "slow", messages, stream: true });
  for await (const piece of pieces)
    if (piece.choices[0]?.delta.content) {
      pieces.controller.abort();
      return { text: piece.choices[0].delta.content };
    }
}

async function refusal(from, request) {
  const error = await from.chat.completions.create({ messages, ...request }).catch((caught) => caught);
  const { status, code } = error;
  return { class: error.constructor.name, status, code, message: error.error.message };
}

async function errors() {
  const assistant = new OpenAI({ baseURL: "http://models.internal/assistant/v1", maxRetries: 0 });
  return {
    bad: await refusal(client, { model, max_tokens: 1e6 }),
    rejected: await refusal(client, { model: "rejecting" }),
    forbidden: await refusal(assistant, { model: "helper" }),
    missing: await refusal(client, { model: "nothing" }),
    spent: await refusal(client, { model: "dear" }),
    locked: await refusal(client, { model: "locked" }),
  };
}

const results = {};
for (const one of [chat, stream, tools, structured, responses, embeddings, abort, errors])
  results[one.name] = await one();
console.log(JSON.stringify(results));
