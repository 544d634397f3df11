import type { FastifyRequest } from "fastify";
import type { App } from "../context.ts";

const LOGGED_IDS = ["invitationId", "attemptId", "submissionId"];

/**
 * One line for each answer: which route, never which address (addresses of personal links hold tokens), no
 * headers, no bodies; ids of attempts so that one sitting can be followed through the log.
 */
export function registerRequestLog(app: App): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  app.addHook("onResponse", async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        ...idsOf(request),
      },
      "answered",
    );
  });
}

function idsOf(request: FastifyRequest): Record<string, string> {
  const params = (request.params ?? {}) as Record<string, string>;
  const ids: Record<string, string> = {};
  for (const name of LOGGED_IDS) {
    const id = params[name];
    if (id !== undefined && /^[0-9a-f-]{36}$/.test(id)) ids[name] = id;
  }
  const { caller } = request;
  if (caller.kind === "candidate" && caller.attemptId) ids.attemptId = caller.attemptId;
  if (caller.kind === "staff") ids.staffId = caller.id;
  if (caller.kind === "token") ids.tokenId = caller.tokenId;
  return ids;
}
