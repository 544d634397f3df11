import { z } from "zod";
import { writeExport } from "../../shared/assessments/export-archive.ts";
import { AssessmentImportView, ImportAssessmentRequest } from "../../shared/contracts/assessment-transfer.ts";
import { Id } from "../../shared/contracts/common.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf } from "../plugins/access.ts";
import { findAssessmentImport } from "../records/assessment-import.ts";
import { planExport, recordExport } from "./export-assessment.ts";
import { requestImport } from "./request-import.ts";

const PATH = "/api/admin/assessments";
const tags = ["assessments"];
const reading = { access: admins("admin:read") };

export function registerTransferRoutes(app: App, context: ApiContext): void {
  registerExport(app, context);
  registerImport(app, context);
}

function registerExport(app: App, context: ApiContext): void {
  app.get(
    `${PATH}/:assessmentId/export`,
    {
      config: reading,
      exposeHeadRoute: false,
      schema: {
        tags,
        operationId: "exportAssessment",
        summary: "Everything an assessment needs, as one file (.tar.zst)",
        description:
          "The version named, else the latest published one, else the draft; with datasets and mock APIs.",
        params: z.object({ assessmentId: Id }),
        querystring: z.object({ versionId: Id.optional() }),
      },
    },
    async (request, reply) => {
      const { assessmentId } = request.params;
      const plan = await planExport(context, assessmentId, request.query.versionId);
      await recordExport(context, assessmentId, plan, auditActorOf(request));
      return reply
        .type("application/zstd")
        .header("content-disposition", `attachment; filename="${plan.manifest.slug}.tar.zst"`)
        .header("cache-control", "private, no-store")
        .send(writeExport(plan, context.blobs));
    },
  );
}

function registerImport(app: App, { db }: ApiContext): void {
  const readImport = async (importId: string) => {
    const found = await findAssessmentImport(db, importId);
    if (!found) throw new PlatformError("assessment_import_not_found");
    return found;
  };

  app.post(
    `${PATH}/import`,
    {
      config: { access: admins("admin:write"), audit: "assessment.import" },
      schema: {
        tags,
        operationId: "importAssessment",
        summary: "Take over an assessment that was exported, here or elsewhere",
        body: ImportAssessmentRequest,
        response: { 202: AssessmentImportView },
      },
    },
    async (request, reply) => {
      const importId = await requestImport(db, request.body.uploadId, auditActorOf(request));
      return reply.code(202).send(await readImport(importId));
    },
  );

  app.get(
    `${PATH}/imports/:importId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "readAssessmentImport",
        summary: "What became of an import",
        params: z.object({ importId: Id }),
        response: { 200: AssessmentImportView },
      },
    },
    (request) => readImport(request.params.importId),
  );
}
