import { TraceRequest, TraceResponse } from "../../shared/contracts/canary-trace.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf } from "../plugins/access.ts";
import { traceCanary } from "./trace-canary.ts";

export function registerTraceRoutes(app: App, context: ApiContext): void {
  app.post(
    "/api/admin/datasets/trace",
    {
      config: { access: admins("admin:write"), audit: "dataset.trace" },
      schema: {
        tags: ["datasets"],
        operationId: "traceCanary",
        summary: "Find out whose copy of a dataset a file is, by its canary rows",
        body: TraceRequest,
        response: { 200: TraceResponse },
      },
    },
    (request) => traceCanary(context, request.body, auditActorOf(request)),
  );
}
