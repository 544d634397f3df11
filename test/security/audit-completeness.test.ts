import { randomUUID } from "node:crypto";
import type { RouteOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { completeDraft } from "../support/assessment-fixture.ts";
import { insertAttempt, insertHost, insertInvitation, insertSubmission } from "../support/fixtures.ts";
import { insertModelCall } from "../support/model-call-fixture.ts";
import { insertModelAttempt } from "../support/models-fixture.ts";
import { insertRun, submitAttempt } from "../support/run-fixture.ts";
import {
  insertStoredUpload,
  insertStudio,
  STUDIO_DOCUMENT,
  type StudioFixture,
} from "../support/studio-fixture.ts";
import { type Client, type Method, startTestApi, type TestApi } from "../support/test-api.ts";

/**
 * What routes say of themselves against what they do: each mutating staff route that declares an action leaves
 * exactly one event of that action when it succeeds, and none at all when it refuses. The routes come from the
 * running app, so that one that is added and not called here is noticed.
 */
interface Audited {
  method: Method;
  url: string;
  action: string;
}

const NOBODY = "00000000-0000-4000-8000-000000000000";
/** Called elsewhere: what they need is more than a row (sealed work, a container, a check that passed). */
const ELSEWHERE = [
  "review.submit",
  "assessment.try",
  "assessment.publish",
  "mock_api.publish",
  "attempt.resume",
  "invitation.email",
];

let api: TestApi;
let admin: Client & { id: string };
let studio: StudioFixture;
let audited: Audited[];

beforeAll(async () => {
  audited = [];
  api = await startTestApi({ onRoute: collect });
  admin = await api.staff("admin");
  studio = await insertStudio(api, admin);
});
afterAll(() => api?.close());

function collect({ method, url, config }: RouteOptions): void {
  for (const one of [method].flat() as Method[])
    if (typeof config?.audit === "string") audited.push({ method: one, url, action: config.audit });
}

const newestId = async () => {
  const row = await api.db
    .selectFrom("audit_event")
    .select((select) => select.fn.max("id").as("id"))
    .executeTakeFirstOrThrow();
  return Number(row.id ?? 0);
};
const actionsAfter = async (id: number) => {
  const rows = await api.db
    .selectFrom("audit_event")
    .select("action")
    .where("id", ">", id)
    .orderBy("id")
    .execute();
  return rows.map(({ action }) => action);
};

type Params = Record<string, string>;
interface Case {
  params?: Params;
  body?: object;
  /** What the same route refuses; by default the same body for things that are not there. */
  refused?: { params?: Params; body?: object; status: number };
}

const running = async (state: "running" | "submitted" = "running") => {
  const { id: invitationId } = await insertInvitation(api.db);
  const attemptId = await insertAttempt(api.db, { invitationId, state, sandbox: "ready" });
  return { invitationId, attemptId };
};

/** The admin's own run of a submission whose assessment has models. */
async function openRun() {
  const attemptId = await insertModelAttempt({ db: api.db }, api.config.secret, {
    upstreams: [{ baseUrl: "http://127.0.0.1:1/v1" }],
  });
  const submissionId = await submitAttempt(api.db, api.blobs, attemptId);
  await insertRun(api.db, { submissionId, reviewerId: admin.id });
  return { params: { submissionId } };
}

/** By action; where two routes share one, by method and address. */
const CASES: Record<string, () => Case | Promise<Case>> = {
  "invitation.create": () => ({
    body: {
      assessmentVersionId: studio.assessmentVersionId,
      candidateName: "A",
      candidateEmail: "a@example.com",
    },
    refused: {
      body: { assessmentVersionId: NOBODY, candidateName: "A", candidateEmail: "a@example.com" },
      status: 404,
    },
  }),
  "invitation.create_bulk": () => {
    const body = {
      assessmentVersionId: studio.assessmentVersionId,
      text: "name,email\nAnn Lee,ann.lee@example.com\n",
      idempotencyKey: randomUUID(),
    };
    return {
      body,
      refused: { body: { ...body, idempotencyKey: randomUUID(), text: "name,email\nAnn,no\n" }, status: 422 },
    };
  },
  "invitation.edit": () => ({
    params: { invitationId: studio.invitationId },
    body: { extraTimeFactor: 1.5 },
  }),
  "invitation.revoke": async () => ({
    params: { invitationId: (await insertInvitation(api.db)).id },
    body: { reason: "withdrawn" },
  }),
  "invitation.reinvite": () => ({ params: { invitationId: studio.invitationId }, body: {} }),
  "request.answer": async () => {
    const { id: invitation_id } = await insertInvitation(api.db);
    const { id } = await api.db
      .insertInto("candidate_request")
      .values({ invitation_id, kind: "extra_time", message: "Please" })
      .returning("id")
      .executeTakeFirstOrThrow();
    return { params: { requestId: id }, body: { decision: "decline", answer: "No." } };
  },
  "email_template.edit": () => ({
    params: { name: "invitation" },
    body: { revision: 0, subject: "Come", body: "{{link}}" },
    refused: {
      params: { name: "invitation" },
      body: { revision: 7, subject: "Other", body: "{{link}}" },
      status: 409,
    },
  }),
  "attempt.extend": async () => ({ params: await running(), body: { seconds: 60, reason: "Fire drill" } }),
  "attempt.message": async () => ({ params: await running(), body: { text: "Hello" } }),
  "attempt.pause": async () => ({ params: await running(), body: { reason: "Fire drill" } }),
  "attempt.end": async () => ({ params: await running(), body: { reason: "Agreed" } }),
  "attempt.credit_outage": async () => {
    const { attemptId } = await running();
    const from = new Date(Date.now() - 60_000);
    for (const at of [from, new Date()])
      await insertModelCall(api.db, api.config.secret, { attemptId, at, outcome: "upstream_failed" });
    const refused = { params: { attemptId }, body: { from: new Date(0).toISOString() }, status: 404 };
    return { params: { attemptId }, body: { from: from.toISOString() }, refused };
  },
  "staff.create": () => {
    const body = {
      name: "New",
      email: "new@example.com",
      role: "reviewer",
      password: "correct horse battery",
    };
    return { body, refused: { body, status: 409 } };
  },
  "api_token.create": () => ({
    body: { name: "CI", scopes: ["admin:read"] },
    refused: {
      body: { name: "CI", scopes: ["admin:read"], expiresAt: "2001-01-01T00:00:00.000Z" },
      status: 400,
    },
  }),
  "api_token.revoke": async () => {
    const created = await admin.call("POST", "/api/admin/tokens", { name: "CI", scopes: ["admin:read"] });
    return { params: { tokenId: created.json().item.id } };
  },
  "review.start": async () => {
    const { attemptId } = await running("submitted");
    const { id } = await insertSubmission(api.db, api.blobs, { attemptId });
    return { params: { submissionId: id } };
  },
  "run.start": async () => {
    await insertHost(api.db);
    const { attemptId } = await running("submitted");
    const { id } = await insertSubmission(api.db, api.blobs, { attemptId });
    return { params: { submissionId: id } };
  },
  "run.end": openRun,
  "run.allow_spending": async () => ({ ...(await openRun()), body: { usd: 1 } }),
  "dataset.create": () => ({ body: { title: "New" }, refused: { body: { title: "" }, status: 400 } }),
  "dataset.update": () => ({ params: { datasetId: studio.datasetId }, body: { description: "More" } }),
  "dataset.import": () => ({
    params: { datasetId: studio.datasetId },
    body: { files: [{ uploadId: studio.uploadId }] },
  }),
  "dataset.choose_columns": () => ({
    params: { importId: studio.importId },
    body: { revision: 1, choices: { columns: { orders: { status: "mask" } }, candidateFiles: "written" } },
    refused: { params: { importId: studio.importId }, body: { revision: 1, choices: {} }, status: 409 },
  }),
  "dataset.publish": () => ({
    params: { importId: studio.importId },
    body: { revision: 2 },
    refused: { params: { importId: studio.importId }, body: { revision: 2 }, status: 409 },
  }),
  "dataset.cancel_import": () => ({
    params: { importId: studio.importId },
    refused: { params: { importId: studio.importId }, status: 409 },
  }),
  "dataset.trace": () => ({
    body: { text: "nothing" },
    refused: { body: { uploadId: NOBODY }, status: 404 },
  }),
  "mock_api.create": () => ({ body: { title: "New" }, refused: { body: { title: "" }, status: 400 } }),
  "mock_api.rename": () => ({ params: { mockApiId: studio.mockApiId }, body: { title: "Other" } }),
  "mock_api.archive": () => ({ params: { mockApiId: studio.mockApiId } }),
  "mock_api.restore": () => ({ params: { mockApiId: studio.mockApiId } }),
  "mock_api.put_document": () => {
    const params = { mockApiId: studio.mockApiId };
    const body = { revision: 1, fileName: "a.json", text: JSON.stringify(STUDIO_DOCUMENT) };
    return { params, body, refused: { params, body, status: 409 } };
  },
  "mock_api.try": () => ({ params: { mockApiId: studio.mockApiId }, body: {} }),
  "model_upstream.create": () => {
    const body = { name: "House", baseUrl: "http://127.0.0.1:1/v1", apiKey: "sk-0123456789abcdef" };
    return { body, refused: { body, status: 409 } };
  },
  "model_upstream.update": () => ({ params: { upstreamId: studio.upstreamId }, body: { name: "Made up" } }),
  "model_upstream.test": () => ({ params: { upstreamId: studio.upstreamId } }),
  "model.create": () => {
    const params = { upstreamId: studio.upstreamId };
    const body = { name: "mock-large", kind: "chat", price: null };
    return { params, body, refused: { params, body, status: 409 } };
  },
  "model.update": () => ({
    params: { upstreamId: studio.upstreamId, modelId: studio.modelId },
    body: { archived: true },
  }),
  "assessment.create": () => ({ body: { title: "New" }, refused: { body: { title: "" }, status: 400 } }),
  "assessment.clone": () => ({ params: { assessmentId: studio.assessmentId }, body: { title: "Again" } }),
  "assessment.archive": () => ({ params: { assessmentId: studio.assessmentId } }),
  "assessment.restore": () => ({ params: { assessmentId: studio.assessmentId } }),
  "assessment.check": async () => {
    const params = { assessmentId: studio.assessmentId };
    const saved = await admin.call("PUT", `/api/admin/assessments/${studio.assessmentId}/draft`, {
      revision: 1,
      content: completeDraft(),
    });
    const { revision } = saved.json();
    return { params, body: { revision }, refused: { params, body: { revision: revision + 1 }, status: 409 } };
  },
  "assessment.import": () => ({
    body: { uploadId: studio.exportUploadId },
    refused: { body: { uploadId: studio.uploadId }, status: 409 },
  }),
  "upload.cancel": async () => {
    const id = await insertStoredUpload(api, "dataset", "a.csv", "a");
    await api.db
      .updateTable("upload")
      .set({ state: "receiving", sha256: null })
      .where("id", "=", id)
      .execute();
    return { params: { uploadId: id } };
  },
};

/** In the order of the table: some need what others left. */
const call = async ({ method, url }: Audited, params: Params, body: object | undefined) => {
  const address = url.replace(/:(\w+)/g, (_match, name: string) => params[name] ?? NOBODY);
  return admin.call(method, address, body ?? (method === "DELETE" ? undefined : {}));
};

describe("a route that says what the audit log records", () => {
  it("is called here, or named as called elsewhere", () => {
    const actions = new Set(audited.map(({ action }) => action));
    // Bytes with headers of their own: below.
    const known = [...Object.keys(CASES), ...ELSEWHERE, "upload.create", "upload.complete"];
    expect([...actions].sort()).toEqual([...new Set(known)].sort());
    expect(Object.keys(CASES).length).toBeGreaterThan(30);
  });

  it.each(Object.keys(CASES))("%s: one event when it succeeds, none when it refuses", async (action) => {
    const route = audited.find((one) => one.action === action)!;
    const { params = {}, body, refused } = await CASES[action]!();
    const before = await newestId();
    const done = await call(route, params, body);
    expect([done.statusCode < 300, done.statusCode < 300 ? "" : done.body]).toEqual([true, ""]);
    const actions = await actionsAfter(before);
    expect(actions.filter((one) => one === action)).toEqual([action]);
    const after = await newestId();
    const { status, ...wrong } = refused ?? { status: 404 };
    const denied = await call(route, wrong.params ?? {}, refused ? wrong.body : body);
    expect(denied.statusCode, denied.body).toBe(status);
    expect(await actionsAfter(after)).toEqual([]);
  });

  it("leaves no event for somebody who may not call it", async () => {
    const reviewer = await api.staff("reviewer");
    const token = await api.token("admin:read");
    const before = await newestId();
    for (const { method, url } of audited) {
      if (url.startsWith("/api/review/")) continue;
      const address = url.replace(/:\w+/g, NOBODY);
      const body = method === "DELETE" ? undefined : {};
      expect((await reviewer.call(method, address, body)).statusCode, url).toBe(403);
      expect((await token.call(method, address, body)).statusCode, url).toBe(403);
    }
    expect(await actionsAfter(before)).toEqual([]);
  });

  it("records an upload when it is announced and when it is there, and nothing of one that is refused", async () => {
    const before = await newestId();
    const send = (length: string) =>
      api.app.inject({
        method: "POST",
        url: "/api/admin/uploads",
        headers: {
          ...admin.headers,
          "content-type": "application/offset+octet-stream",
          "upload-length": length,
          "upload-metadata": `filename ${btoa("a.csv")},purpose ${btoa("dataset")}`,
        },
        payload: "id\n1\n",
      });
    expect((await send("5")).statusCode).toBe(201);
    expect(await actionsAfter(before)).toEqual(["upload.create", "upload.complete"]);
    const after = await newestId();
    expect((await send("many")).statusCode).toBe(400);
    expect(await actionsAfter(after)).toEqual([]);
  });
});
