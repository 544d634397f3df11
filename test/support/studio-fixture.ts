import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { completeDraft } from "./assessment-fixture.ts";
import { insertAssessmentVersion, insertInvitation, writeTree } from "./fixtures.ts";
import type { Client, TestApi } from "./test-api.ts";

/** One of everything in the studio: a dataset with an import that waits for choices, a mock API, an assessment. */
export interface StudioFixture {
  uploadId: string;
  datasetId: string;
  importId: string;
  datasetVersionId: string;
  table: string;
  mockApiId: string;
  mockApiVersionId: string;
  scratchId: string;
  /** A mock, so that nothing is connected to; it has one model. */
  upstreamId: string;
  modelId: string;
  assessmentId: string;
  /** Published. */
  assessmentVersionId: string;
  assessmentImportId: string;
  /** Of the purpose `assessment`, though no export is in it. */
  exportUploadId: string;
  /** Nobody has begun it. */
  invitationId: string;
  /** Open; for another date. */
  requestId: string;
}

export const STUDIO_DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Orders", version: "1" },
  paths: { "/orders": { get: { operationId: "listOrders", responses: { 200: { description: "All" } } } } },
};
const BINDINGS = { formatVersion: 1, collections: {}, operations: {} };

export async function insertStudio(api: TestApi, admin: Client): Promise<StudioFixture> {
  const uploadId = await insertStoredUpload(api, "dataset", "orders.csv", "id,status\n1,open\n");
  const dataset = await insertDatasetWithImport(api);
  const mockApi = await insertMockApi(api, admin);
  const { id: assessmentVersionId, assessmentId } = await insertPublished(api);
  const models = await insertModels(api);
  const exportUploadId = await insertStoredUpload(api, "assessment", "a.tar.zst", "not one");
  const asked = await admin.call("POST", "/api/admin/assessments/import", { uploadId: exportUploadId });
  const asking = await insertRequest(api, assessmentVersionId);
  const assessmentImportId: string = asked.json().id;
  return {
    ...{ uploadId, ...dataset, ...mockApi, ...models, assessmentId, assessmentVersionId, assessmentImportId },
    ...asking,
    exportUploadId,
  };
}

async function insertPublished({ db, blobs }: TestApi): Promise<{ id: string; assessmentId: string }> {
  const { sha256 } = await writeTree(blobs, { "a.py": "print(1)" });
  const trees = { starterTreeSha256: sha256, practiceTreeSha256: sha256 };
  const { id } = await insertAssessmentVersion(db, { spec: trees });
  const { assessment_id: assessmentId } = await db
    .selectFrom("assessment_version")
    .select("assessment_id")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const content = JSON.stringify(completeDraft());
  await db.insertInto("assessment_draft").values({ assessment_id: assessmentId, content }).execute();
  return { id, assessmentId };
}

async function insertRequest({ db }: TestApi, assessmentVersionId: string) {
  const { id: invitationId } = await insertInvitation(db, { assessmentVersionId });
  const { id: requestId } = await db
    .insertInto("candidate_request")
    .values({ invitation_id: invitationId, kind: "new_date", message: "I am away." })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { invitationId, requestId };
}

export async function insertStoredUpload(
  { db, blobs }: TestApi,
  purpose: string,
  fileName: string,
  content: string,
): Promise<string> {
  const { sha256, bytes } = await blobs.write(Buffer.from(content));
  const { id } = await db
    .insertInto("upload")
    .values({ purpose, file_name: fileName, bytes, received: bytes, state: "stored", sha256 })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** As the worker leaves it: tables as Parquet of texts, a profile, nothing chosen. */
async function insertDatasetWithImport({ db, blobs }: TestApi) {
  const table = "orders";
  const { sha256, bytes } = await blobs.write(await parquetOf("SELECT '1' AS id, 'open' AS status"));
  const columns = [
    { name: "id", type: "integer" },
    { name: "status", type: "text" },
  ];
  const { id: datasetId } = await db
    .insertInto("dataset")
    .values({ slug: `orders-${randomUUID()}`, title: "Orders" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { id: importId } = await db
    .insertInto("dataset_import")
    .values({
      dataset_id: datasetId,
      state: "ready",
      staged: JSON.stringify([{ name: table, sha256, bytes, rows: 1, columns }]),
      profile: JSON.stringify({ leftOut: [], tables: [profileOf(table, columns)] }),
      choices: JSON.stringify({ columns: {}, leftOut: [], candidateFiles: "written" }),
      progress: JSON.stringify({ phase: "done", subject: null, share: 1, rows: 1 }),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const manifest = {
    ...{ name: "orders", title: "Orders", description: "", licence: "", card: "" },
    files: [{ path: `platform/${table}.parquet`, sha256, bytes }],
    tables: [
      {
        name: table,
        rows: 1,
        columns: columns.map((column) => ({ ...column, description: "" })),
        preview: [],
      },
    ],
  };
  const { id: datasetVersionId } = await db
    .insertInto("dataset_version")
    .values({ dataset_id: datasetId, sha256, manifest: JSON.stringify(manifest) })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { datasetId, importId, datasetVersionId, table };
}

function profileOf(name: string, columns: { name: string; type: string }[]) {
  const nothing = { originalName: null, min: null, max: null, mean: null, longest: null, histogram: null };
  return {
    ...{ name, file: "orders.csv", format: "csv", rows: 1, reading: null, issues: [] },
    columns: columns.map((column) => ({
      ...{ ...column, ...nothing, nulls: 0, distinct: 1, distinctEstimated: false },
      ...{ samples: [], findings: [], suggestion: "keep" },
    })),
  };
}

/** @param select columns of type VARCHAR */
export async function parquetOf(select: string): Promise<Buffer> {
  const path = join(tmpdir(), `worksample-${randomUUID()}.parquet`);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    return await readFile(path);
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(path, { force: true });
  }
}

async function insertModels({ db }: TestApi) {
  const { id: upstreamId } = await db
    .insertInto("model_upstream")
    .values({ name: "Mock", kind: "mock", base_url: "mock:" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { id: modelId } = await db
    .insertInto("model")
    .values({ upstream_id: upstreamId, name: "mock-small", kind: "chat" })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { upstreamId, modelId };
}

async function insertMockApi({ db }: TestApi, admin: Client) {
  const created = await admin.call("POST", "/api/admin/mock-apis", { title: "Orders" });
  const mockApiId: string = created.json().id;
  const document = JSON.stringify(STUDIO_DOCUMENT);
  await db.updateTable("mock_api_draft").set({ document }).where("mock_api_id", "=", mockApiId).execute();
  const { id: mockApiVersionId } = await db
    .insertInto("mock_api_version")
    .values({ mock_api_id: mockApiId, sha256: "0".repeat(64), document, bindings: JSON.stringify(BINDINGS) })
    .returning("id")
    .executeTakeFirstOrThrow();
  const scratch = await admin.call("POST", `/api/admin/mock-apis/${mockApiId}/scratch`, {});
  return { mockApiId, mockApiVersionId, scratchId: scratch.json().id as string };
}
