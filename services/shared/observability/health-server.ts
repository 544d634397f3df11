import { createServer, type Server } from "node:http";
import type { Registry } from "prom-client";

/** Name of a part -> resolves when it works, rejects when it does not. */
export type ReadinessChecks = Record<string, () => Promise<unknown>>;

export interface Readiness {
  ready: boolean;
  checks: Record<string, "ok" | "failing">;
}

/** Runs all checks, each with at most `timeoutMs`. */
export async function checkReadiness(checks: ReadinessChecks, timeoutMs = 3000): Promise<Readiness> {
  const entries = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const timeout = Promise.withResolvers<never>();
      const timer = setTimeout(() => timeout.reject(new Error("timed out")), timeoutMs);
      const ok = await Promise.race([check(), timeout.promise]).then(
        () => true,
        () => false,
      );
      clearTimeout(timer);
      return [name, ok ? "ok" : "failing"] as const;
    }),
  );
  return { ready: entries.every(([, state]) => state === "ok"), checks: Object.fromEntries(entries) };
}

/** Serves `/healthz` (the process lives), `/readyz` (its parts work) and `/metrics` (Prometheus text). */
export function createHealthServer(registry: Registry, checks: ReadinessChecks): Server {
  return createServer((request, response) => {
    const respond = (status: number, type: string, body: string) =>
      response.writeHead(status, { "content-type": type }).end(body);
    const handle = async () => {
      if (request.method !== "GET" && request.method !== "HEAD")
        return respond(405, "text/plain", "method not allowed\n");
      switch (request.url) {
        case "/healthz":
          return respond(200, "application/json", '{"status":"ok"}\n');
        case "/readyz": {
          const readiness = await checkReadiness(checks);
          return respond(readiness.ready ? 200 : 503, "application/json", `${JSON.stringify(readiness)}\n`);
        }
        case "/metrics":
          return respond(200, registry.contentType, await registry.metrics());
        default:
          return respond(404, "text/plain", "not found\n");
      }
    };
    handle().catch(() => response.destroy());
  });
}
