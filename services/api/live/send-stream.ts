import type { FastifyReply } from "fastify";
import type { EventStream } from "./event-stream.ts";

/** Answers with the stream. Proxies are told neither to store nor to buffer it. */
export function sendEventStream(reply: FastifyReply, stream: EventStream) {
  return reply
    .type("text/event-stream; charset=utf-8")
    .header("cache-control", "no-store, no-transform")
    .header("x-accel-buffering", "no")
    .send(stream);
}
