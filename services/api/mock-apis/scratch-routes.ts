import { z } from "zod";
import { Id } from "../../shared/contracts/common.ts";
import {
  CreateMockApiScratchRequest,
  MockApiRequestPage,
  MockApiRequestQuery,
  MockApiScratch,
} from "../../shared/contracts/mock-api-studio.ts";
import { databaseNow } from "../../shared/db/database.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { sendEventStream } from "../live/send-stream.ts";
import { auditActorOf } from "../plugins/access.ts";
import { createScratch, readScratch, readScratchRequests, resetScratch } from "./scratch.ts";

const tags = ["mock APIs"];
const params = z.object({ mockApiId: Id, scratchId: Id });
const reading = { access: admins("admin:read") };
const SCRATCH = "/api/admin/mock-apis/:mockApiId/scratch";
const LIVE_REQUESTS = 50;

export function registerMockApiScratchRoutes(app: App, context: ApiContext): void {
  app.post(
    SCRATCH,
    {
      config: { access: admins("admin:write"), audit: "mock_api.try" },
      schema: {
        tags,
        operationId: "createMockApiScratch",
        summary: "Start a trial instance of the draft or of a version",
        params: z.object({ mockApiId: Id }),
        body: CreateMockApiScratchRequest,
        response: { 201: MockApiScratch },
      },
    },
    async (request, reply) => {
      const { versionId } = request.body;
      const made = await createScratch(context, request.params.mockApiId, versionId, auditActorOf(request));
      return reply.code(201).send(made);
    },
  );

  app.get(
    `${SCRATCH}/:scratchId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "readMockApiScratch",
        summary: "A trial instance",
        params,
        response: { 200: MockApiScratch },
      },
    },
    (request) => readScratch(context, request.params.mockApiId, request.params.scratchId),
  );

  app.post(
    `${SCRATCH}/:scratchId/reset`,
    {
      // Nobody's data but what was tried here.
      config: { access: admins("admin:write"), audit: null },
      schema: {
        tags,
        operationId: "resetMockApiScratch",
        summary: "Begin anew: another instance of the same, and this one is gone",
        params,
        response: { 201: MockApiScratch },
      },
    },
    async (request, reply) => {
      const { mockApiId, scratchId } = request.params;
      return reply.code(201).send(await resetScratch(context, mockApiId, scratchId));
    },
  );
}

export function registerMockApiRequestRoutes(app: App, { db, studio }: ApiContext): void {
  app.get(
    `${SCRATCH}/:scratchId/requests`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "listMockApiScratchRequests",
        summary: "What was asked of a trial instance, newest first",
        params,
        querystring: MockApiRequestQuery,
        response: { 200: MockApiRequestPage },
      },
    },
    (request) => readScratchRequests(db, request.params, request.query),
  );

  app.get(
    `${SCRATCH}/:scratchId/requests/events`,
    {
      config: reading,
      exposeHeadRoute: false,
      schema: {
        tags,
        operationId: "followMockApiScratchRequests",
        summary: "The newest of them, live: `requests` events",
        params,
      },
    },
    async (request, reply) => {
      const of = request.params;
      const load = async () => {
        const { items } = await readScratchRequests(db, of, { limit: LIVE_REQUESTS });
        return { now: (await databaseNow(db)).toISOString(), items };
      };
      await load();
      const stream = studio.stream({
        key: `mock-api-scratch ${of.mockApiId} ${of.scratchId}`,
        event: "requests",
        watches: (table, id) => table === "mock_api_scratch" && id === of.scratchId,
        load,
      });
      return sendEventStream(reply, stream);
    },
  );
}
