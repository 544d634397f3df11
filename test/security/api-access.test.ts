import type { RouteOptions } from "fastify";
import { fastify } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Access } from "../../services/api/access/policy.ts";
import type { ApiContext, App } from "../../services/api/context.ts";
import { registerAccess } from "../../services/api/plugins/access.ts";
import { ApiScope } from "../../services/shared/contracts/api-token.ts";
import { insertAttempt, insertInvitation, insertSubmission } from "../support/fixtures.ts";
import { type Client, type Method, startTestApi, type TestApi } from "../support/test-api.ts";

/**
 * Every route, by everybody. The routes come from the running app, so a new one is covered the day it is added;
 * what is expected comes from the table below, not from what the route declares.
 */
const EXPECTED: Record<string, string> = {
  "GET /*": "public",
  "GET /healthz": "public",
  "GET /readyz": "public",
  "GET /metrics": "operator metrics:read",
  "GET /api/openapi.json": "public",
  "POST /api/auth/sign-in/email": "public",
  "POST /api/auth/sign-out": "public",
  "GET /api/staff/me": "staff admin,reviewer",
  "POST /api/candidate/sessions": "public",
  "GET /api/candidate/invitations/:invitationId": "candidate",
  "GET /api/candidate/invitations/:invitationId/events": "candidate",
  "POST /api/candidate/invitations/:invitationId/consent": "candidate",
  "POST /api/candidate/invitations/:invitationId/practice": "candidate",
  "DELETE /api/candidate/invitations/:invitationId/practice": "candidate",
  "POST /api/candidate/invitations/:invitationId/start": "candidate",
  "POST /api/candidate/invitations/:invitationId/requests": "candidate",
  "POST /api/candidate/invitations/:invitationId/requests/:requestId/withdraw": "candidate",
  "POST /api/candidate/invitations/:invitationId/messages/:messageId/read": "candidate",
  "GET /api/candidate/invitations/:invitationId/task": "candidate",
  "GET /api/candidate/invitations/:invitationId/datasets/:mountName": "candidate",
  "GET /api/candidate/invitations/:invitationId/mock-apis/:hostname": "candidate",
  "GET /api/candidate/invitations/:invitationId/models": "candidate",
  "POST /api/candidate/invitations/:invitationId/workspace-links": "candidate",
  "PUT /api/candidate/invitations/:invitationId/notes": "candidate",
  "POST /api/candidate/invitations/:invitationId/submit": "candidate",
  "GET /api/candidate/invitations/:invitationId/receipt": "candidate",
  "GET /api/candidate/invitations/:invitationId/archive": "candidate",
  "GET /api/review/queue": "staff admin,reviewer",
  "GET /api/review/submissions/:submissionId": "staff admin,reviewer",
  "GET /api/review/submissions/:submissionId/tree": "staff admin,reviewer",
  "GET /api/review/submissions/:submissionId/files/:side/:index": "staff admin,reviewer",
  "GET /api/review/submissions/:submissionId/model-calls": "staff admin,reviewer",
  "GET /api/review/submissions/:submissionId/model-calls/:callId": "staff admin,reviewer",
  "GET /api/review/submissions/:submissionId/packages": "staff admin,reviewer",
  "POST /api/review/submissions/:submissionId/review": "staff admin,reviewer",
  "PUT /api/review/submissions/:submissionId/review": "staff admin,reviewer",
  "POST /api/review/submissions/:submissionId/review/submit": "staff admin,reviewer",
  "GET /api/review/submissions/:submissionId/run": "staff admin,reviewer",
  "POST /api/review/submissions/:submissionId/run": "staff admin,reviewer",
  "DELETE /api/review/submissions/:submissionId/run": "staff admin,reviewer",
  "POST /api/review/submissions/:submissionId/run/workspace-links": "staff admin,reviewer",
  "POST /api/review/submissions/:submissionId/run/spending": "staff admin,reviewer",
  "GET /api/admin/assessment-versions": "staff admin admin:read",
  "GET /api/admin/board": "staff admin admin:read",
  "GET /api/admin/board/events": "staff admin admin:read",
  "GET /api/admin/submissions/:submissionId/archive": "staff admin admin:read",
  "POST /api/admin/invitations": "staff admin admin:write",
  "POST /api/admin/invitations/:invitationId/revoke": "staff admin admin:write",
  "GET /api/admin/invitations/:invitationId": "staff admin admin:read",
  "PATCH /api/admin/invitations/:invitationId": "staff admin admin:write",
  "POST /api/admin/invitations/:invitationId/reinvite": "staff admin admin:write",
  "POST /api/admin/invitations/:invitationId/emails": "staff admin admin:write",
  "POST /api/admin/invitations/bulk/check": "staff admin admin:read",
  "POST /api/admin/invitations/bulk": "staff admin admin:write",
  "POST /api/admin/attempts/:attemptId/extend": "staff admin admin:write",
  "POST /api/admin/attempts/:attemptId/messages": "staff admin admin:write",
  "POST /api/admin/attempts/:attemptId/pause": "staff admin admin:write",
  "POST /api/admin/attempts/:attemptId/resume": "staff admin admin:write",
  "POST /api/admin/attempts/:attemptId/model-outages/credit": "staff admin admin:write",
  "GET /api/admin/assessments/:assessmentId/versions/:versionId/model-treatment": "staff admin admin:read",
  "POST /api/admin/attempts/:attemptId/end": "staff admin admin:write",
  "GET /api/admin/requests": "staff admin admin:read",
  "POST /api/admin/requests/:requestId/answer": "staff admin admin:write",
  "GET /api/admin/email": "staff admin admin:read",
  "PUT /api/admin/email/templates/:name": "staff admin admin:write",
  "POST /api/admin/email/templates/:name/preview": "staff admin admin:read",
  "GET /api/admin/staff": "staff admin admin:read",
  "POST /api/admin/staff": "staff admin staff:write",
  "GET /api/admin/mock-api-versions/:versionId": "staff admin admin:read",
  "GET /api/admin/mock-api-versions/:versionId/document": "staff admin admin:read",
  "GET /api/admin/mock-apis": "staff admin admin:read",
  "GET /api/admin/mock-apis/:mockApiId": "staff admin admin:read",
  "GET /api/admin/mock-apis/:mockApiId/draft": "staff admin admin:read",
  "GET /api/admin/mock-apis/:mockApiId/draft/document": "staff admin admin:read",
  "GET /api/admin/mock-apis/:mockApiId/draft/events": "staff admin admin:read",
  "GET /api/admin/mock-apis/:mockApiId/scratch/:scratchId": "staff admin admin:read",
  "GET /api/admin/mock-apis/:mockApiId/scratch/:scratchId/requests": "staff admin admin:read",
  "GET /api/admin/mock-apis/:mockApiId/scratch/:scratchId/requests/events": "staff admin admin:read",
  "PATCH /api/admin/mock-apis/:mockApiId": "staff admin admin:write",
  "POST /api/admin/mock-apis": "staff admin admin:write",
  "POST /api/admin/mock-apis/:mockApiId/archive": "staff admin admin:write",
  "POST /api/admin/mock-apis/:mockApiId/draft/check": "staff admin admin:write",
  "POST /api/admin/mock-apis/:mockApiId/draft/proposal": "staff admin admin:read",
  "POST /api/admin/mock-apis/:mockApiId/draft/publish": "staff admin admin:write",
  "POST /api/admin/mock-apis/:mockApiId/restore": "staff admin admin:write",
  "POST /api/admin/mock-apis/:mockApiId/scratch": "staff admin admin:write",
  "POST /api/admin/mock-apis/:mockApiId/scratch/:scratchId/reset": "staff admin admin:write",
  "PUT /api/admin/mock-apis/:mockApiId/draft": "staff admin admin:write",
  "PUT /api/admin/mock-apis/:mockApiId/draft/document": "staff admin admin:write",
  "GET /api/admin/tokens": "staff admin admin:read",
  "POST /api/admin/tokens": "staff admin staff:write",
  "POST /api/admin/tokens/:tokenId/revoke": "staff admin staff:write",
  "POST /api/admin/datasets/trace": "staff admin admin:write",
  "GET /api/admin/model-upstreams": "staff admin admin:read",
  "POST /api/admin/model-upstreams": "staff admin models:write",
  "PATCH /api/admin/model-upstreams/:upstreamId": "staff admin models:write",
  "POST /api/admin/model-upstreams/:upstreamId/test": "staff admin models:write",
  "POST /api/admin/model-upstreams/:upstreamId/models": "staff admin models:write",
  "PATCH /api/admin/model-upstreams/:upstreamId/models/:modelId": "staff admin models:write",
  "GET /api/admin/audit": "staff admin admin:read",
  "GET /api/admin/audit/facets": "staff admin admin:read",
  "GET /api/admin/audit/check": "staff admin admin:read",
  "GET /api/admin/audit/export": "staff admin admin:read",
  "GET /api/admin/assessments": "staff admin admin:read",
  "GET /api/admin/assessments/options": "staff admin admin:read",
  "POST /api/admin/assessments": "staff admin admin:write",
  "GET /api/admin/assessments/:assessmentId": "staff admin admin:read",
  "GET /api/admin/assessments/:assessmentId/versions/:versionId": "staff admin admin:read",
  "POST /api/admin/assessments/:assessmentId/clone": "staff admin admin:write",
  "POST /api/admin/assessments/:assessmentId/archive": "staff admin admin:write",
  "POST /api/admin/assessments/:assessmentId/restore": "staff admin admin:write",
  "GET /api/admin/assessments/:assessmentId/draft": "staff admin admin:read",
  "PUT /api/admin/assessments/:assessmentId/draft": "staff admin admin:write",
  "GET /api/admin/assessments/:assessmentId/draft/events": "staff admin admin:read",
  "GET /api/admin/assessments/:assessmentId/export": "staff admin admin:read",
  "POST /api/admin/assessments/import": "staff admin admin:write",
  "GET /api/admin/assessments/imports/:importId": "staff admin admin:read",
  "POST /api/admin/assessments/:assessmentId/draft/check": "staff admin admin:write",
  "POST /api/admin/assessments/:assessmentId/draft/trial": "staff admin admin:write",
  "POST /api/admin/assessments/:assessmentId/draft/publish": "staff admin admin:write",
  "OPTIONS /api/admin/uploads": "staff admin admin:read",
  "POST /api/admin/uploads": "staff admin admin:write",
  "GET /api/admin/uploads/:uploadId": "staff admin admin:write",
  "PATCH /api/admin/uploads/:uploadId": "staff admin admin:write",
  "DELETE /api/admin/uploads/:uploadId": "staff admin admin:write",
  "GET /api/admin/datasets": "staff admin admin:read",
  "POST /api/admin/datasets": "staff admin admin:write",
  "GET /api/admin/datasets/:datasetId": "staff admin admin:read",
  "PATCH /api/admin/datasets/:datasetId": "staff admin admin:write",
  "POST /api/admin/datasets/:datasetId/imports": "staff admin admin:write",
  "GET /api/admin/dataset-versions/:versionId": "staff admin admin:read",
  "GET /api/admin/dataset-versions/:versionId/tables/:table/rows": "staff admin admin:read",
  "GET /api/admin/dataset-imports/:importId": "staff admin admin:read",
  "GET /api/admin/dataset-imports/:importId/events": "staff admin admin:read",
  "GET /api/admin/dataset-imports/:importId/tables/:table/rows": "staff admin admin:read",
  "PUT /api/admin/dataset-imports/:importId/choices": "staff admin admin:write",
  "POST /api/admin/dataset-imports/:importId/publish": "staff admin admin:write",
  "POST /api/admin/dataset-imports/:importId/cancel": "staff admin admin:write",
};

