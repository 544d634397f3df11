import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface RecordedResponse {
  /** Of the replayed call. */
  id: string;
  stream: boolean;
  text: string;
}

/** Sends a recorded answer; a stream event by event, as fast as the program takes it. */
export async function sendRecorded(
  response: ServerResponse,
  { id, stream, text }: RecordedResponse,
): Promise<void> {
  const headers = { "cache-control": "no-store", "x-request-id": id, "x-worksample-replayed": "true" };
  if (!stream) {
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
      ...headers,
    });
    response.end(text);
    return;
  }
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "x-accel-buffering": "no",
    ...headers,
  });
  await pipeline(Readable.from(text.split(/(?<=\n\n)/)), response).catch((error: unknown) => {
    // The program went away; that ends its stream and is nobody's fault.
    if (!response.destroyed) throw error;
  });
}
