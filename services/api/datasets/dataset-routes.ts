import { z } from "zod";
import { Id } from "../../shared/contracts/common.ts";
import {
  CreateDatasetRequest,
  CreateImportRequest,
  DatasetDetail,
  DatasetImportView,
  DatasetList,
  DatasetVersionView,
  RowPage,
  RowQuery,
  UpdateDatasetRequest,
} from "../../shared/contracts/dataset-studio.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf } from "../plugins/access.ts";
import { createDataset, updateDataset } from "./change-dataset.ts";
import { startImport } from "./change-import.ts";
import { readDataset, readDatasets, readImport, readVersion } from "./dataset-views.ts";
import { registerImportRoutes } from "./import-routes.ts";
import { TableRows } from "./list-rows.ts";

const tags = ["datasets"];
const reading = { access: admins("admin:read") };
const writing = (audit: `${string}.${string}`) => ({ access: admins("admin:write"), audit });
const params = z.object({ datasetId: Id });

export function registerDatasetRoutes(app: App, context: ApiContext): void {
  const rows = new TableRows(context);
  app.addHook("onClose", () => rows.close());
  registerListRoutes(app, context);
  registerChangeRoutes(app, context);
  registerVersionRoutes(app, context, rows);
  registerImportRoutes(app, context, rows);
}

function registerListRoutes(app: App, { db }: ApiContext): void {
  app.get(
    "/api/admin/datasets",
    {
      config: reading,
      schema: {
        tags,
        operationId: "listDatasets",
        summary: "Datasets and their newest versions",
        querystring: z.object({ archived: z.stringbool().default(false) }),
        response: { 200: DatasetList },
      },
    },
    (request) => readDatasets(db, request.query.archived),
  );

  app.get(
    "/api/admin/datasets/:datasetId",
    {
      config: reading,
      schema: {
        tags,
        operationId: "getDataset",
        summary: "A dataset with its versions and imports",
        params,
        response: { 200: DatasetDetail },
      },
    },
    (request) => readDataset(db, request.params.datasetId),
  );
}

function registerChangeRoutes(app: App, { db }: ApiContext): void {
  app.post(
    "/api/admin/datasets",
    {
      config: writing("dataset.create"),
      schema: {
        tags,
        operationId: "createDataset",
        summary: "Create a dataset; its versions come from imports",
        body: CreateDatasetRequest,
        response: { 201: DatasetDetail },
      },
    },
    async (request, reply) => {
      const id = await createDataset(db, request.body, auditActorOf(request));
      return reply.code(201).send(await readDataset(db, id));
    },
  );

  app.patch(
    "/api/admin/datasets/:datasetId",
    {
      config: writing("dataset.update"),
      schema: {
        tags,
        operationId: "updateDataset",
        summary: "Rename, describe, archive or bring back a dataset",
        params,
        body: UpdateDatasetRequest,
        response: { 200: DatasetDetail },
      },
    },
    async (request) => {
      await updateDataset(db, request.params.datasetId, request.body, auditActorOf(request));
      return readDataset(db, request.params.datasetId);
    },
  );

  app.post(
    "/api/admin/datasets/:datasetId/imports",
    {
      config: writing("dataset.import"),
      schema: {
        tags,
        operationId: "startDatasetImport",
        summary: "Read uploaded files, or treat the columns of a version anew",
        params,
        body: CreateImportRequest,
        response: { 201: DatasetImportView },
      },
    },
    async (request, reply) => {
      const id = await startImport(db, request.params.datasetId, request.body, auditActorOf(request));
      return reply.code(201).send(await readImport(db, id));
    },
  );
}

function registerVersionRoutes(app: App, { db }: ApiContext, rows: TableRows): void {
  app.get(
    "/api/admin/dataset-versions/:versionId",
    {
      config: reading,
      schema: {
        tags,
        operationId: "getDatasetVersion",
        summary: "A version: files, tables, profile, lineage and where it is used",
        params: z.object({ versionId: Id }),
        response: { 200: DatasetVersionView },
      },
    },
    (request) => readVersion(db, request.params.versionId),
  );

  app.get(
    "/api/admin/dataset-versions/:versionId/tables/:table/rows",
    {
      config: reading,
      schema: {
        tags,
        operationId: "listDatasetRows",
        summary: "Rows of a table, filtered, sorted, by page",
        params: z.object({ versionId: Id, table: z.string().max(200) }),
        querystring: RowQuery,
        response: { 200: RowPage },
      },
    },
    ({ params: { versionId, table }, query }) => rows.ofVersion(versionId, table, query),
  );
}
