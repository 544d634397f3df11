import { randomUUID } from "node:crypto";
import { Writable } from "node:stream";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { invitationToken } from "../../services/shared/domain/invitation-link.ts";
import { insertAttempt, insertInvitation } from "../support/fixtures.ts";
import { STAFF_PASSWORD, startTestApi, type TestApi, type TestApiOptions } from "../support/test-api.ts";

let api: TestApi;
const start = async (options: TestApiOptions) => {
  api = await startTestApi(options);
};
afterEach(() => api.close());

const from = (remoteAddress: string, url: string, payload: object) =>
  api.app.inject({ method: "POST", url, payload, remoteAddress, headers: api.anonymous.headers });

describe("guessing", () => {
  const SIGN_IN = "/api/auth/sign-in/email";

  it("passwords of one account is stopped, wherever it comes from, and the right one too", async () => {
    await start({ limits: { signInPerEmail: 3 } });
    const { email } = await api.staff("admin");
    const statuses: number[] = [];
    for (let index = 0; index < 4; index++)
      statuses.push(
        (await from(`10.0.0.${index}`, SIGN_IN, { email: email.toUpperCase(), password: "guess" }))
          .statusCode,
      );
    // One of the three was the fixture's own sign-in.
    expect(statuses).toEqual([401, 401, 429, 429]);
    expect((await from("10.0.0.9", SIGN_IN, { email, password: STAFF_PASSWORD })).json().code).toBe(
      "rate_limited",
    );
  });

  it("passwords of many accounts from one address is stopped", async () => {
    await start({ limits: { signIn: 3 } });
    const attempt = (address: string) =>
      from(address, SIGN_IN, { email: `${randomUUID()}@example.com`, password: "x" });
    const statuses: number[] = [];
    for (let index = 0; index < 5; index++) statuses.push((await attempt("10.0.0.1")).statusCode);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    const refused = await attempt("10.0.0.1");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect((await attempt("10.0.0.2")).statusCode).toBe(401);
  });

  it("links is stopped, also behind X-Forwarded-For of the caller's making", async () => {
    await start({ limits: { openLink: 3 } });
    const statuses: number[] = [];
    for (let index = 0; index < 5; index++) {
      const headers = { ...api.anonymous.headers, "x-forwarded-for": `10.1.1.${index}` };
      const response = await api.app.inject({
        method: "POST",
        url: "/api/candidate/sessions",
        payload: { token: "x" },
        headers,
      });
      statuses.push(response.statusCode);
    }
    expect(statuses).toEqual([404, 404, 404, 429, 429]);
  });

  it("credentials is stopped: refused requests count too", async () => {
    await start({ limits: { global: 3 } });
    const statuses: number[] = [];
    for (let index = 0; index < 5; index++)
      statuses.push((await api.anonymous.call("GET", "/api/review/queue")).statusCode);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await api.anonymous.call("GET", "/healthz")).statusCode).toBe(200);
  });

  it("counts the addresses that a trusted proxy names", async () => {
    await start({ limits: { openLink: 1 }, config: { trustedProxies: ["127.0.0.1"] } });
    const via = async (address: string) => {
      const headers = { ...api.anonymous.headers, "x-forwarded-for": address };
      return (
        await api.app.inject({
          method: "POST",
          url: "/api/candidate/sessions",
          payload: { token: "x" },
          headers,
        })
      ).statusCode;
    };
    expect([await via("10.0.0.1"), await via("10.0.0.2"), await via("10.0.0.1")]).toEqual([404, 404, 429]);
  });
});

describe("without Valkey", () => {
  it("candidates go on working, but nobody can guess", async () => {
    await start({});
    const { id } = await insertInvitation(api.db);
    api.redis.disconnect();
    expect((await api.candidate(id).call("GET", `/api/candidate/invitations/${id}`)).statusCode).toBe(200);
    for (const [url, body] of [
      ["/api/candidate/sessions", { token: "x" }],
      ["/api/auth/sign-in/email", { email: "a@example.com", password: "x" }],
    ] as const) {
      const response = await api.anonymous.call("POST", url, body);
      expect([response.statusCode, response.json().code]).toEqual([503, "unavailable"]);
    }
    expect((await api.anonymous.call("GET", "/readyz")).statusCode).toBe(503);
  });
});

describe("the log", () => {
  it("follows an attempt by its ids and holds no secret and nothing anybody wrote", async () => {
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    await start({ log: pino({ level: "trace" }, sink) });
    const { id } = await insertInvitation(api.db, { candidateName: "Zelda Quill" });
    const attemptId = await insertAttempt(api.db, { invitationId: id });
    const token = invitationToken(api.sealer, id, 1);
    const candidate = api.candidate(id);
    await api.anonymous.call("GET", `/invite/${token}?t=${token}`);
    await api.anonymous.call("POST", "/api/candidate/sessions", { token });
    await candidate.call("PUT", `/api/candidate/invitations/${id}/notes?q=query-secret`, {
      notes: "my private words",
    });
    await candidate.call("PUT", `/api/candidate/invitations/${id}/notes`, { notes: 12345678 });
    const admin = await api.staff("admin");
    const apiToken = await api.token("admin:read");
    await apiToken.call("GET", "/api/admin/board");

    const log = lines.join("");
    expect(log).toContain(attemptId);
    expect(log).toContain('"route":"/api/candidate/invitations/:invitationId/notes"');
    const secrets = {
      token,
      candidateCookie: candidate.headers.cookie!.split("=")[1]!,
      staffCookie: admin.headers.cookie!.split("=")[1]!,
      apiToken: apiToken.headers.authorization!.slice(7),
      password: STAFF_PASSWORD,
      query: "query-secret",
      notes: "my private words",
      name: "Zelda Quill",
      email: admin.email,
    };
    for (const [name, secret] of Object.entries(secrets)) expect(log.includes(secret), name).toBe(false);
  });
});
