import { z } from "zod";
import { Id } from "../../../shared/contracts/common.ts";
import { ModelCallPage, ModelCallQuery, ModelCallView } from "../../../shared/contracts/models.ts";
import { InstalledPackages } from "../../../shared/contracts/packages.ts";
import { REVIEWERS } from "../../access/policy.ts";
import type { ApiContext, App } from "../../context.ts";
import { redactorOf } from "../../records/blind-identity.ts";
import { listInstalledPackages } from "../../records/installed-package.ts";
import { requireSubmissionRow } from "../submission-view.ts";
import { readModelCall, readModelCalls } from "./read-calls.ts";

const BASE = "/api/review/submissions/:submissionId";
const params = z.object({ submissionId: Id });
const tags = ["review"];
const config = { access: REVIEWERS };
const LISTED_PACKAGES = 1000;

/** What a submission's programs asked of models, and what was installed for them: blind. */
export function registerCallRoutes(app: App, context: ApiContext): void {
  const { db } = context;

  app.get(
    `${BASE}/model-calls`,
    {
      config,
      schema: {
        tags,
        operationId: "listModelCalls",
        summary: "Calls to language models, oldest first",
        params,
        querystring: ModelCallQuery,
        response: { 200: ModelCallPage },
      },
    },
    (request) => readModelCalls(context, request.params.submissionId, request.query),
  );

  app.get(
    `${BASE}/model-calls/:callId`,
    {
      config,
      schema: {
        tags,
        operationId: "readModelCall",
        summary: "One call, with what was said",
        params: params.extend({ callId: Id }),
        response: { 200: ModelCallView },
      },
    },
    (request) => readModelCall(context, request.params.submissionId, request.params.callId),
  );

  app.get(
    `${BASE}/packages`,
    {
      config,
      schema: {
        tags,
        operationId: "listInstalledPackages",
        summary: "Packages that were installed",
        params,
        response: { 200: InstalledPackages },
      },
    },
    async (request) => {
      const { id } = await requireSubmissionRow(db, request.params.submissionId);
      const redact = await redactorOf(db, id);
      const packages = await listInstalledPackages(db, id, LISTED_PACKAGES + 1);
      const items = packages
        .slice(0, LISTED_PACKAGES)
        .map((one) => ({ ...one, name: redact(one.name).text, version: redact(one.version).text }));
      return { items, truncated: packages.length > LISTED_PACKAGES };
    },
  );
}
