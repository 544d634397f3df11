import { z } from "zod";
import { Id } from "../../shared/contracts/common.ts";
import {
  DatasetImportView,
  PublishImportRequest,
  RowPage,
  RowQuery,
  SaveChoicesRequest,
} from "../../shared/contracts/dataset-studio.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { sendEventStream } from "../live/send-stream.ts";
import { auditActorOf } from "../plugins/access.ts";
import { cancelImport, publishImport, saveChoices } from "./change-import.ts";
import { readImport } from "./dataset-views.ts";
import type { TableRows } from "./list-rows.ts";

const tags = ["datasets"];
const reading = { access: admins("admin:read") };
const writing = (audit: `${string}.${string}`) => ({ access: admins("admin:write"), audit });
const params = z.object({ importId: Id });
const response = { 200: DatasetImportView };
const IMPORT = "/api/admin/dataset-imports/:importId";

export function registerImportRoutes(app: App, context: ApiContext, rows: TableRows): void {
  registerReading(app, context, rows);
  registerChoosing(app, context);
}

function registerReading(app: App, { db, studio }: ApiContext, rows: TableRows): void {
  app.get(
    IMPORT,
    {
      config: reading,
      schema: {
        tags,
        operationId: "getDatasetImport",
        summary: "An import and what was found",
        params,
        response,
      },
    },
    (request) => readImport(db, request.params.importId),
  );

  app.get(
    `${IMPORT}/events`,
    {
      config: reading,
      exposeHeadRoute: false,
      schema: {
        tags,
        operationId: "followDatasetImport",
        summary: "The same, live: `import` events",
        params,
      },
    },
    async (request, reply) => {
      const { importId } = request.params;
      // An import that is not there is a 404, not a stream that ends at once.
      await readImport(db, importId);
      const stream = studio.stream({
        key: `dataset-import ${importId}`,
        event: "import",
        watches: (table, id) => table === "dataset_import" && id === importId,
        load: () => readImport(db, importId),
      });
      return sendEventStream(reply, stream);
    },
  );

  app.get(
    `${IMPORT}/tables/:table/rows`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "listDatasetImportRows",
        summary: "Rows of a table as it was read, filtered, sorted, by page",
        params: z.object({ importId: Id, table: z.string().max(200) }),
        querystring: RowQuery,
        response: { 200: RowPage },
      },
    },
    (request) => rows.ofImport(request.params.importId, request.params.table, request.query),
  );
}

function registerChoosing(app: App, { db }: ApiContext): void {
  app.put(
    `${IMPORT}/choices`,
    {
      config: writing("dataset.choose_columns"),
      schema: {
        tags,
        operationId: "saveDatasetImportChoices",
        summary: "Say what becomes of each column",
        params,
        body: SaveChoicesRequest,
        response,
      },
    },
    async (request) => {
      await saveChoices(db, request.params.importId, request.body, auditActorOf(request));
      return readImport(db, request.params.importId);
    },
  );

  app.post(
    `${IMPORT}/publish`,
    {
      config: writing("dataset.publish"),
      schema: {
        tags,
        operationId: "publishDatasetImport",
        summary: "Make a version of an import, by its choices",
        params,
        body: PublishImportRequest,
        response,
      },
    },
    async (request) => {
      await publishImport(db, request.params.importId, request.body.revision, auditActorOf(request));
      return readImport(db, request.params.importId);
    },
  );

  app.post(
    `${IMPORT}/cancel`,
    {
      config: writing("dataset.cancel_import"),
      schema: { tags, operationId: "cancelDatasetImport", summary: "Give an import up", params, response },
    },
    async (request) => {
      await cancelImport(db, request.params.importId, auditActorOf(request));
      return readImport(db, request.params.importId);
    },
  );
}
