import { z } from "zod";
import { Id } from "../../shared/contracts/common.ts";
import {
  MAX_INLINE_DOCUMENT_CHARACTERS,
  MockApiDocument,
  MockApiDraftView,
  MockApiProposal,
  MockApiProposalRequest,
  MockApiRevisionRequest,
  PublishMockApiResponse,
  PutMockApiDocumentRequest,
  SaveMockApiDraftRequest,
} from "../../shared/contracts/mock-api-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { sendEventStream } from "../live/send-stream.ts";
import { auditActorOf, staffIdOf } from "../plugins/access.ts";
import { listMockApiVersions } from "../records/mock-api-version.ts";
import { readCheckEvent, readDraft, requireDraft } from "./draft-view.ts";
import { putDocument, requestCheck, saveDraft } from "./edit-draft.ts";
import { readMockApi } from "./mock-apis.ts";
import { presentVersionItem } from "./present-mock-api.ts";
import { proposeForDraft } from "./propose-for-draft.ts";
import { publishDraft } from "./publish-draft.ts";

const tags = ["mock APIs"];
const params = z.object({ mockApiId: Id });
const reading = { access: admins("admin:read") };
const access = admins("admin:write");
const DRAFT = "/api/admin/mock-apis/:mockApiId/draft";
/** Bindings and faults of an API with hundreds of operations. */
const SAVED_BYTES = 8 * 1024 * 1024;
/** A character may take six in JSON. */
const DOCUMENT_BYTES = 6 * MAX_INLINE_DOCUMENT_CHARACTERS + 4096;

export function registerMockApiDraftRoutes(app: App, context: ApiContext): void {
  const { db, studio } = context;

  app.get(
    DRAFT,
    {
      config: reading,
      schema: {
        tags,
        operationId: "readMockApiDraft",
        summary: "The draft, with what its last check found",
        params,
        response: { 200: MockApiDraftView },
      },
    },
    (request) => readDraft(db, request.params.mockApiId),
  );

  app.get(
    `${DRAFT}/document`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "readMockApiDraftDocument",
        summary: "The document of the draft that passed last, as OpenAPI 3.1",
        params,
        response: { 200: MockApiDocument },
      },
    },
    async (request) => {
      const { document } = await requireDraft(db, request.params.mockApiId);
      if (document === null) throw new PlatformError("mock_api_document_missing");
      return document as MockApiDocument;
    },
  );

  app.get(
    `${DRAFT}/events`,
    {
      config: reading,
      exposeHeadRoute: false,
      schema: {
        tags,
        operationId: "followMockApiDraft",
        summary: "State of its check, live: `check` events",
        params,
      },
    },
    async (request, reply) => {
      const { mockApiId } = request.params;
      await requireDraft(db, mockApiId);
      const stream = studio.stream({
        key: `mock-api-draft ${mockApiId}`,
        event: "check",
        watches: (table, id) => table === "mock_api_draft" && id === mockApiId,
        load: () => readCheckEvent(db, mockApiId),
      });
      return sendEventStream(reply, stream);
    },
  );

  app.put(
    DRAFT,
    {
      // Saved as it is edited; what counts is recorded when it is published.
      config: { access, audit: null },
      bodyLimit: SAVED_BYTES,
      schema: {
        tags,
        operationId: "saveMockApiDraft",
        summary: "Save bindings, faults or the dataset of the draft",
        params,
        body: SaveMockApiDraftRequest,
        response: { 200: MockApiDraftView },
      },
    },
    async (request) => {
      const { mockApiId } = request.params;
      await saveDraft(context, mockApiId, request.body, staffIdOf(request));
      return readDraft(db, mockApiId);
    },
  );
}

export function registerMockApiDraftActions(app: App, context: ApiContext): void {
  const { db } = context;

  app.put(
    `${DRAFT}/document`,
    {
      config: { access, audit: "mock_api.put_document" },
      bodyLimit: DOCUMENT_BYTES,
      schema: {
        tags,
        operationId: "putMockApiDocument",
        summary: "Give the draft an OpenAPI document: an upload, or its text",
        params,
        body: PutMockApiDocumentRequest,
        response: { 200: MockApiDraftView },
      },
    },
    async (request) => {
      const { mockApiId } = request.params;
      await putDocument(context, mockApiId, request.body, auditActorOf(request));
      return readDraft(db, mockApiId);
    },
  );

  app.post(
    `${DRAFT}/proposal`,
    {
      // Nothing is changed.
      config: { access: admins("admin:read"), audit: null },
      schema: {
        tags,
        operationId: "proposeMockApiBindings",
        summary: "Propose which operations answer from which tables",
        params,
        body: MockApiProposalRequest,
        response: { 200: MockApiProposal },
      },
    },
    (request) => proposeForDraft(db, request.params.mockApiId, request.body.datasetVersionId),
  );

  app.post(
    `${DRAFT}/check`,
    {
      // Nothing but the draft's report is changed.
      config: { access, audit: null },
      schema: {
        tags,
        operationId: "checkMockApiDraft",
        summary: "Have the draft checked; follow its events for the outcome",
        params,
        body: MockApiRevisionRequest,
        response: { 200: MockApiDraftView },
      },
    },
    async (request) => {
      const { mockApiId } = request.params;
      await requestCheck(context, mockApiId, request.body.revision);
      return readDraft(db, mockApiId);
    },
  );

  app.post(
    `${DRAFT}/publish`,
    {
      config: { access, audit: "mock_api.publish" },
      schema: {
        tags,
        operationId: "publishMockApiDraft",
        summary: "Make a version of the draft",
        params,
        body: MockApiRevisionRequest,
        response: { 201: PublishMockApiResponse },
      },
    },
    async (request, reply) => {
      const { mockApiId } = request.params;
      const versionId = await publishDraft(db, mockApiId, request.body.revision, auditActorOf(request));
      const [version] = await listMockApiVersions(db, { versionId });
      const mockApi = await readMockApi(db, mockApiId);
      return reply.code(201).send({ version: presentVersionItem(version!), mockApi });
    },
  );
}
