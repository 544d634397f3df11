import { z } from "zod";
import { Id } from "../../shared/contracts/common.ts";
import {
  CreateMockApiRequest,
  MockApiDetail,
  MockApiDocument,
  MockApiList,
  MockApiVersionView,
  RenameMockApiRequest,
} from "../../shared/contracts/mock-api-studio.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf } from "../plugins/access.ts";
import { listMockApis } from "../records/mock-api.ts";
import { archiveMockApi, createMockApi, readMockApi, renameMockApi } from "./mock-apis.ts";
import { presentListItem } from "./present-mock-api.ts";
import { readVersion, requireVersion } from "./version-view.ts";

const tags = ["mock APIs"];
const params = z.object({ mockApiId: Id });
const reading = { access: admins("admin:read") };
const writing = (audit: `${string}.${string}`) => ({ access: admins("admin:write"), audit });

export function registerMockApiRoutes(app: App, { db }: ApiContext): void {
  app.get(
    "/api/admin/mock-apis",
    {
      config: reading,
      schema: { tags, operationId: "listMockApis", summary: "All mock APIs", response: { 200: MockApiList } },
    },
    async () => ({ items: (await listMockApis(db)).map(presentListItem) }),
  );

  app.post(
    "/api/admin/mock-apis",
    {
      config: writing("mock_api.create"),
      schema: {
        tags,
        operationId: "createMockApi",
        summary: "Begin a mock API with an empty draft",
        body: CreateMockApiRequest,
        response: { 201: MockApiDetail },
      },
    },
    async (request, reply) => {
      const id = await createMockApi(db, request.body, auditActorOf(request));
      return reply.code(201).send(await readMockApi(db, id));
    },
  );

  app.get(
    "/api/admin/mock-apis/:mockApiId",
    {
      config: reading,
      schema: {
        tags,
        operationId: "readMockApi",
        summary: "A mock API and its versions",
        params,
        response: { 200: MockApiDetail },
      },
    },
    (request) => readMockApi(db, request.params.mockApiId),
  );

  app.patch(
    "/api/admin/mock-apis/:mockApiId",
    {
      config: writing("mock_api.rename"),
      schema: {
        tags,
        operationId: "renameMockApi",
        summary: "Give a mock API another title",
        params,
        body: RenameMockApiRequest,
        response: { 200: MockApiDetail },
      },
    },
    async (request) => {
      const { mockApiId } = request.params;
      await renameMockApi(db, mockApiId, request.body.title, auditActorOf(request));
      return readMockApi(db, mockApiId);
    },
  );

  for (const [verb, archived] of [
    ["archive", true],
    ["restore", false],
  ] as const)
    app.post(
      `/api/admin/mock-apis/:mockApiId/${verb}`,
      {
        config: writing(`mock_api.${verb}`),
        schema: {
          tags,
          operationId: `${verb}MockApi`,
          summary: archived ? "Offer a mock API nowhere any more" : "Offer a mock API again",
          params,
          response: { 200: MockApiDetail },
        },
      },
      async (request) => {
        const { mockApiId } = request.params;
        await archiveMockApi(db, mockApiId, archived, auditActorOf(request));
        return readMockApi(db, mockApiId);
      },
    );
}

export function registerMockApiVersionRoutes(app: App, { db }: ApiContext): void {
  const versionParams = z.object({ versionId: Id });

  app.get(
    "/api/admin/mock-api-versions/:versionId",
    {
      config: reading,
      schema: {
        tags,
        operationId: "readMockApiVersion",
        summary: "A published version",
        params: versionParams,
        response: { 200: MockApiVersionView },
      },
    },
    (request) => readVersion(db, request.params.versionId),
  );

  app.get(
    "/api/admin/mock-api-versions/:versionId/document",
    {
      config: reading,
      schema: {
        tags,
        operationId: "readMockApiVersionDocument",
        summary: "The OpenAPI 3.1 document that a version serves",
        params: versionParams,
        response: { 200: MockApiDocument },
      },
    },
    async (request) => {
      const { document } = await requireVersion(db, request.params.versionId);
      return document as MockApiDocument;
    },
  );
}
