import { createParser } from "eventsource-parser";
import { type ChatAnswer, joinChatChunks } from "./chat-chunks.ts";
import { type JsonObject, objectOf } from "./json-object.ts";
import { joinResponseEvents, type ResponseAnswer } from "./response-events.ts";

/**
 * What the events of a streamed answer amount to, in the form of an answer that is not streamed; null when they are of no
 * known kind. Events that cannot be read are passed over: an upstream, a cut or a candidate may have made them.
 * @param dropped characters to leave out at the end of what is not finished, of a stream of which only the beginning is
 *   kept: a name could be cut there, and so not be found
 */
export function reassemble(
  stream: string,
  dropped = 0,
): ChatAnswer | ResponseAnswer | { error: unknown } | null {
  const events = readEvents(stream);
  const failed = events.find((event) => "error" in event && objectOf(event.error) !== null);
  if (events.some((event) => Array.isArray(event.choices)))
    return joinChatChunks(events, failed?.error, dropped);
  if (events.some(({ type }) => typeof type === "string" && type.startsWith("response.")))
    return joinResponseEvents(events, dropped);
  return failed ? { error: failed.error } : null;
}

function readEvents(stream: string): JsonObject[] {
  const events: JsonObject[] = [];
  const parser = createParser({
    onEvent({ data }) {
      try {
        const event = objectOf(JSON.parse(data));
        if (event) events.push(event);
      } catch {
        // `[DONE]`, or nothing that can be read.
      }
    },
  });
  parser.feed(stream);
  return events;
}
