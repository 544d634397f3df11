import { z } from "zod";
import { readPracticeFiles } from "../../shared/assessments/practice-files.ts";
import { DEFAULT_IMAGE, imageNames } from "../../shared/config/config.ts";
import { Id } from "../../shared/contracts/common.ts";
import {
  AssessmentDetail,
  AssessmentList,
  AssessmentListQuery,
  AssessmentVersionView,
  CloneAssessmentRequest,
  ComposerOptions,
  CreateAssessmentRequest,
} from "../../shared/contracts/composer.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf } from "../plugins/access.ts";
import { countAssessments, listAssessments } from "../records/assessment.ts";
import { archiveAssessment, cloneAssessment, createAssessment } from "./create-assessment.ts";
import { presentListItem } from "./present.ts";
import { readAssessment, readVersion } from "./read-assessment.ts";
import { TEMPLATES } from "./templates/templates.ts";

const PATH = "/api/admin/assessments";
const tags = ["assessments"];
const params = z.object({ assessmentId: Id });
const reading = { access: admins("admin:read") };
const writing = (audit: `${string}.${string}`) => ({ access: admins("admin:write"), audit });

export function registerAssessmentRoutes(app: App, context: ApiContext): void {
  registerReading(app, context);
  registerMaking(app, context);
  registerArchiving(app, context);
}

function registerReading(app: App, context: ApiContext): void {
  const { db } = context;

  app.get(
    PATH,
    {
      config: reading,
      schema: {
        tags,
        operationId: "listAssessments",
        summary: "Assessments, most recently changed first",
        querystring: AssessmentListQuery,
        response: { 200: AssessmentList },
      },
    },
    async ({ query }) => ({
      items: (await listAssessments(db, query)).map(presentListItem),
      counts: await countAssessments(db),
    }),
  );

  app.get(
    `${PATH}/options`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "readComposerOptions",
        summary: "What the composer offers on this instance",
        response: { 200: ComposerOptions },
      },
    },
    async () => ({
      images: imageNames(context.config).map((name) => ({ name, isDefault: name === DEFAULT_IMAGE })),
      templates: TEMPLATES,
      practiceFiles: await readPracticeFiles(),
    }),
  );

  app.get(
    `${PATH}/:assessmentId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "readAssessment",
        summary: "An assessment: its draft, its versions, its trials",
        params,
        response: { 200: AssessmentDetail },
      },
    },
    (request) => readAssessment(context, request.params.assessmentId),
  );

  app.get(
    `${PATH}/:assessmentId/versions/:versionId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "readAssessmentVersion",
        summary: "A published version",
        params: params.extend({ versionId: Id }),
        response: { 200: AssessmentVersionView },
      },
    },
    (request) => readVersion(db, request.params.assessmentId, request.params.versionId),
  );
}

function registerMaking(app: App, context: ApiContext): void {
  const { db } = context;

  app.post(
    PATH,
    {
      config: writing("assessment.create"),
      schema: {
        tags,
        operationId: "createAssessment",
        summary: "Begin an assessment, blank or from a template",
        body: CreateAssessmentRequest,
        response: { 201: AssessmentDetail },
      },
    },
    async (request, reply) => {
      const id = await createAssessment(db, request.body, auditActorOf(request));
      return reply.code(201).send(await readAssessment(context, id));
    },
  );

  app.post(
    `${PATH}/:assessmentId/clone`,
    {
      config: writing("assessment.clone"),
      schema: {
        tags,
        operationId: "cloneAssessment",
        summary: "Begin an assessment with the draft or a version of another",
        params,
        body: CloneAssessmentRequest,
        response: { 201: AssessmentDetail },
      },
    },
    async (request, reply) => {
      const { assessmentId } = request.params;
      const id = await cloneAssessment(db, assessmentId, request.body, auditActorOf(request));
      return reply.code(201).send(await readAssessment(context, id));
    },
  );
}

function registerArchiving(app: App, context: ApiContext): void {
  for (const [verb, archived] of [
    ["archive", true],
    ["restore", false],
  ] as const)
    app.post(
      `${PATH}/:assessmentId/${verb}`,
      {
        config: writing(`assessment.${verb}`),
        schema: {
          tags,
          operationId: `${verb}Assessment`,
          summary: archived
            ? "Put an assessment away: nobody is invited any more"
            : "Bring an assessment back",
          params,
          response: { 200: AssessmentDetail },
        },
      },
      async (request) => {
        const { assessmentId } = request.params;
        await archiveAssessment(context.db, assessmentId, archived, auditActorOf(request));
        return readAssessment(context, assessmentId);
      },
    );
}