const DENIALS = new Set([
  "cross_site_request",
  "sign_in_required",
  "candidate_session_required",
  "forbidden",
  "missing_scope",
]);

let api: TestApi;
let routes: { method: Method; url: string }[];
let params: Record<string, string>;
let callers: Record<string, Client>;
let revocableId: string;

beforeAll(async () => {
  routes = [];
  api = await startTestApi({ onRoute: collect });
  const { id: invitationId } = await insertInvitation(api.db);
  const attemptId = await insertAttempt(api.db, { invitationId, state: "submitted" });
  const submission = await insertSubmission(api.db, api.blobs, { attemptId });
  params = {
    invitationId,
    attemptId,
    submissionId: submission.id,
    mountName: "x",
    hostname: "x.internal",
    side: "submission",
    index: "0",
    tokenId: "00000000-0000-4000-8000-000000000000",
    uploadId: "00000000-0000-4000-8000-000000000000",
    datasetId: "00000000-0000-4000-8000-000000000000",
    importId: "00000000-0000-4000-8000-000000000000",
    table: "x",
    requestId: "00000000-0000-4000-8000-000000000001",
    messageId: "00000000-0000-4000-8000-000000000002",
    name: "invitation",
    assessmentId: "00000000-0000-4000-8000-000000000000",
    versionId: "00000000-0000-4000-8000-000000000000",
  };
  const other = await insertInvitation(api.db);
  revocableId = (await insertInvitation(api.db)).id;
  const token = async (...scopes: ApiScope[]) => api.client((await api.token(...scopes)).headers);
  callers = {
    anonymous: api.anonymous,
    candidate: api.candidate(invitationId),
    "another candidate": api.candidate(other.id),
    reviewer: await api.staff("reviewer"),
    admin: await api.staff("admin"),
    "token without scope": await token(),
    ...Object.fromEntries(
      await Promise.all(ApiScope.options.map(async (scope) => [scope, await token(scope)])),
    ),
  };
});
afterAll(() => api?.close());

