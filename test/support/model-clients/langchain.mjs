// What a candidate writes with LangChain, with nothing but what the workspace presets. Prints one JSON object.
import { HumanMessage, ToolMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { z } from "zod";

const model = new ChatOpenAI({ model: "chat", maxRetries: 0 });
const weather = tool(async () => "21 degrees", {
  name: "get_weather",
  description: "The weather in a city",
  schema: z.object({ city: z.string() }),
});
const Triage = z.object({ label: z.string(), urgent: z.boolean() });

async function chat() {
  const { content, usage_metadata: usage } = await model.invoke("Hello");
  return { text: content, tokens: usage.total_tokens };
}

async function stream() {
  const texts = [];
  for await (const piece of await model.stream("Hello")) texts.push(piece.content);
  return { text: texts.join(""), pieces: texts.length };
}

async function tools() {
  const armed = model.bindTools([weather]);
  const question = new HumanMessage('get weather of "Lisbon"');
  const asked = await armed.invoke([question]);
  const [call] = asked.tool_calls;
  const told = new ToolMessage({ content: await weather.invoke(call.args), tool_call_id: call.id });
  const { content } = await armed.invoke([question, asked, told]);
  return { name: call.name, arguments: call.args, text: content };
}

async function structured() {
  return model.withStructuredOutput(Triage, { method: "jsonSchema", name: "triage" }).invoke("Hello");
}

async function responses() {
  const other = new ChatOpenAI({ model: "chat", maxRetries: 0, useResponsesApi: true });
  const { text } = await other.invoke("Hello");
  const pieces = [];
  for await (const piece of await other.stream("Hello")) if (piece.text) pieces.push(piece.text);
  return { text, streamed: pieces.join(""), pieces: pieces.length };
}

async function embeddings() {
  const embedder = new OpenAIEmbeddings({ model: "embedding", maxRetries: 0 });
  const vectors = await embedder.embedDocuments(["a late refund", "a lost password"]);
  return { lengths: vectors.map(({ length }) => length), norms: vectors.map((one) => Math.hypot(...one)) };
}

async function abort() {
  const slow = new ChatOpenAI({ model: "slow", maxRetries: 0 });
  const controller = new AbortController();
  let text = "";
  try {
    for await (const piece of await slow.stream("Hello", { signal: controller.signal })) {
      text += piece.content;
      if (text) controller.abort();
    }
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
  return { text };
}

async function refusal(settings) {
  const error = await new ChatOpenAI({ maxRetries: 0, ...settings })
    .invoke("Hello")
    .catch((caught) => caught);
  const { status, code } = error;
  return { class: error.constructor.name, status, code, message: error.error.message };
}

async function errors() {
  const assistant = { configuration: { baseURL: "http://models.internal/assistant/v1" } };
  return {
    bad: await refusal({ model: "chat", maxTokens: 1e6 }),
    rejected: await refusal({ model: "rejecting" }),
    forbidden: await refusal({ model: "helper", ...assistant }),
    missing: await refusal({ model: "nothing" }),
    spent: await refusal({ model: "dear" }),
    locked: await refusal({ model: "locked" }),
  };
}

const results = {};
for (const one of [chat, stream, tools, structured, responses, embeddings, abort, errors])
  results[one.name] = await one();
console.log(JSON.stringify(results));
