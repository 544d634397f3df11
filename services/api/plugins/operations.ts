import { Gauge, Histogram, type Registry } from "prom-client";
import { z } from "zod";
import { checkReadiness, type ReadinessChecks } from "../../shared/observability/health-server.ts";
import { PUBLIC } from "../access/policy.ts";
import type { App } from "../context.ts";

const tags = ["operations"];
const Readiness = z.object({
  ready: z.boolean(),
  checks: z.record(z.string(), z.enum(["ok", "failing"])),
});

/** For load balancers: does the process live, do its parts work. */
export function registerHealthRoutes(app: App, checks: ReadinessChecks): void {
  app.get(
    "/healthz",
    {
      config: { access: PUBLIC },
      schema: {
        tags,
        operationId: "readLiveness",
        summary: "The process lives",
        response: { 200: z.object({ status: z.literal("ok") }) },
      },
    },
    async () => ({ status: "ok" as const }),
  );
  app.get(
    "/readyz",
    {
      config: { access: PUBLIC },
      schema: {
        tags,
        operationId: "readReadiness",
        summary: "Its parts work",
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const readiness = await checkReadiness(checks);
      return reply.code(readiness.ready ? 200 : 503).send(readiness);
    },
  );
}

/** Register before any route: durations by route, never by address. */
export function registerMetrics(app: App, registry: Registry, live: readonly { size: number }[]): void {
  const durations = new Histogram({
    name: "worksample_http_request_duration_seconds",
    help: "Time to answer, without event streams",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  new Gauge({
    name: "worksample_live_streams",
    help: "Open event streams",
    registers: [registry],
    collect() {
      this.set(live.reduce((sum, { size }) => sum + size, 0));
    },
  });
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    if (route.endsWith("/events")) return;
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  app.get(
    "/metrics",
    {
      config: { access: { kind: "operator", scope: "metrics:read" } },
      schema: {
        tags,
        operationId: "readMetrics",
        summary: "Prometheus metrics; from this machine, or with a token",
      },
    },
    async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  );
}
