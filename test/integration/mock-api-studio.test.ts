import { readFileSync } from "node:fs";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MockApiDraftView } from "../../services/shared/contracts/mock-api-studio.ts";
import { createLog } from "../../services/shared/observability/log.ts";
import { checkForgottenMockApis, checkMockApi } from "../../services/worker/jobs/check-mock-api.ts";
import type { JobRun } from "../../services/worker/jobs/job-run.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

const HELPDESK = readFileSync(
  new URL("../../datasets/support-tickets/api/helpdesk.openapi.yaml", import.meta.url),
  "utf8",
);
const SMALL = `openapi: 3.0.3
info: { title: Shop API, version: "1" }
paths:
  /orders:
    get:
      operationId: listOrders
      parameters: [{ name: status, in: query, schema: { type: string } }]
      responses:
        "200":
          description: ok
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Order" } } } }
components:
  schemas:
    Order: { type: object, properties: { id: { type: integer }, status: { type: string } } }
`;

let api: TestApi;
let admin: Client & { id: string };
const bailed: string[] = [];

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.staff("admin");
});
afterAll(() => api.close());

const run: JobRun = {
  bailOut: (why) => bailed.push(why),
  waitForRoom: () => Promise.reject(new Error("not here")),
  postpone: () => Promise.reject(new Error("not here")),
  isLastTry: false,
};

/** Does what the worker does with the job that is in the outbox. */
async function work(mockApiId: string): Promise<void> {
  const jobs = await api.db.selectFrom("outbox").selectAll().where("name", "=", "check-mock-api").execute();
  expect(jobs.some(({ payload }) => (payload as { mockApiId: string }).mockApiId === mockApiId)).toBe(true);
  const context = { db: api.db, blobs: api.blobs, log: createLog("worker", "silent") };
  await checkMockApi(context, { mockApiId }, run);
}

async function create(title: string): Promise<string> {
  const answer = await admin.call("POST", "/api/admin/mock-apis", { title });
  expect(answer.statusCode).toBe(201);
  return answer.json().id;
}

async function draftOf(id: string): Promise<MockApiDraftView> {
  return (await admin.call("GET", `/api/admin/mock-apis/${id}/draft`)).json();
}

async function put(id: string, text: string, fileName = "api.yaml") {
  const { revision } = await draftOf(id);
  return admin.call("PUT", `/api/admin/mock-apis/${id}/draft/document`, { revision, fileName, text });
}

