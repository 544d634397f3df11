import { z } from "zod";
import { Id } from "../../shared/contracts/common.ts";
import {
  CreateModelRequest,
  CreateUpstreamRequest,
  TestUpstreamRequest,
  UpdateModelRequest,
  UpdateUpstreamRequest,
  UpstreamList,
  UpstreamView,
} from "../../shared/contracts/models.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf } from "../plugins/access.ts";
import { addModel, changeModel } from "./models.ts";
import { readUpstream, readUpstreams } from "./present-upstream.ts";
import { runUpstreamTest } from "./run-test.ts";
import { changeUpstream, createUpstream } from "./upstreams.ts";

const tags = ["models"];
const UPSTREAMS = "/api/admin/model-upstreams";
const UPSTREAM = `${UPSTREAMS}/:upstreamId`;
const params = z.object({ upstreamId: Id });
const modelParams = params.extend({ modelId: Id });
/** Apart from `admin:write`: whoever has this one can send keys out and spend money. */
const writing = (audit: `${string}.${string}`) => ({ access: admins("models:write"), audit });
const answer = { response: { 200: UpstreamView } };

export function registerUpstreamRoutes(app: App, context: ApiContext): void {
  const { db } = context;

  app.get(
    UPSTREAMS,
    {
      config: { access: admins("admin:read") },
      schema: {
        ...{ tags, operationId: "listUpstreams", summary: "All upstreams with their models" },
        response: { 200: UpstreamList },
      },
    },
    async () => ({ items: await readUpstreams(db) }),
  );

  app.post(
    UPSTREAMS,
    {
      config: writing("model_upstream.create"),
      schema: {
        ...{ tags, operationId: "createUpstream", summary: "Add an upstream; its key is never shown again" },
        body: CreateUpstreamRequest,
        response: { 201: UpstreamView },
      },
    },
    async (request, reply) => {
      const id = await createUpstream(context, request.body, auditActorOf(request));
      return reply.code(201).send(await readUpstream(db, id));
    },
  );

  app.patch(
    UPSTREAM,
    {
      config: writing("model_upstream.update"),
      schema: {
        ...{ tags, operationId: "updateUpstream", summary: "Rename an upstream, change its address or key" },
        ...{ params, body: UpdateUpstreamRequest, ...answer },
      },
    },
    async (request) => {
      const { upstreamId } = request.params;
      await changeUpstream(context, upstreamId, request.body, auditActorOf(request));
      return readUpstream(db, upstreamId);
    },
  );

  app.post(
    `${UPSTREAM}/test`,
    {
      config: writing("model_upstream.test"),
      schema: {
        ...{ tags, operationId: "testUpstream", summary: "Connect to an upstream and say what is wrong" },
        ...{ params, body: TestUpstreamRequest, ...answer },
      },
    },
    async (request) => {
      const { upstreamId } = request.params;
      await runUpstreamTest(context, upstreamId, request.body.model ?? null, auditActorOf(request));
      return readUpstream(db, upstreamId);
    },
  );
}

export function registerModelRoutes(app: App, { db }: ApiContext): void {
  app.post(
    `${UPSTREAM}/models`,
    {
      config: writing("model.create"),
      schema: {
        ...{ tags, operationId: "createModel", summary: "Add a model of an upstream" },
        ...{ params, body: CreateModelRequest, response: { 201: UpstreamView } },
      },
    },
    async (request, reply) => {
      const { upstreamId } = request.params;
      await addModel(db, upstreamId, request.body, auditActorOf(request));
      return reply.code(201).send(await readUpstream(db, upstreamId));
    },
  );

  app.patch(
    `${UPSTREAM}/models/:modelId`,
    {
      config: writing("model.update"),
      schema: {
        ...{ tags, operationId: "updateModel", summary: "Price a model, or archive it" },
        ...{ params: modelParams, body: UpdateModelRequest, ...answer },
      },
    },
    async (request) => {
      await changeModel(db, request.params, request.body, auditActorOf(request));
      return readUpstream(db, request.params.upstreamId);
    },
  );
}
