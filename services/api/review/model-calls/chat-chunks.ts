import {
  inPlace,
  itemAt,
  type JsonObject,
  joinPieces,
  listOf,
  objectOf,
  placeOf,
  textOf,
} from "./json-object.ts";

interface ToolCall {
  id: string;
  type: "function";
  function: { name: string; arguments: string };
}
interface Choice {
  role: string;
  content: string[];
  reasoning: string[];
  refusal: string[];
  toolCalls: Map<number, { id: string; name: string[]; arguments: string[] }>;
  finishReason: unknown;
}
/** A `chat.completion`, with what of it was streamed. */
export interface ChatAnswer {
  object: "chat.completion";
  id?: unknown;
  model?: unknown;
  choices: { index: number; message: object; finish_reason: unknown }[];
  usage?: unknown;
  error?: unknown;
}

/** Puts the chunks of `/chat/completions` together. @param dropped as of `reassemble` */
export function joinChatChunks(chunks: readonly JsonObject[], error: unknown, dropped: number): ChatAnswer {
  const choices = new Map<number, Choice>();
  for (const chunk of chunks)
    for (const one of listOf(chunk.choices)) {
      const choice = objectOf(one);
      if (choice) addDelta(itemAt(choices, placeOf(choice.index), emptyChoice), choice);
    }
  const first = chunks.find(({ model }) => typeof model === "string");
  const usage = chunks.findLast((chunk) => objectOf(chunk.usage))?.usage;
  return {
    object: "chat.completion",
    ...(first ? { id: first.id, model: first.model } : {}),
    choices: [...choices.keys()]
      .toSorted((a, b) => a - b)
      .map((index) => ({ index, ...presentChoice(choices.get(index)!, dropped) })),
    ...(usage === undefined ? {} : { usage }),
    ...(error === undefined ? {} : { error }),
  };
}

const emptyChoice = (): Choice => ({
  role: "assistant",
  content: [],
  reasoning: [],
  refusal: [],
  toolCalls: new Map(),
  finishReason: null,
});

function addDelta(choice: Choice, chunk: JsonObject): void {
  const delta = objectOf(chunk.delta) ?? {};
  if (typeof delta.role === "string") choice.role = delta.role;
  choice.content.push(textOf(delta.content));
  choice.reasoning.push(textOf(delta.reasoning_content ?? delta.reasoning));
  choice.refusal.push(textOf(delta.refusal));
  if (typeof chunk.finish_reason === "string") choice.finishReason = chunk.finish_reason;
  for (const one of listOf(delta.tool_calls)) {
    const part = objectOf(one);
    if (!part) continue;
    const call = itemAt(choice.toolCalls, placeOf(part.index), () => ({ id: "", name: [], arguments: [] }));
    const called = objectOf(part.function) ?? {};
    if (typeof part.id === "string") call.id = part.id;
    call.name.push(textOf(called.name));
    call.arguments.push(textOf(called.arguments));
  }
}

function presentChoice(choice: Choice, dropped: number) {
  const join = (pieces: readonly string[]) => joinPieces(pieces, choice.finishReason === null ? dropped : 0);
  const toolCalls: ToolCall[] = inPlace(choice.toolCalls).map((call) => ({
    id: call.id,
    type: "function",
    function: { name: call.name.join(""), arguments: join(call.arguments) },
  }));
  const reasoning = join(choice.reasoning);
  const refusal = join(choice.refusal);
  return {
    message: {
      role: choice.role,
      content: join(choice.content),
      ...(reasoning ? { reasoning_content: reasoning } : {}),
      ...(refusal ? { refusal } : {}),
      ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
    },
    finish_reason: choice.finishReason,
  };
}
