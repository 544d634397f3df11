import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AssessmentDraft } from "../../services/shared/contracts/assessment-draft.ts";
import { completeDraft } from "../support/assessment-fixture.ts";
import { insertAttempt, insertInvitation } from "../support/fixtures.ts";
import { almost } from "../support/hostile-values.ts";
import { insertStudio, STUDIO_DOCUMENT, type StudioFixture } from "../support/studio-fixture.ts";
import { type Client, type Method, startTestApi, type TestApi } from "../support/test-api.ts";

/**
 * Bodies that are right but for one or two places, for what the studio writes: they come further into the handlers
 * than bodies that are made up. Never a 5xx, and what was right was taken.
 */
let api: TestApi;
let admin: Client;
let studio: StudioFixture;
let attemptId: string;

beforeAll(async () => {
  api = await startTestApi({ config: { smtpUrl: "smtp://127.0.0.1:1" } });
  admin = await api.staff("admin");
  studio = await insertStudio(api, admin);
  const running = await insertInvitation(api.db);
  attemptId = await insertAttempt(api.db, { invitationId: running.id, sandbox: "ready" });
});
afterAll(() => api?.close());

type Call = [method: Method, path: string, body: unknown, reset?: () => Promise<unknown>];

const draftAgain = (table: "assessment_draft" | "mock_api_draft") => () =>
  api.db.updateTable(table).set({ revision: 1, check_state: "none" }).execute();
const importAgain = () => api.db.updateTable("dataset_import").set({ revision: 1, state: "ready" }).execute();

const binding = {
  formatVersion: 1,
  collections: {
    orders: {
      table: "orders",
      id: "id",
      properties: { id: { type: "integer" }, status: { type: "string", nullable: true } },
      search: ["status"],
    },
  },
  operations: {
    listOrders: {
      kind: "list",
      collection: "orders",
      filters: { status: { property: "status", comparison: "eq" } },
      sort: { names: {}, properties: ["id"], default: "id" },
      envelope: { items: null, fields: {} },
    },
  },
};
const weather = {
  rules: [
    {
      name: "Slow",
      operations: ["listOrders"],
      rate: { kind: "probability", probability: 0.5 },
      fault: { kind: "latency", delay: { shape: "constant", ms: 10 } },
    },
  ],
};

