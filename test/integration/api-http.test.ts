import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Problem } from "../../services/shared/contracts/problem.ts";
import { startTestApi, type TestApi } from "../support/test-api.ts";

let api: TestApi;
let webDir: string;
beforeAll(async () => {
  webDir = await mkdtemp(join(tmpdir(), "worksample-web-"));
  await mkdir(join(webDir, "assets"));
  await writeFile(join(webDir, "index.html"), '<html><meta content="__WORKSAMPLE_CSP_NONCE__"></html>');
  await writeFile(join(webDir, "assets", "app-1234.js"), "export {}");
  await writeFile(join(webDir, "theme.js"), "1");
  await writeFile(join(webDir, ".env"), "secret");
  api = await startTestApi({ config: { webDir } });
});
afterAll(async () => {
  await api?.close();
  await rm(webDir, { recursive: true, force: true });
});

const get = (url: string) => api.anonymous.call("GET", url);
const post = (payload: string, headers: Record<string, string>, url = "/api/candidate/sessions") =>
  api.app.inject({ method: "POST", url, payload, headers: { ...api.anonymous.headers, ...headers } });
const JSON_TYPE = { "content-type": "application/json" };

describe("every failure is a problem document", () => {
  it.each([
    ["an unknown address", () => get("/api/nothing"), 404, "not_found"],
    ["an address that cannot be decoded", () => get("/api/%E0%A4%A"), 404, "not_found"],
    ["a method that is not there", () => get("/api/candidate/sessions"), 405, "method_not_allowed"],
    ["a body that is no JSON", () => post("{", JSON_TYPE), 400, "malformed_body"],
    ["an empty body", () => post("", JSON_TYPE), 400, "malformed_body"],
    ["a body with __proto__", () => post('{"__proto__":{"a":1}}', JSON_TYPE), 400, "malformed_body"],
    [
      "another content type",
      () => post("a=b", { "content-type": "application/x-www-form-urlencoded" }),
      415,
      "unsupported_media_type",
    ],
    [
      "plain text",
      () => post('{"token":"a"}', { "content-type": "text/plain" }),
      415,
      "unsupported_media_type",
    ],
    [
      "a body of 2 MiB",
      () => post(JSON.stringify({ token: "x".repeat(2 ** 21) }), JSON_TYPE),
      413,
      "body_too_large",
    ],
    [
      "arrays nested 100,000 deep",
      () => post("[".repeat(1e5) + "]".repeat(1e5), JSON_TYPE),
      400,
      "invalid_request",
    ],
    ["an unpaired surrogate", () => post('{"token":"\\ud800"}', JSON_TYPE), 400, "invalid_request"],
    ["no body at all", () => api.anonymous.call("POST", "/api/candidate/sessions"), 400, "invalid_request"],
  ] as const)("%s", async (_name, send, status, code) => {
    const response = await send();
    expect([response.statusCode, response.json().code]).toEqual([status, code]);
    expect(response.headers["content-type"]).toContain("application/problem+json");
    const problem = Problem.parse(response.json());
    expect(problem.requestId).toBe(response.headers["x-request-id"]);
  });

  it("names the methods there are", async () => {
    expect((await get("/api/candidate/sessions")).headers.allow).toBe("POST");
    const patched = await api.anonymous.call("PATCH", "/api/admin/staff");
    expect([patched.statusCode, patched.headers.allow]).toEqual([405, "GET, HEAD, POST"]);
  });

  it("says which fields are wrong", async () => {
    expect((await post('{"token":7}', JSON_TYPE)).json().errors).toEqual([
      { path: "token", message: expect.any(String) },
    ]);
  });

  it("also what is no HTTP at all", async () => {
    const own = await startTestApi();
    const { port } = new URL(await own.app.listen({ host: "127.0.0.1", port: 0 }));
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), "127.0.0.1", () => socket.write("nonsense\r\n\r\n"));
      let received = "";
      socket.on("data", (chunk) => {
        received += chunk;
      });
      socket.on("close", () => resolve(received));
      socket.on("error", reject);
    });
    await own.close();
    expect(text).toMatch(/^HTTP\/1.1 400 .*application\/problem\+json.*"code":"invalid_request"/s);
  });

  it("without a word about what went wrong inside", async () => {
    const own = await startTestApi();
    const admin = await own.staff("admin");
    await own.db.schema.dropTable("api_token").cascade().execute();
    const response = await admin.call("GET", "/api/admin/tokens");
    expect([response.statusCode, response.json().code]).toEqual([500, "internal_error"]);
    expect(response.body).not.toContain("api_token");
    await own.close();
  });
});

