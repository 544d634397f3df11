import {
  AuditCheck,
  AuditExportQuery,
  AuditFacets,
  AuditPage,
  AuditQuery,
} from "../../shared/contracts/audit.ts";
import { recordAudit } from "../../shared/db/audit-log.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf } from "../plugins/access.ts";
import { listAuditFacets } from "../records/audit-event.ts";
import { checkAuditLog, exportAuditLog, readAuditPage } from "./audit.ts";

const tags = ["audit"];
const reading = { access: admins("admin:read") };
const MEDIA_TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson" };

export function registerAuditRoutes(app: App, { db }: ApiContext): void {
  app.get(
    "/api/admin/audit",
    {
      config: reading,
      schema: {
        tags,
        operationId: "listAuditEvents",
        summary: "What staff did, the newest first",
        querystring: AuditQuery,
        response: { 200: AuditPage },
      },
    },
    (request) => readAuditPage(db, request.query),
  );

  app.get(
    "/api/admin/audit/facets",
    {
      config: reading,
      schema: {
        tags,
        operationId: "readAuditFacets",
        summary: "Who and what the log has events of",
        response: { 200: AuditFacets },
      },
    },
    () => listAuditFacets(db),
  );

  app.get(
    "/api/admin/audit/check",
    {
      config: reading,
      schema: {
        tags,
        operationId: "checkAuditLog",
        summary: "Check that no event was changed, removed or put in between",
        response: { 200: AuditCheck },
      },
    },
    () => checkAuditLog(db),
  );

  app.get(
    "/api/admin/audit/export",
    {
      config: reading,
      exposeHeadRoute: false,
      schema: {
        tags,
        operationId: "exportAuditLog",
        summary: "Download the log, the oldest first",
        querystring: AuditExportQuery,
      },
    },
    async (request, reply) => {
      const { format, ...filter } = request.query;
      await db.transaction().execute((transaction) =>
        recordAudit(transaction, auditActorOf(request), {
          action: "audit.export",
          subject: { type: "audit", id: "log", label: "Audit log" },
          after: { format, ...filter },
        }),
      );
      return reply
        .type(MEDIA_TYPES[format])
        .header("content-disposition", `attachment; filename="audit-log.${format}"`)
        .send(exportAuditLog(db, request.query));
    },
  );
}
