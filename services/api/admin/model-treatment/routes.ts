import { z } from "zod";
import { Id } from "../../../shared/contracts/common.ts";
import {
  CreditOutageRequest,
  CreditOutageResponse,
  ModelTreatmentReport,
} from "../../../shared/contracts/models.ts";
import { admins } from "../../access/policy.ts";
import type { ApiContext, App } from "../../context.ts";
import { auditActorOf } from "../../plugins/access.ts";
import { creditOutage } from "./credit-outage.ts";
import { readTreatment } from "./report.ts";

/** Whether the models treated all candidates alike, and what to do when they did not. */
export function registerTreatmentRoutes(app: App, { db }: ApiContext): void {
  app.get(
    "/api/admin/assessments/:assessmentId/versions/:versionId/model-treatment",
    {
      config: { access: admins("admin:read") },
      schema: {
        tags: ["assessments"],
        operationId: "readModelTreatment",
        summary: "What each candidate met of the language models",
        params: z.object({ assessmentId: Id, versionId: Id }),
        response: { 200: ModelTreatmentReport },
      },
    },
    (request) => readTreatment(db, request.params.assessmentId, request.params.versionId),
  );

  app.post(
    "/api/admin/attempts/:attemptId/model-outages/credit",
    {
      config: { access: admins("admin:write"), audit: "attempt.credit_outage" },
      schema: {
        tags: ["attempts"],
        operationId: "creditOutage",
        summary: "Give the time of an outage of the models back",
        params: z.object({ attemptId: Id }),
        body: CreditOutageRequest,
        response: { 200: CreditOutageResponse },
      },
    },
    async (request) => {
      const { attemptId } = request.params;
      const from = new Date(request.body.from);
      const { deadlineAt, givenSec } = await creditOutage(db, attemptId, from, auditActorOf(request));
      return { deadlineAt: deadlineAt.toISOString(), givenSec };
    },
  );
}