function collect(route: RouteOptions): void {
  for (const method of [route.method].flat() as Method[]) routes.push({ method, url: route.url });
}

/** These two really act when they are called; what they act on must not be needed any more. */
function addressOf(url: string): string {
  const invitationId = url.endsWith("/revoke") ? revocableId : params.invitationId!;
  return url
    .replace(/:(\w+)/g, (_match, name: string) => (name === "invitationId" ? invitationId : params[name]!))
    .replace("*", "");
}

function signOutLast(left: { url: string }, right: { url: string }): number {
  return Number(left.url.endsWith("/sign-out")) - Number(right.url.endsWith("/sign-out"));
}

/** Whether the table lets the caller in. */
function isExpected(rule: string, caller: string): boolean {
  const [kind, first, second] = rule.split(" ");
  if (kind === "public") return true;
  if (kind === "candidate") return caller === "candidate";
  // `inject` comes from 127.0.0.1, so for this route everybody without a token is local.
  if (kind === "operator") return !(caller in tokens()) || caller === first;
  return first!.split(",").includes(caller) || (second !== undefined && caller === second);
}

function tokens(): Record<string, true> {
  return Object.fromEntries(["token without scope", ...ApiScope.options].map((name) => [name, true]));
}

async function isLetIn(client: Client, method: Method, url: string): Promise<boolean> {
  const path = addressOf(url);
  // A body that is refused after the caller was let in: what counts is which refusal comes.
  const body = method === "GET" || method === "HEAD" ? undefined : { unexpected: true };
  const response = await client.call(method, path, body);
  if (method === "HEAD") return response.statusCode !== 401 && response.statusCode !== 403;
  return !(response.statusCode >= 401 && DENIALS.has(response.json().code));
}

