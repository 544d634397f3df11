import { inPlace, itemAt, type JsonObject, joinPieces, objectOf, placeOf, textOf } from "./json-object.ts";

/** A `response`: as its last event has it, or what of it was streamed. */
export type ResponseAnswer = JsonObject;

interface Item {
  /** As `output_item.added` and `output_item.done` give it. */
  given: JsonObject;
  isDone: boolean;
  /** Streamed texts by their place in it. */
  texts: Map<number, string[]>;
  arguments: string[];
}

const WHOLE = new Set(["response.completed", "response.incomplete", "response.failed"]);

/** Puts the events of `/responses` together. @param dropped as of `reassemble` */
export function joinResponseEvents(events: readonly JsonObject[], dropped: number): ResponseAnswer {
  const last = events.findLast(({ type }) => WHOLE.has(textOf(type)));
  const whole = objectOf(last?.response);
  if (whole) return whole;
  const created = events.map(({ response }) => objectOf(response)).find((response) => response !== null);
  const items = new Map<number, Item>();
  for (const event of events) addEvent(items, event);
  return {
    ...(created ?? { object: "response" }),
    output: inPlace(items).map((item) => presentItem(item, dropped)),
  };
}

function addEvent(items: Map<number, Item>, event: JsonObject): void {
  const type = textOf(event.type);
  if (!("output_index" in event)) return;
  const item = itemAt(items, placeOf(event.output_index), emptyItem);
  if (type === "response.output_item.added" || type === "response.output_item.done") {
    item.given = objectOf(event.item) ?? item.given;
    item.isDone = type.endsWith(".done");
  } else if (type === "response.output_text.delta" || type === "response.refusal.delta")
    itemAt(item.texts, placeOf(event.content_index), (): string[] => []).push(textOf(event.delta));
  else if (type === "response.function_call_arguments.delta") item.arguments.push(textOf(event.delta));
}

const emptyItem = (): Item => ({ given: {}, isDone: false, texts: new Map(), arguments: [] });

function presentItem({ given, isDone, texts, arguments: parts }: Item, dropped: number): JsonObject {
  if (isDone) return given;
  if (parts.length > 0) return { type: "function_call", ...given, arguments: joinPieces(parts, dropped) };
  if (texts.size === 0) return given;
  const content = inPlace(texts).map((pieces) => ({
    type: "output_text",
    text: joinPieces(pieces, dropped),
  }));
  return { type: "message", role: "assistant", ...given, content };
}
