import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertInvitation } from "../support/fixtures.ts";
import { ORIGIN, startTestApi, type TestApi } from "../support/test-api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe("requests from other sites", () => {
  const attack = async (headers: Record<string, string>) => {
    const { id } = await insertInvitation(api.db);
    const cookie = api.candidate(id).headers.cookie!;
    const url = `/api/candidate/invitations/${id}/practice`;
    const response = await api.app.inject({ method: "POST", url, headers: { cookie, ...headers } });
    const started = await api.db.selectFrom("attempt").select("id").where("invitation_id", "=", id).execute();
    return { status: response.statusCode, code: response.json().code, started: started.length };
  };

  it.each<[string, Record<string, string>]>([
    ["a sandbox of the same site", { origin: "http://8000-x.localhost:4001", "sec-fetch-site": "same-site" }],
    ["a sandboxed frame", { origin: "null" }],
    ["a look-alike", { origin: "http://localhost:4000.evil.example" }],
    ["another site without Origin", { "sec-fetch-site": "cross-site" }],
    ["nowhere", {}],
  ])("such as %s change nothing", async (_name, headers) => {
    expect(await attack(headers)).toEqual({
      status: 403,
      code: "cross_site_request",
      started: 0,
    });
  });

  it.each<Record<string, string>>([{ origin: ORIGIN }, { "sec-fetch-site": "same-origin" }])(
    "but our own pages do: %j",
    async (headers) => {
      expect(await attack(headers)).toMatchObject({ status: 202, started: 1 });
    },
  );

  it("get no session by adding an Authorization header to a candidate's request", async () => {
    expect(await attack({ origin: "http://evil.example", authorization: "Bearer x" })).toMatchObject({
      status: 403,
      started: 0,
    });
  });

  it("cannot sign somebody in", async () => {
    const payload = { email: "a@example.com", password: "x" };
    const headers = { origin: "http://evil.example" };
    const response = await api.app.inject({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers,
      payload,
    });
    expect(response.json().code).toBe("cross_site_request");
  });

  it("get no permission to read", async () => {
    const headers = { origin: "http://evil.example" };
    const response = await api.app.inject({ method: "GET", url: "/api/openapi.json", headers });
    expect(response.headers).not.toHaveProperty("access-control-allow-origin");
  });
});