describe("every route", () => {
  it("is in the table, and the table has no others", () => {
    const found = routes
      .filter(({ method }) => method !== "HEAD")
      .map(({ method, url }) => `${method} ${url}`);
    expect(found.sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it("lets in exactly who is meant to be", async () => {
    const wrong: string[] = [];
    let checked = 0;
    for (const { method, url } of [...routes].sort(signOutLast)) {
      // An event stream or a page does not end or is no JSON; both are looked at below.
      if (url.endsWith("/events") || url === "/*") continue;
      const rule = EXPECTED[`${method === "HEAD" ? "GET" : method} ${url}`]!;
      for (const [name, client] of Object.entries(callers)) {
        const letIn = await isLetInSafely(client, method, url);
        checked++;
        if (letIn !== isExpected(rule, name))
          wrong.push(`${name} ${letIn ? "may" : "may not"} ${method} ${url}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(400);
  });

  it("has HEAD only where GET is, with the same rule", () => {
    const heads = routes.filter(({ method }) => method === "HEAD").map(({ url }) => url);
    expect(heads.length).toBeGreaterThan(10);
    for (const url of heads) expect(EXPECTED).toHaveProperty([`GET ${url}`]);
    expect(heads.filter((url) => /\/(events|archive|export)$/.test(url))).toEqual([]);
  });

  /** Archives and metrics answer with no JSON when they answer. */
  async function isLetInSafely(client: Client, method: Method, url: string): Promise<boolean> {
    const isDownload = method === "GET" && /\/(archive|export)$/.test(url);
    if (!isDownload && url !== "/metrics") return isLetIn(client, method, url);
    const path = addressOf(url);
    const response = await client.call(method, path);
    if (method === "HEAD") return response.statusCode === 200;
    return response.statusCode < 400 || !DENIALS.has(response.json().code);
  }
});

describe("event streams", () => {
  it.each([
    ["candidate", ["candidate"]],
    ["board", ["admin", "admin:read"]],
  ] as const)("of the %s are refused to all but %j", async (which, allowed) => {
    const path =
      which === "board"
        ? "/api/admin/board/events"
        : `/api/candidate/invitations/${params.invitationId}/events`;
    for (const [name, client] of Object.entries(callers)) {
      if ((allowed as readonly string[]).includes(name)) continue;
      const response = await client.call("GET", path);
      expect([401, 403], name).toContain(response.statusCode);
    }
  });
});

describe("a route without a policy", () => {
  const makeApp = (access: Access | undefined) => {
    const app = fastify() as unknown as App;
    registerAccess(app, {} as ApiContext);
    return () => app.get("/open", { config: access ? { access } : {} }, () => "secret");
  };

  it("stops the process from starting", () => {
    expect(makeApp(undefined)).toThrow("does not declare who may call it");
  });

  it("is the only thing refused: one with a policy is taken", () => {
    expect(makeApp({ kind: "public" })).not.toThrow();
  });
});
