import type { IncomingMessage, ServerResponse } from "node:http";
import type { Registry } from "prom-client";
import { createHealthServer, type ReadinessChecks } from "../shared/observability/health-server.ts";

const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/**
 * Health and metrics on the port of the ingress, under any name that is no sandbox's. Metrics only for callers on
 * this machine that no proxy stands for.
 */
export function createHealthHandler(registry: Registry, checks: ReadinessChecks) {
  const server = createHealthServer(registry, checks);
  return (request: IncomingMessage, response: ServerResponse): void => {
    const isLocal =
      LOOPBACK.has(request.socket.remoteAddress ?? "") &&
      request.headers.forwarded === undefined &&
      request.headers["x-forwarded-for"] === undefined;
    if (request.url === "/metrics" && !isLocal) response.writeHead(404).end();
    else server.emit("request", request, response);
  };
}
