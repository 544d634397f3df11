import { z } from "zod";
import { Id } from "../../shared/contracts/common.ts";
import {
  AdminRequestList,
  AnswerRequest,
  EmailPreview,
  EmailSettings,
  EmailTemplate,
  EmailTemplateName,
  PreviewEmailRequest,
  SaveEmailTemplateRequest,
} from "../../shared/contracts/invitation-studio.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf } from "../plugins/access.ts";
import { answerRequest, readRequests } from "./candidate-requests.ts";
import { previewEmail, readEmailSettings, readEmailTemplate, saveEmailTemplate } from "./email-templates.ts";

const reading = { access: admins("admin:read") };
const writing = (audit: `${string}.${string}`) => ({ access: admins("admin:write"), audit });
const RequestFilter = z.object({ state: z.enum(["open", "answered"]).default("open") });

/** What candidates ask for. */
export function registerRequestRoutes(app: App, context: ApiContext): void {
  const { db } = context;
  const tags = ["requests"];

  app.get(
    "/api/admin/requests",
    {
      config: reading,
      schema: {
        tags,
        operationId: "listRequests",
        summary: "What candidates ask for: what waits for an answer, or the latest answered",
        querystring: RequestFilter,
        response: { 200: AdminRequestList },
      },
    },
    (request) => readRequests(db, request.query.state),
  );

  app.post(
    "/api/admin/requests/:requestId/answer",
    {
      config: writing("request.answer"),
      schema: {
        tags,
        operationId: "answerRequest",
        summary: "Grant or decline what a candidate asks for",
        params: z.object({ requestId: Id }),
        body: AnswerRequest,
        response: { 200: AdminRequestList },
      },
    },
    async (request) => {
      await answerRequest(context, request.params.requestId, request.body, auditActorOf(request));
      return readRequests(db, "open");
    },
  );
}

/** What mails say. */
export function registerEmailRoutes(app: App, { db, config }: ApiContext): void {
  const tags = ["email"];
  const params = z.object({ name: EmailTemplateName });

  app.get(
    "/api/admin/email",
    {
      config: reading,
      schema: {
        tags,
        operationId: "readEmailSettings",
        summary: "Whether mail can be sent, and what it says",
        response: { 200: EmailSettings },
      },
    },
    () => readEmailSettings(db, config),
  );

  app.put(
    "/api/admin/email/templates/:name",
    {
      config: writing("email_template.edit"),
      schema: {
        tags,
        operationId: "saveEmailTemplate",
        summary: "Change what a mail says",
        params,
        body: SaveEmailTemplateRequest,
        response: { 200: EmailTemplate },
      },
    },
    async (request) => {
      const { name } = request.params;
      await saveEmailTemplate(db, name, request.body, auditActorOf(request));
      return readEmailTemplate(db, name);
    },
  );

  app.post(
    "/api/admin/email/templates/:name/preview",
    {
      // Shows what was sent in; nothing is stored.
      config: { ...reading, audit: null },
      schema: {
        tags,
        operationId: "previewEmail",
        summary: "How a mail would read, with made-up values",
        params,
        body: PreviewEmailRequest,
        response: { 200: EmailPreview },
      },
    },
    async (request) => previewEmail(request.params.name, request.body),
  );
}
