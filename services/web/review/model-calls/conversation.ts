/**
 * What was said in a call, out of the JSON of any program and any upstream: `/chat/completions`, `/responses` and
 * `/embeddings`. What is of no known form is kept as the JSON it is; nothing is left out without a word.
 */
export interface Part {
  kind: "text" | "reasoning" | "refusal" | "call" | "result" | "other";
  /** Of the tool that is called. */
  name?: string;
  text: string;
}
export interface Message {
  role: string;
  parts: Part[];
}
export interface Conversation {
  asked: Message[];
  answered: Message[];
  /** Names of the tools that were offered. */
  tools: string[];
  /** What the answer says went wrong. */
  error: string | null;
}

type Json = Record<string, unknown>;

/** Null when neither is JSON, so that only the texts themselves can be shown. */
export function conversationOf(request: string | null, response: string | null): Conversation | null {
  const asked = parse(request);
  const answered = parse(response);
  if (!asked && !answered) return null;
  return {
    asked: asked ? askedIn(asked) : [],
    answered: answered ? answeredIn(answered) : [],
    tools: asked ? toolsIn(asked) : [],
    error: answered ? errorIn(answered) : null,
  };
}

function askedIn(request: Json): Message[] {
  const { instructions, messages, input } = request;
  const first = typeof instructions === "string" ? [textMessage("system", instructions)] : [];
  if (typeof input === "string") return [...first, textMessage("user", input)];
  return [...first, ...listOf(messages ?? input).map((one) => messageOf(one, "user"))];
}

function answeredIn(response: Json): Message[] {
  const { choices, output, data } = response;
  if (Array.isArray(choices))
    return choices.map((one) => messageOf(objectOf(one)?.message ?? one, "assistant"));
  if (Array.isArray(output)) return output.map((one) => messageOf(one, "assistant"));
  return Array.isArray(data) ? [embeddingsMessage(data)] : [];
}

function embeddingsMessage(data: readonly unknown[]): Message {
  const { embedding } = objectOf(data[0]) ?? {};
  const size = Array.isArray(embedding) ? ` of ${embedding.length} numbers` : "";
  return { role: "model", parts: [{ kind: "other", text: `${data.length} embeddings${size}` }] };
}

function messageOf(value: unknown, role: string): Message {
  if (typeof value === "string") return textMessage(role, value);
  const message = objectOf(value);
  if (!message) return { role, parts: [other(value)] };
  const parts = [
    ...typedParts(message),
    ...textPart("reasoning", message.reasoning_content),
    ...contentParts(message.content, message.role === "tool" ? "result" : "text"),
    ...textPart("refusal", message.refusal),
    ...listOf(message.tool_calls).map(toolCallOf),
  ];
  const known = typeof message.role === "string" ? message.role : roleOfType(message.type, role);
  const isEmpty = parts.length === 0 && !("content" in message);
  return { role: known, parts: isEmpty ? [other(message)] : parts };
}

/** Items of `/responses` that are not messages. */
function typedParts(item: Json): Part[] {
  if (item.type === "function_call")
    return [{ kind: "call", name: textOf(item.name), text: textOf(item.arguments) }];
  if (item.type === "function_call_output")
    return typeof item.output === "string"
      ? [{ kind: "result", text: item.output }]
      : contentParts(item.output, "result");
  return item.type === "reasoning" ? contentParts(item.summary, "reasoning") : [];
}

function roleOfType(type: unknown, role: string): string {
  if (type === "function_call_output") return "tool";
  return type === "function_call" || type === "reasoning" ? "assistant" : role;
}

function contentParts(content: unknown, kind: Part["kind"]): Part[] {
  if (typeof content === "string") return textPart(kind, content);
  return listOf(content).map((one): Part => {
    if (typeof one === "string") return { kind, text: one };
    const part = objectOf(one) ?? {};
    if (typeof part.text === "string") return { kind, text: part.text };
    if (typeof part.refusal === "string") return { kind: "refusal", text: part.refusal };
    return other(one);
  });
}

function toolCallOf(value: unknown): Part {
  const call = objectOf(objectOf(value)?.function);
  return call ? { kind: "call", name: textOf(call.name), text: textOf(call.arguments) } : other(value);
}

function toolsIn({ tools }: Json): string[] {
  return listOf(tools).map((one) => {
    const tool = objectOf(one) ?? {};
    return textOf(objectOf(tool.function)?.name) || textOf(tool.name) || textOf(tool.type) || "unnamed";
  });
}

/** Of OpenAI's form or of a problem document. */
function errorIn({ error, code, title, detail }: Json): string | null {
  if (typeof error === "string") return error;
  const given = objectOf(error);
  if (given) return textOf(given.message) || JSON.stringify(given);
  if (typeof code !== "string" || typeof title !== "string") return null;
  return [title, textOf(detail)].filter(Boolean).join(". ");
}

const textMessage = (role: string, text: string): Message => ({ role, parts: [{ kind: "text", text }] });
const textPart = (kind: Part["kind"], text: unknown): Part[] =>
  typeof text === "string" && text !== "" ? [{ kind, text }] : [];
const other = (value: unknown): Part => ({ kind: "other", text: JSON.stringify(value, null, 2) ?? "" });
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const objectOf = (value: unknown): Json | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : null;

function parse(text: string | null): Json | null {
  try {
    return text === null ? null : objectOf(JSON.parse(text));
  } catch {
    return null;
  }
}