describe("pages", () => {
  it("are answered with the app, under a policy with a fresh nonce", async () => {
    const [first, second] = await Promise.all([get("/invite/some-token"), get("/")]);
    const nonceOf = (response: typeof first) => /content="([\w-]{24})"/.exec(response!.body)![1]!;
    const policy = String(first!.headers["content-security-policy"]);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`style-src 'self' 'nonce-${nonceOf(first)}'`);
    expect(policy).toContain("frame-src http://*.localhost:4001;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(nonceOf(first)).not.toBe(nonceOf(second));
    expect(first!.headers).toMatchObject({
      "cache-control": "no-cache",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
    });
  });

  it("bring hashed files that may be kept for good, and others that may not", async () => {
    const hashed = await get("/assets/app-1234.js");
    expect(hashed.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-type": expect.stringContaining("javascript"),
    });
    expect((await get("/theme.js")).headers["cache-control"]).toBe("public, max-age=0");
  });

  it.each([
    "/assets/gone-1.js",
    "/.env",
    "/../package.json",
    "/..%2f..%2fpackage.json",
    "/%2e%2e/package.json",
    "/assets/..%5c..%5cx.js",
    "/a%00.js",
    "/api",
    "/api/x",
  ])("are not made up for %s", async (url) => {
    const response = await get(url);
    expect(response.statusCode).toBe(404);
    expect(response.headers["content-type"]).toContain("application/problem+json");
  });

  it("have strict transport security only over https", async () => {
    expect((await get("/")).headers).not.toHaveProperty("strict-transport-security");
    const own = await startTestApi({ config: { publicUrl: "https://work.example.com", webDir } });
    const response = await own.anonymous.call("GET", "/");
    expect(response.headers["strict-transport-security"]).toContain("max-age=31536000");
    expect(response.headers["content-security-policy"]).toContain("upgrade-insecure-requests");
    await own.close();
  });
});

describe("operations", () => {
  it("answers whether it lives and whether its parts work", async () => {
    expect((await get("/healthz")).json()).toEqual({ status: "ok" });
    expect((await get("/readyz")).json()).toEqual({ ready: true, checks: { postgres: "ok", valkey: "ok" } });
  });

  it("lets nobody keep what it answers", async () => {
    expect((await get("/api/openapi.json")).headers["cache-control"]).toBe("no-store");
  });

  it("counts by route, never by address", async () => {
    await get("/invite/very-secret-token");
    await get("/api/very-secret-token");
    const { body } = await get("/metrics");
    expect(body).toContain('route="/*"');
    expect(body).not.toContain("very-secret-token");
  });

  it("describes itself in OpenAPI 3.1, with who may call what", async () => {
    const document = (await get("/api/openapi.json")).json();
    expect(document.openapi).toBe("3.1.0");
    expect(document.paths["/api/admin/board"].get.security).toEqual([
      { staffSession: [] },
      { apiToken: ["admin:read"] },
    ]);
    expect(Object.keys(document.paths)).not.toContain("/*");
    for (const path of Object.values(document.paths) as Record<string, { responses: object }>[])
      for (const operation of Object.values(path)) expect(operation.responses).toHaveProperty("4XX");
  });
});
