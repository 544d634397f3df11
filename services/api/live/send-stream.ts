import type { FastifyReply } from "fastify";
import type { EventStream } from "./event-stream.ts";

/** Answers with the stream. Proxies are told neither to store nor to buffer it. */
export function sendEventStream(reply: FastifyReply, stream: EventStream) {
  return (
    reply
      .type("text/event-stream; charset=utf-8")
      .header("cache-control", "no-store, no-transform")
      .header("x-accel-buffering", "no")
      // Else the connection would idle after the stream ended, and hold up a shutdown.
      .header("connection", "close")
      .send(stream)
  );
}