function calls(): Record<string, Call> {
  const { assessmentId, assessmentVersionId, datasetId, importId, mockApiId, uploadId } = studio;
  const draft = `/api/admin/assessments/${assessmentId}/draft`;
  const mockDraft = `/api/admin/mock-apis/${mockApiId}/draft`;
  const imports = `/api/admin/dataset-imports/${importId}`;
  const invitation = `/api/admin/invitations/${studio.invitationId}`;
  const soon = new Date(Date.now() + 7 * 86_400_000).toISOString();
  const bulk = {
    assessmentVersionId,
    text: "name,email\nAnn Lee,ann@example.com\n",
    timeZone: "Europe/Berlin",
  };
  const mail = { subject: "For {{role}}", body: "Hello {{candidate_name}},\n{{link}}" };
  const invited = { assessmentVersionId, candidateName: "Ann Lee", candidateEmail: "ann@example.com" };
  const pins = {
    datasets: [{ datasetVersionId: studio.datasetVersionId, mountName: "orders", delivery: {} }],
    mockApis: [{ mockApiVersionId: studio.mockApiVersionId, hostname: "orders.internal" }],
  };
  const budget = { usd: 5, tokens: 1_000_000 };
  const helper = { alias: "helper", modelIds: [studio.modelId] };
  const rules = { enabled: true, allow: ["pandas", "types-*"], deny: [] };
  const offered: Pick<AssessmentDraft, "models" | "packages" | "aiPolicy"> = {
    aiPolicy: { kind: "assistant", statement: "Work with it." },
    models: {
      kind: "metered",
      models: [
        { alias: "small", modelIds: [studio.modelId], missing: [{ upstream: "Other", name: "large" }] },
      ],
      budget,
      limits: { requestsPerMin: 60, parallel: 4, maxOutputTokens: 4096 },
      assistant: { model: helper, budget },
    },
    packages: { kind: "mirror", npm: rules, pypi: rules, maxFileMib: 200, maxTotalMib: 2048 },
  };
  const price = { inputUsdPerMTok: 0.25, cachedInputUsdPerMTok: 0.025, outputUsdPerMTok: 2 };
  const upstream = `/api/admin/model-upstreams/${studio.upstreamId}`;
  const model = `${upstream}/models/${studio.modelId}`;
  const content = completeDraft({ ...pins, ...offered } as never);
  const saved = draftAgain("assessment_draft");
  const savedMock = draftAgain("mock_api_draft");
  return {
    "draft of an assessment": ["PUT", draft, { revision: 1, content }, saved],
    "check of an assessment": ["POST", `${draft}/check`, { revision: 1 }, saved],
    "clone of an assessment": ["POST", `/api/admin/assessments/${assessmentId}/clone`, { title: "Again" }],
    "import of an assessment": ["POST", "/api/admin/assessments/import", { uploadId: studio.exportUploadId }],
    "draft of a mock API": ["PUT", mockDraft, { revision: 1, bindings: binding, weather }, savedMock],
    "document of a mock API": [
      "PUT",
      `${mockDraft}/document`,
      { revision: 1, fileName: "a.json", text: JSON.stringify(STUDIO_DOCUMENT) },
      savedMock,
    ],
    "proposal of bindings": ["POST", `${mockDraft}/proposal`, { datasetVersionId: studio.datasetVersionId }],
    "scratch instance": [
      "POST",
      `/api/admin/mock-apis/${mockApiId}/scratch`,
      { versionId: studio.mockApiVersionId },
    ],
    "import of files": [
      "POST",
      `/api/admin/datasets/${datasetId}/imports`,
      { files: [{ uploadId, reading: { encoding: "utf-8", delimiter: ",", header: true } }] },
    ],
    "import of a version": [
      "POST",
      `/api/admin/datasets/${datasetId}/imports`,
      { versionId: studio.datasetVersionId },
    ],
    "choices of an import": [
      "PUT",
      `${imports}/choices`,
      {
        revision: 1,
        choices: { columns: { orders: { status: "mask" } }, leftOut: [], candidateFiles: "written" },
      },
      importAgain,
    ],
    "publishing an import": ["POST", `${imports}/publish`, { revision: 1 }, importAgain],
    dataset: [
      "PATCH",
      `/api/admin/datasets/${datasetId}`,
      { title: "Orders", description: "", archived: false },
    ],
    upstream: [
      "POST",
      "/api/admin/model-upstreams",
      { name: "House", baseUrl: "http://models.house.example:8000/v1", apiKey: "sk-0123456789abcdef" },
      () => api.db.deleteFrom("model_upstream").where("id", "!=", studio.upstreamId).execute(),
    ],
    "change of an upstream": ["PATCH", upstream, { name: "Made up", archived: false }],
    model: [
      "POST",
      `${upstream}/models`,
      { name: "meta-llama/Llama-3.1-8B", kind: "chat", price },
      () => api.db.deleteFrom("model").where("id", "!=", studio.modelId).execute(),
    ],
    "price of a model": ["PATCH", model, { price, archived: false }],
    trace: ["POST", "/api/admin/datasets/trace", { text: "orders 123456" }],
    "one invitation": ["POST", "/api/admin/invitations", invited],
    "table of invitations, looked at": ["POST", "/api/admin/invitations/bulk/check", bulk],
    "table of invitations": [
      "POST",
      "/api/admin/invitations/bulk",
      { ...bulk, text: "name,email\nBo Ray,bo@example.com\n", idempotencyKey: randomUUID() },
    ],
    "edit of an invitation": ["PATCH", invitation, { expiresAt: soon, extraTimeFactor: 1.5 }],
    "invitation anew": ["POST", `${invitation}/reinvite`, { extraTimeFactor: 1.25, sendEmail: true }],
    "answer to a request": [
      "POST",
      `/api/admin/requests/${studio.requestId}/answer`,
      { decision: "grant", answer: "Of course.", expiresAt: soon, sendEmail: true },
      () =>
        Promise.all([
          api.db.updateTable("candidate_request").set({ state: "open" }).execute(),
          api.db.updateTable("invitation").set({ revoked_at: null }).execute(),
        ]),
    ],
    "template of a mail": [
      "PUT",
      "/api/admin/email/templates/invitation",
      { revision: 0, ...mail },
      () => api.db.deleteFrom("email_template").execute(),
    ],
    "preview of a mail": ["POST", "/api/admin/email/templates/invitation/preview", mail],
    message: ["POST", `/api/admin/attempts/${attemptId}/messages`, { text: "Hello" }],
    "more time": ["POST", `/api/admin/attempts/${attemptId}/extend`, { seconds: 60, reason: "Fire drill" }],
    pause: ["POST", `/api/admin/attempts/${attemptId}/pause`, { reason: "Fire drill" }],
    token: ["POST", "/api/admin/tokens", { name: "CI", scopes: ["admin:read"], expiresAt: null }],
  };
}

it("nothing that is almost right fails on our side, and what is right is taken", async () => {
  const refused: string[] = [];
  for (const [name, [method, url, right, reset]] of Object.entries(calls())) {
    let wasTaken = false;
    await fc.assert(
      fc.asyncProperty(almost(right), async (body) => {
        await reset?.();
        const response = await admin.call(method, url, (body ?? {}) as object);
        wasTaken ||= response.statusCode < 300;
        if (response.statusCode >= 500) throw new Error(`${method} ${url} answered ${response.body}`);
      }),
      { numRuns: 60, examples: [[right]], interruptAfterTimeLimit: 3000 },
    );
    if (wasTaken) continue;
    await reset?.();
    refused.push(`${name}: ${(await admin.call(method, url, right as object)).body}`);
  }
  expect(refused).toEqual([]);
}, 240_000);
