import type { FastifyReply, FastifyRequest } from "fastify";
import findMyWay from "find-my-way";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { App } from "../context.ts";
import { sendProblem } from "./errors.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];
export const PAGES_ROUTE = "/*";

export type AnswerUnknown = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** 405 with Allow where the address exists with other methods, else 404. Register before any route. */
export function registerUnknownAddress(app: App): AnswerUnknown {
  const known = findMyWay({ maxParamLength: 500 });
  app.addHook("onRoute", (route) => {
    if (route.url === PAGES_ROUTE) return;
    for (const method of [route.method].flat() as Method[]) known.on(method, route.url, () => {});
  });
  const answer: AnswerUnknown = (request, reply) => {
    const path = request.url.split("?", 1)[0]!;
    const allowed = METHODS.filter((method) => matches(() => known.find(method, path)));
    if (allowed.length === 0) return sendProblem(reply, new PlatformError("not_found"), request.id);
    reply.header("allow", allowed.join(", "));
    return sendProblem(reply, new PlatformError("method_not_allowed"), request.id);
  };
  app.setNotFoundHandler(answer);
  return answer;
}

/** An address that cannot be decoded matches nothing. */
function matches(find: () => unknown): boolean {
  try {
    return find() !== null;
  } catch {
    return false;
  }
}
