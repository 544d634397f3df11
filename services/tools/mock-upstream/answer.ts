import type { ChatCompletionRequest, FixtureResponse, ToolCall } from "@copilotkit/aimock";
import { isObject, type JsonObject } from "../../shared/mock-api/compile/document.ts";
import { makeUp } from "./make-up.ts";

const QUOTED_LENGTH = 200;
const CHARACTERS_PER_TOKEN = 4;

/**
 * What the mock says to a conversation; the same for the same one. It calls a tool that the last message of the user
 * names, or that `tool_choice` asks for, keeps to the schema of `response_format`, and otherwise says in plain words
 * that its answer is made up.
 */
export function answer(request: ChatCompletionRequest): FixtureResponse {
  try {
    return respond(request);
  } catch (error) {
    // A schema that is none, or a message that is no object.
    const message = `The mock model could not make an answer up: ${(error as Error).message}.`;
    return { error: { message, type: "invalid_request_error" }, status: 400 };
  }
}

function respond(request: ChatCompletionRequest): FixtureResponse {
  const last = request.messages.at(-1);
  const said = textOf(last?.content);
  const call = last?.role === "tool" ? null : chooseCall(request, lastWordsOfUser(request));
  if (call) return { toolCalls: [call], finishReason: "tool_calls" };
  const structured = structuredAnswer(request, said);
  if (structured !== null) return { content: structured };
  return shorten(request, `${greeting(request.model)} ${reaction(request, said)}`);
}

function greeting(model: string): string {
  return `This is a made-up answer of the mock model “${model}”: no language model is connected.`;
}

function reaction(request: ChatCompletionRequest, said: string): string {
  const quoted = said.length > QUOTED_LENGTH ? `${said.slice(0, QUOTED_LENGTH)}…` : said;
  if (request.messages.at(-1)?.role === "tool") return `The tool returned: ${quoted}`;
  const names = toolsOf(request).map(({ name }) => name);
  const offer =
    names.length === 0 ? "" : ` Name one of its tools to see it called: ${names.slice(0, 10).join(", ")}.`;
  return `You wrote: ${quoted}${offer}`;
}

/** As a model that reaches the limit does. */
function shorten(request: ChatCompletionRequest, content: string): FixtureResponse {
  const limit = Number(request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY);
  const characters = limit * CHARACTERS_PER_TOKEN;
  if (!(characters < content.length)) return { content };
  return { content: content.slice(0, Math.max(1, characters)), finishReason: "length" };
}

function structuredAnswer(request: ChatCompletionRequest, said: string): string | null {
  const format = request.response_format;
  if (format?.type === "json_object") return JSON.stringify({ answer: greeting(request.model) });
  if (format?.type !== "json_schema" || !isObject(format.json_schema)) return null;
  const { schema } = format.json_schema;
  return JSON.stringify(makeUp(isObject(schema) ? schema : {}, said));
}

interface Tool {
  name: string;
  parameters: JsonObject;
}

function toolsOf(request: ChatCompletionRequest): Tool[] {
  return (request.tools ?? []).flatMap((tool) => {
    const { name, parameters } = tool.function ?? {};
    return typeof name === "string" ? [{ name, parameters: isObject(parameters) ? parameters : {} }] : [];
  });
}

function chooseCall(request: ChatCompletionRequest, said: string): ToolCall | null {
  const tools = toolsOf(request);
  const chosen = askedFor(request.tool_choice, tools) ?? named(tools, said);
  if (!chosen || request.tool_choice === "none") return null;
  const made = makeUp(chosen.parameters, said);
  return { name: chosen.name, arguments: JSON.stringify(isObject(made) ? made : {}) };
}

function askedFor(choice: unknown, tools: Tool[]): Tool | undefined {
  if (choice === "required") return tools[0];
  if (!isObject(choice)) return undefined;
  const name = isObject(choice.function) ? choice.function.name : choice.name;
  return tools.find((tool) => tool.name === name);
}

/** `search_tickets` is named by “search_tickets” and by “search tickets”. */
function named(tools: Tool[], said: string): Tool | undefined {
  const words = ` ${wordsOf(said).join(" ")} `;
  return tools.find(({ name }) => words.includes(` ${wordsOf(name).join(" ")} `));
}

function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function lastWordsOfUser(request: ChatCompletionRequest): string {
  return textOf(request.messages.findLast(({ role }) => role === "user")?.content);
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => (isObject(part) && typeof part.text === "string" ? part.text : "")).join("");
}
