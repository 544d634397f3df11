import { z } from "zod";
import {
  CandidateView,
  DatasetGuide,
  MockApiReference,
  NotesRequest,
  NotesResponse,
  ReceiptView,
  SubmitRequest,
  TaskView,
  WorkspaceLinkRequest,
  WorkspaceLinkResponse,
} from "../../shared/contracts/candidate.ts";
import { CandidateModelsView } from "../../shared/contracts/models.ts";
import { databaseNow } from "../../shared/db/database.ts";
import { CANDIDATE } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { sendArchive } from "../records/send-archive.ts";
import { readCandidateView } from "./candidate-view.ts";
import { readCandidateModels } from "./models.ts";
import { readReceipt, requireSubmission } from "./receipt.ts";
import { CANDIDATE_BASE, InvitationParams } from "./routes.ts";
import { saveNotes, submitAttempt } from "./running-attempt.ts";
import { readDatasetGuide, readMockApiReference, readTask } from "./task.ts";
import { makeWorkspaceLink } from "./workspace-link.ts";

const tags = ["candidate"];
const config = { access: CANDIDATE };
const MountName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);
const Hostname = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}\.internal$/);

/** What a candidate reads once the clock runs. */
export function registerTaskRoutes(app: App, { db, sealer }: ApiContext): void {
  app.get(
    `${CANDIDATE_BASE}/task`,
    {
      config,
      schema: {
        tags,
        operationId: "readTask",
        summary: "The task",
        params: InvitationParams,
        response: { 200: TaskView },
      },
    },
    (request) => readTask(db, request.params.invitationId),
  );

  app.get(
    `${CANDIDATE_BASE}/datasets/:mountName`,
    {
      config,
      schema: {
        tags,
        operationId: "readDatasetGuide",
        summary: "What a dataset holds",
        params: InvitationParams.extend({ mountName: MountName }),
        response: { 200: DatasetGuide },
      },
    },
    (request) => readDatasetGuide(db, request.params.invitationId, request.params.mountName),
  );

  app.get(
    `${CANDIDATE_BASE}/mock-apis/:hostname`,
    {
      config,
      schema: {
        tags,
        operationId: "readMockApiReference",
        summary: "How to call an API of the task",
        params: InvitationParams.extend({ hostname: Hostname }),
        response: { 200: MockApiReference },
      },
    },
    (request) => readMockApiReference(db, sealer, request.params.invitationId, request.params.hostname),
  );

  app.get(
    `${CANDIDATE_BASE}/models`,
    {
      config,
      schema: {
        tags,
        operationId: "readCandidateModels",
        summary: "Language models to call, and what is left of their budget",
        params: InvitationParams,
        response: { 200: CandidateModelsView },
      },
    },
    (request) => readCandidateModels(db, request.params.invitationId),
  );
}

/** What a candidate does while the clock runs. */
export function registerWorkRoutes(app: App, context: ApiContext): void {
  const { db, sealer } = context;

  app.post(
    `${CANDIDATE_BASE}/workspace-links`,
    {
      config,
      schema: {
        tags,
        operationId: "createWorkspaceLink",
        summary: "A one-time address into the workspace",
        params: InvitationParams,
        body: WorkspaceLinkRequest,
        response: { 200: WorkspaceLinkResponse },
      },
    },
    (request) => makeWorkspaceLink(db, context.config, sealer, request.params.invitationId, request.body),
  );

  app.put(
    `${CANDIDATE_BASE}/notes`,
    {
      config,
      schema: {
        tags,
        operationId: "saveNotes",
        summary: "Save the notes to the reviewer",
        params: InvitationParams,
        body: NotesRequest,
        response: { 200: NotesResponse },
      },
    },
    async (request) => {
      await saveNotes(db, request.params.invitationId, request.body.notes);
      return { savedAt: (await databaseNow(db)).toISOString() };
    },
  );

  app.post(
    `${CANDIDATE_BASE}/submit`,
    {
      config,
      schema: {
        tags,
        operationId: "submitAttempt",
        summary: "Submit before the deadline",
        params: InvitationParams,
        body: SubmitRequest,
        response: { 202: CandidateView },
      },
    },
    async (request, reply) => {
      await submitAttempt(db, request.params.invitationId, request.body.notes);
      return reply.code(202).send(await readCandidateView(db, request.params.invitationId));
    },
  );
}

/** What a candidate keeps. */
export function registerReceiptRoutes(app: App, { db, blobs, trees }: ApiContext): void {
  app.get(
    `${CANDIDATE_BASE}/receipt`,
    {
      config,
      schema: {
        tags,
        operationId: "readReceipt",
        summary: "The signed receipt",
        params: InvitationParams,
        response: { 200: ReceiptView },
      },
    },
    (request) => readReceipt(db, trees, request.params.invitationId),
  );

  app.get(
    `${CANDIDATE_BASE}/archive`,
    {
      config,
      exposeHeadRoute: false,
      schema: {
        tags,
        operationId: "downloadMyArchive",
        summary: "Download what was submitted",
        params: InvitationParams,
      },
    },
    async (request, reply) => {
      const archive = await requireSubmission(db, request.params.invitationId);
      return sendArchive(reply, blobs, archive, `submission-${archive.submissionId}`);
    },
  );
}