async function insertDataset(): Promise<string> {
  const { id } = await api.db
    .insertInto("dataset")
    .values({ slug: `shop-${Date.now()}`, title: "Shop" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const columns = ["id", "status"].map((name) => ({
    name,
    type: name === "id" ? "integer" : "text",
    description: "",
  }));
  const manifest = {
    name: "shop",
    title: "Shop",
    description: "",
    licence: "",
    card: "",
    files: [],
    tables: [{ name: "orders", rows: 2, columns, preview: [] }],
  };
  const version = await api.db
    .insertInto("dataset_version")
    .values({ dataset_id: id, sha256: "a".repeat(64), manifest: JSON.stringify(manifest) })
    .returning("id")
    .executeTakeFirstOrThrow();
  return version.id;
}

describe.skipIf(process.getuid?.() !== 0)("a mock API in the studio (the check needs root)", () => {
  it("is checked although what its report shows ends in the middle of a character", async () => {
    const description = `${"x".repeat(199)}\u{1f600} and more`;
    const key = `x${"\u{1f600}".repeat(600)}`;
    const document = {
      openapi: "3.1.0",
      info: { title: "Smile", version: "1" },
      paths: {
        "/a": {
          get: { operationId: "a", description, responses: { 200: { description: "ok" } } },
        },
      },
      components: { schemas: { A: { type: "object", properties: { [key]: { pattern: "(?=a)" } } } } },
    };
    // The control: cut as the report cuts it, the database does not take it.
    const cut = JSON.stringify(description.slice(0, 200));
    await expect(sql`select ${cut}::jsonb`.execute(api.db)).rejects.toThrow("invalid input syntax");
    const id = await create("Smile");
    await put(id, JSON.stringify(document), "api.json");
    await work(id);
    const { checkState, operations, report } = await draftOf(id);
    expect(checkState).toBe("passed");
    expect(operations[0]!.summary).toMatch(/^x{199}/);
    expect(report!.issues[0]!.pointer).toMatch(/^\/components/);
  });

  it("goes from a document to a published version, and is tried on the way", async () => {
    const id = await create("Shop");
    const at = `/api/admin/mock-apis/${id}`;
    expect((await put(id, SMALL)).json()).toMatchObject({
      checkState: "waiting",
      revision: 2,
      document: null,
    });
    await work(id);
    const checked = await draftOf(id);
    expect(checked).toMatchObject({
      checkState: "passed",
      document: { title: "Shop API", version: "1" },
      report: { openapi: "3.0.3", errors: 0, issues: [] },
      operations: [{ operationId: "listOrders", method: "GET", path: "/orders", answeredBy: "document" }],
    });
    expect(checked.report!.peakMemoryBytes).toBeGreaterThan(0);

    const datasetVersionId = await insertDataset();
    const proposal = (await admin.call("POST", `${at}/draft/proposal`, { datasetVersionId })).json();
    expect(proposal.bindings.operations.listOrders).toMatchObject({
      kind: "list",
      collection: "orders",
      filters: { status: { property: "status", comparison: "eq" } },
    });
    const saved = await admin.call("PUT", `${at}/draft`, {
      revision: 2,
      bindings: proposal.bindings,
      datasetVersionId,
    });
    expect(saved.json()).toMatchObject({
      revision: 3,
      checkState: "none",
      dataset: { datasetTitle: "Shop" },
      operations: [{ answeredBy: "list" }],
    });
    const early = await admin.call("POST", `${at}/draft/publish`, { revision: 3 });
    expect([early.statusCode, early.json().code]).toEqual([409, "mock_api_not_checked"]);
    await admin.call("POST", `${at}/draft/check`, { revision: 3 });
    await work(id);
    const published = await admin.call("POST", `${at}/draft/publish`, { revision: 3 });
    expect(published.statusCode).toBe(201);
    expect(published.json()).toMatchObject({
      version: { number: 1, usedBy: 0 },
      mockApi: { latestVersion: { number: 1 } },
    });
    const again = await admin.call("POST", `${at}/draft/publish`, { revision: 3 });
    expect([again.statusCode, again.json().code]).toEqual([409, "mock_api_unchanged"]);

    const versionId = published.json().version.id;
    const version = await admin.call("GET", `/api/admin/mock-api-versions/${versionId}`);
    expect(version.json()).toMatchObject({
      number: 1,
      hasSource: true,
      operations: [{ answeredBy: "list" }],
    });
    const document = await admin.call("GET", `/api/admin/mock-api-versions/${versionId}/document`);
    expect(document.json()).toMatchObject({ openapi: "3.1.0", info: { title: "Shop API" } });

    const scratch = (await admin.call("POST", `${at}/scratch`, {})).json();
    expect(scratch.address).toBe(`http://try-${scratch.id}.localhost:4001`);
    const requests = await admin.call("GET", `${at}/scratch/${scratch.id}/requests`);
    expect(requests.json()).toEqual({ items: [], next: null });
    const fresh = (await admin.call("POST", `${at}/scratch/${scratch.id}/reset`)).json();
    expect(fresh.id).not.toBe(scratch.id);
    const gone = await admin.call("GET", `${at}/scratch/${scratch.id}`);
    expect([gone.statusCode, gone.json().code]).toEqual([404, "mock_api_scratch_not_found"]);

    const actions = await api.db
      .selectFrom("audit_event")
      .select("action")
      .where("subject_id", "=", id)
      .orderBy("id")
      .execute();
    expect(actions.map(({ action }) => action)).toEqual([
      "mock_api.create",
      "mock_api.put_document",
      "mock_api.publish",
      "mock_api.try",
    ]);
  });

  it("keeps the document that passed when a worse one comes, and says what is wrong with that", async () => {
    const id = await create("Helpdesk");
    await put(id, HELPDESK);
    await work(id);
    const before = await draftOf(id);
    expect(before.checkState).toBe("passed");
    await put(id, "openapi: 3.0.0\npaths: [\n", "broken.yaml");
    await work(id);
    expect(await draftOf(id)).toMatchObject({
      checkState: "failed",
      source: { name: "broken.yaml" },
      document: before.document,
      report: { errors: 1, issues: [{ rule: "syntax", line: 3 }] },
    });
  });

  it("drops a check that the draft has overtaken, and asks again for one that was lost", async () => {
    const id = await create("Overtaken");
    await put(id, SMALL);
    await api.db
      .updateTable("mock_api_draft")
      .set({ check_state: "none" })
      .where("mock_api_id", "=", id)
      .execute();
    await work(id);
    expect(bailed.at(-1)).toBe("nobody waits for a check of this draft");
    await api.db
      .updateTable("mock_api_draft")
      .set({ check_state: "waiting", check_requested_at: new Date(Date.now() - 600_000) })
      .where("mock_api_id", "=", id)
      .execute();
    await api.db.deleteFrom("outbox").execute();
    const context = { db: api.db, log: createLog("worker", "silent") };
    await checkForgottenMockApis(context);
    await checkForgottenMockApis(context);
    const jobs = await api.db
      .selectFrom("outbox")
      .select("payload")
      .where("name", "=", "check-mock-api")
      .execute();
    expect(jobs).toEqual([{ payload: { mockApiId: id } }]);
  });
});

describe("editing a draft", () => {
  it("loses nobody's change", async () => {
    const id = await create("Twice");
    const at = `/api/admin/mock-apis/${id}/draft`;
    expect((await admin.call("PUT", at, { revision: 1, weather: { rules: [] } })).statusCode).toBe(200);
    const late = await admin.call("PUT", at, { revision: 1, bindings: null });
    expect([late.statusCode, late.json().code]).toEqual([409, "mock_api_draft_conflict"]);
  });

  it("says what is missing", async () => {
    const id = await create("Empty");
    const at = `/api/admin/mock-apis/${id}`;
    const codeOf = async (path: string, body: object) =>
      (await admin.call("POST", `${at}${path}`, body)).json().code;
    expect(await codeOf("/draft/check", { revision: 1 })).toBe("mock_api_document_missing");
    expect(await codeOf("/draft/proposal", {})).toBe("mock_api_document_missing");
    expect(await codeOf("/draft/publish", { revision: 1 })).toBe("mock_api_not_checked");
    expect(await codeOf("/scratch", {})).toBe("mock_api_document_missing");
    const upload = { revision: 1, uploadId: "00000000-0000-4000-8000-000000000000" };
    const put = await admin.call("PUT", `${at}/draft/document`, upload);
    expect([put.statusCode, put.json().code]).toEqual([404, "upload_not_found"]);
  });

  it("stops when the mock API is archived, and two may not have one name", async () => {
    const id = await create("Old");
    await admin.call("POST", `/api/admin/mock-apis/${id}/archive`);
    const answer = await admin.call("PUT", `/api/admin/mock-apis/${id}/draft`, {
      revision: 1,
      bindings: null,
    });
    expect([answer.statusCode, answer.json().code]).toEqual([409, "mock_api_archived"]);
    const taken = await admin.call("POST", "/api/admin/mock-apis", { title: "Another", slug: "old" });
    expect([taken.statusCode, taken.json().code]).toEqual([409, "mock_api_slug_taken"]);
    const other = await admin.call("POST", "/api/admin/mock-apis", { title: "Old" });
    expect(other.json()).toMatchObject({ slug: "old-2", archivedAt: null });
  });
});
