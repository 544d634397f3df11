import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { createParser, type EventSourceMessage } from "eventsource-parser";
import { StreamFault, type StreamMeter } from "../meter/stream-meter.ts";
import { ModelError } from "../model-error.ts";
import type { AnswerStream } from "../upstream/ask-targets.ts";

export interface PassedStream {
  /** What the program got, as it got it. */
  onText(text: string): void;
  /** The first piece of text came. */
  onFirstPiece(): void;
  maxChars: number;
}

/**
 * Sends a stream on, event by event, as fast as the program takes it. Events are written anew from what they say, so
 * that nothing but the protocol comes through.
 * @throws StreamFault, ModelError upstream_cut, or the error of the connection, when the stream does not come to its end
 */
export async function passOnStream(
  body: AnswerStream,
  response: ServerResponse,
  meter: StreamMeter,
  { onText, onFirstPiece, maxChars }: PassedStream,
): Promise<void> {
  let outgoing = "";
  let fault: unknown;
  let total = 0;
  let begun = false;
  const parser = createParser({
    onEvent(event) {
      // What came before a fault still gets through, and nothing after it.
      if (fault !== undefined) return;
      try {
        if (meter.take(event.data)) outgoing += textOf(event);
      } catch (error) {
        fault = error;
      }
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const text = decoder.decode(chunk, { stream: true });
    total += text.length;
    if (total > maxChars) throw new StreamFault("the upstream's stream does not end");
    parser.feed(text);
    if (!begun && meter.delivered.pieces > 0) {
      begun = true;
      onFirstPiece();
    }
    if (outgoing !== "") {
      const sent = outgoing;
      outgoing = "";
      onText(sent);
      if (!response.write(sent) && !response.destroyed) await drained(response);
    }
    if (fault !== undefined) throw fault;
    if (response.destroyed) return;
  }
  if (!meter.complete) throw new ModelError("upstream_cut", "The model's provider ended its answer early.");
}

function textOf({ event, data }: EventSourceMessage): string {
  const lines = data.includes("\n") ? data.split("\n").join("\ndata: ") : data;
  return event === undefined ? `data: ${lines}\n\n` : `event: ${event}\ndata: ${lines}\n\n`;
}

/** The program takes more again, or has gone away. */
async function drained(response: ServerResponse): Promise<void> {
  const waiting = new AbortController();
  const { signal } = waiting;
  await Promise.race([once(response, "drain", { signal }), once(response, "close", { signal })]).catch(
    () => {},
  );
  waiting.abort();
}
