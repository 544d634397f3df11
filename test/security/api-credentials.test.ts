import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ApiScope } from "../../services/shared/contracts/api-token.ts";
import { insertInvitation } from "../support/fixtures.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe("credentials", () => {
  const board = "/api/admin/board";

  it.each(["revoked_at", "expires_at"] as const)(
    "of a token with %s in the past are void",
    async (column) => {
      const client = await api.token("admin:read");
      expect((await client.call("GET", board)).statusCode).toBe(200);
      const newest = api.db.selectFrom("api_token").select("id").orderBy("created_at", "desc").limit(1);
      await api.db
        .updateTable("api_token")
        .set({ [column]: new Date(Date.now() - 1000) })
        .where("id", "=", newest)
        .execute();
      const response = await client.call("GET", board);
      expect([response.statusCode, response.json().code]).toEqual([401, "invalid_api_token"]);
    },
  );

  it.each(["Bearer wsk_short", "Bearer ", "Basic YTpi", `Bearer wsk_${"A".repeat(43)}`, ""])(
    "%j are refused, also beside a good cookie",
    async (authorization) => {
      const cookie = (await api.staff("admin")).headers.cookie!;
      const response = await api.client({ cookie, authorization }).call("GET", board);
      expect([response.statusCode, response.json().code]).toEqual([401, "invalid_api_token"]);
    },
  );

  it("of a token do not make a review", async () => {
    const client = await api.token(...ApiScope.options);
    expect((await client.call("GET", "/api/review/queue")).json().code).toBe("missing_scope");
  });

  it("end with the account's role", async () => {
    const admin = await api.staff("admin");
    expect((await admin.call("GET", board)).statusCode).toBe(200);
    await api.db.updateTable("staff_user").set({ role: "reviewer" }).where("id", "=", admin.id).execute();
    expect((await admin.call("GET", board)).statusCode).toBe(403);
  });

  it("end with signing out", async () => {
    const admin = await api.staff("admin");
    expect((await admin.call("POST", "/api/auth/sign-out", {})).statusCode).toBe(200);
    expect((await admin.call("GET", board)).statusCode).toBe(401);
  });

  const tampered: [string, (cookie: string) => string][] = [
    ["cut", (cookie) => cookie.slice(0, -3)],
    ["of an unknown session", (cookie) => cookie.replace(/=[A-Za-z0-9]{8}/, "=AAAAAAAA")],
    ["empty", () => "worksample.session_token="],
    ["percent signs", () => "worksample.session_token=%E0%A4%A"],
  ];
  it.each(tampered)("in a staff cookie that is %s are refused", async (_name, tamper) => {
    const cookie = (await api.staff("admin")).headers.cookie!;
    expect((await api.client({ cookie }).call("GET", board)).statusCode).toBe(200);
    expect((await api.client({ cookie: tamper(cookie) }).call("GET", board)).statusCode).toBe(401);
  });
});

describe("a candidate's cookie", () => {
  let invitationId: string;
  beforeAll(async () => {
    invitationId = (await insertInvitation(api.db)).id;
  });
  const path = () => `/api/candidate/invitations/${invitationId}`;
  const sealed = (purpose: string, payload: Record<string, unknown>) =>
    api.client({ cookie: `ws_candidate=${api.sealer.seal(purpose, payload)}` });
  const good = () => ({ invitationId, linkGeneration: 1, issuedAt: Date.now() });

  it("that is good is taken", async () => {
    expect((await sealed("candidate-session", good()).call("GET", path())).statusCode).toBe(200);
  });

  const bad: [string, () => Client][] = [
    ["of another purpose", () => sealed("workspace-cookie", good())],
    ["of an earlier link", () => sealed("candidate-session", { ...good(), linkGeneration: 0 })],
    ["31 days old", () => sealed("candidate-session", { ...good(), issuedAt: Date.now() - 31 * 86_400_000 })],
    ["of the wrong shape", () => sealed("candidate-session", { invitationId })],
    [
      "forged",
      () =>
        api.client({
          cookie: `ws_candidate=${Buffer.from(JSON.stringify(good())).toString("base64url")}.AAAA`,
        }),
    ],
  ];
  it.each(bad)("%s is refused", async (_name, client) => {
    const response = await client().call("GET", path());
    expect([response.statusCode, response.json().code]).toEqual([401, "candidate_session_required"]);
  });
});

describe("metrics", () => {
  const get = (options: { remoteAddress?: string; headers?: Record<string, string> }) =>
    api.app.inject({ method: "GET", url: "/metrics", ...options });

  it("are read from this machine", async () => {
    expect((await get({ remoteAddress: "127.0.0.1" })).statusCode).toBe(200);
  });

  it.each([
    ["another machine", { remoteAddress: "10.0.0.9" }],
    ["a proxy on this machine", { remoteAddress: "127.0.0.1", headers: { "x-forwarded-for": "10.0.0.9" } }],
    [
      "another machine that says it is this one",
      { remoteAddress: "10.0.0.9", headers: { "x-forwarded-for": "127.0.0.1" } },
    ],
  ])("are not for %s", async (_name, options) => {
    expect((await get(options)).statusCode).toBe(401);
  });
});
