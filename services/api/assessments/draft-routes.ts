import { z } from "zod";
import { Id } from "../../shared/contracts/common.ts";
import {
  DraftRevisionRequest,
  DraftView,
  PublishAssessmentRequest,
  PublishAssessmentResponse,
  SaveDraftRequest,
  TrialView,
} from "../../shared/contracts/composer.ts";
import { databaseNow } from "../../shared/db/database.ts";
import { admins } from "../access/policy.ts";
import { linkOf } from "../admin/board.ts";
import type { ApiContext, App } from "../context.ts";
import { sendEventStream } from "../live/send-stream.ts";
import { auditActorOf, staffIdOf } from "../plugins/access.ts";
import { requestCheck, saveDraft } from "./edit-draft.ts";
import { presentTrial } from "./present.ts";
import { publishDraft } from "./publish-draft.ts";
import { readDraft, requireAssessment } from "./read-assessment.ts";
import { startTrial } from "./start-trial.ts";

const PATH = "/api/admin/assessments/:assessmentId/draft";
/** A brief, a rubric and some files: more than other bodies hold. */
const LONGEST_DRAFT_BYTES = 8 * 1024 * 1024;
const tags = ["assessments"];
const params = z.object({ assessmentId: Id });
const access = admins("admin:write");

export function registerDraftRoutes(app: App, context: ApiContext): void {
  registerEditing(app, context);
  registerFollowing(app, context);
  registerChecking(app, context);
  registerPublishing(app, context);
}

function registerEditing(app: App, context: ApiContext): void {
  app.get(
    PATH,
    {
      config: { access: admins("admin:read") },
      schema: {
        tags,
        operationId: "readAssessmentDraft",
        summary: "The draft",
        params,
        response: { 200: DraftView },
      },
    },
    (request) => readDraft(context, request.params.assessmentId),
  );

  app.put(
    PATH,
    {
      // Saved with every pause in typing; what counts for the record is what is checked, tried and published.
      config: { access, audit: null },
      bodyLimit: LONGEST_DRAFT_BYTES,
      schema: {
        tags,
        operationId: "saveAssessmentDraft",
        summary: "Save the draft, on top of the revision that was edited",
        params,
        body: SaveDraftRequest,
        response: { 200: DraftView },
      },
    },
    async (request) => {
      const { assessmentId } = request.params;
      await saveDraft(context.db, assessmentId, request.body, staffIdOf(request));
      return readDraft(context, assessmentId);
    },
  );
}

function registerFollowing(app: App, context: ApiContext): void {
  app.get(
    `${PATH}/events`,
    {
      config: { access: admins("admin:read") },
      exposeHeadRoute: false,
      schema: {
        tags,
        operationId: "followAssessmentDraft",
        summary: "The draft, its uploads and its check, live: `draft` events",
        params,
      },
    },
    async (request, reply) => {
      const { assessmentId } = request.params;
      await requireAssessment(context.db, assessmentId);
      const stream = context.studio.stream({
        key: `assessment_draft ${assessmentId}`,
        event: "draft",
        // Which uploads are the draft's changes with the draft; they change seldom, so all are watched.
        watches: (table, id) =>
          table === "assessment_draft" ? id === assessmentId : table === "starter_import",
        load: async () => ({
          now: (await databaseNow(context.db)).toISOString(),
          ...(await readDraft(context, assessmentId)),
        }),
      });
      return sendEventStream(reply, stream);
    },
  );
}

function registerChecking(app: App, context: ApiContext): void {
  app.post(
    `${PATH}/check`,
    {
      config: { access, audit: "assessment.check" },
      schema: {
        tags,
        operationId: "checkAssessmentDraft",
        summary: "Check the draft: all that it needs, and a workspace that really starts",
        params,
        body: DraftRevisionRequest,
        response: { 202: DraftView },
      },
    },
    async (request, reply) => {
      const { assessmentId } = request.params;
      await requestCheck(context.db, assessmentId, request.body.revision, auditActorOf(request));
      return reply.code(202).send(await readDraft(context, assessmentId));
    },
  );

  app.post(
    `${PATH}/trial`,
    {
      config: { access, audit: "assessment.try" },
      schema: {
        tags,
        operationId: "tryAssessmentDraft",
        summary: "Try the draft as a candidate: a personal link that is good for a day",
        params,
        body: DraftRevisionRequest,
        response: { 201: TrialView },
      },
    },
    async (request, reply) => {
      const { assessmentId } = request.params;
      const trial = await startTrial(context, assessmentId, request.body.revision, auditActorOf(request));
      const link = linkOf(context, trial.invitationId, trial.linkGeneration);
      return reply.code(201).send(presentTrial(trial, link));
    },
  );
}

function registerPublishing(app: App, context: ApiContext): void {
  app.post(
    `${PATH}/publish`,
    {
      config: { access, audit: "assessment.publish" },
      schema: {
        tags,
        operationId: "publishAssessmentDraft",
        summary: "Publish the draft that passed its check, as a version that never changes",
        params,
        body: PublishAssessmentRequest,
        response: { 201: PublishAssessmentResponse },
      },
    },
    async (request, reply) => {
      const { assessmentId } = request.params;
      return reply
        .code(201)
        .send(await publishDraft(context.db, assessmentId, request.body, auditActorOf(request)));
    },
  );
}
