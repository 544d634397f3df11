import { PlatformError } from "../../shared/contracts/problem.ts";
import type { App } from "../context.ts";
import { sendProblem } from "./errors.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Its body may take as long as it takes; the route itself watches that something arrives. */
    slowBody?: boolean;
  }
}

const BODY_TIMEOUT_MS = 30_000;

/**
 * Hangs up on whoever sends a body too slowly. Node's own limit holds for a whole server, and an upload of 2 GiB
 * needs longer than anybody else may take. Register before any hook that waits.
 */
export function registerRequestTimeout(app: App, timeoutMs = BODY_TIMEOUT_MS): void {
  app.addHook("onRequest", (request, reply, done) => {
    const { raw } = request;
    if (request.routeOptions.config?.slowBody || raw.complete || !hasBody(request.headers)) return done();
    const timer = setTimeout(() => {
      if (raw.complete) return;
      if (!reply.sent) {
        reply.header("connection", "close");
        sendProblem(reply, new PlatformError("request_too_slow"), request.id);
      }
      reply.raw.once("close", () => raw.destroy());
      setTimeout(() => raw.destroy(), 1000).unref();
    }, timeoutMs);
    raw.once("end", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
    done();
  });
}

function hasBody(headers: Record<string, unknown>): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
