import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  closeMockApis,
  type MockApiDependencies,
  serveScratch,
} from "../../services/gateway/mock-api/service.ts";
import { scratchApiKey, scratchLabel } from "../../services/shared/domain/mock-api-key.ts";
import { sandboxLayout } from "../../services/shared/sandbox/layout.ts";
import {
  type Answer,
  type GatewayFixture,
  type Sent,
  send,
  sendRaw,
  startFakeIde,
  startGatewayFixture,
} from "../support/gateway-fixture.ts";
import { type MockApiFixture, startMockApiFixture } from "../support/mock-api-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { until } from "../support/until.ts";

const STUDIO = "http://localhost:4000";
const STRANGER = "https://evil.example";

let database: TestDatabase;
let mockApis: MockApiFixture;
let fixture: GatewayFixture;
beforeAll(async () => {
  database = await createTestDatabase();
  mockApis = await startMockApiFixture(database.db, { ticketCount: 50, checkAnswers: false });
  mockApis.deps.requestLog = { flushMs: 20 };
  fixture = await startGatewayFixture(database.db, {
    serveScratch: serveScratch(mockApis.deps),
    publicUrl: STUDIO,
  });
});
afterAll(async () => {
  await fixture?.close();
  await mockApis?.close();
  await database?.drop();
});

/** The same database to an engine of its own: engines are told apart by it. */
function anotherHandle(onSelect = () => {}): TestDatabase["db"] {
  return new Proxy(database.db, {
    get(target, name) {
      if (name === "selectFrom") onSelect();
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

interface Scratch {
  id: string;
  key: string;
  host: string;
}

async function addScratch(
  change: { document?: object; expiresInSec?: number; weather?: object } = {},
): Promise<Scratch> {
  const version = await database.db.selectFrom("mock_api_version").selectAll().executeTakeFirstOrThrow();
  const { id } = await database.db
    .insertInto("mock_api_scratch")
    .values({
      mock_api_id: version.mock_api_id,
      document: JSON.stringify(change.document ?? version.document),
      bindings: JSON.stringify(version.bindings),
      weather: JSON.stringify(change.weather ?? { rules: [] }),
      dataset_version_id: version.dataset_version_id,
      expires_at: new Date(Date.now() + (change.expiresInSec ?? 3600) * 1000),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const host = `${scratchLabel(id)}.${fixture.config.sandboxDomain}`;
  return { id, key: scratchApiKey(fixture.sealer, id), host };
}

const ask = (
  scratch: Scratch,
  path: string,
  { headers, ...more }: Sent = {},
  port = fixture.config.gatewayPort,
) =>
  send(port, {
    path: `/v1${path}`,
    headers: { host: scratch.host, "x-api-key": scratch.key, ...headers },
    ...more,
  });

describe("a scratch instance", () => {
  test("answers the studio's pages, keeps what is written to it apart, and starts over as a new row", async () => {
    const [one, other] = [await addScratch(), await addScratch()];
    const list = await ask(one, "/tickets?limit=1", { headers: { origin: STUDIO } });
    expect(list.status).toBe(200);
    expect(list.headers).toMatchObject({
      "access-control-allow-origin": STUDIO,
      "access-control-expose-headers": "*",
      vary: "origin",
    });
    expect(list.headers).not.toHaveProperty("access-control-allow-credentials");
    const id = JSON.parse(list.body).data[0].ticket_id;
    const tagged = await ask(one, `/tickets/${id}/tags/mine`, { method: "PUT", headers: { origin: STUDIO } });
    expect(tagged.status).toBe(200);
    const tagsIn = async (scratch: Scratch) => JSON.parse((await ask(scratch, `/tickets/${id}`)).body).tags;
    expect(await tagsIn(one)).toContain("mine");
    expect(await tagsIn(other)).not.toContain("mine");
    const rows = await database.db.selectFrom("mock_api_record").select("record_id").execute();
    expect(rows).toEqual([]);
  });

  test("logs what is asked of it, and tells the pages that follow it", async () => {
    const scratch = await addScratch();
    const listener = new pg.Client({ connectionString: database.url });
    await listener.connect();
    onTestFinished(() => listener.end());
    const told: string[] = [];
    listener.on("notification", ({ payload }) => told.push(payload ?? ""));
    await listener.query("listen studio_changed");
    await ask(scratch, "/me", { headers: { origin: STUDIO } });
    await until(async () => told.includes(`mock_api_scratch ${scratch.id}`));
    const rows = await database.db
      .selectFrom("mock_api_request")
      .selectAll()
      .where("scratch_id", "=", scratch.id)
      .execute();
    expect(rows).toMatchObject([
      { attempt_id: null, method: "GET", target: "/v1/me", operation_id: "getMe", status: 200 },
    ]);
    expect(JSON.stringify(rows)).not.toContain(scratch.key);
  });

  test("meets the weather that was drafted", async () => {
    const rules = [
      { operations: "*", fault: { kind: "rate_limit", retryAfterSec: 3 }, rate: { kind: "every", every: 2 } },
    ];
    const scratch = await addScratch({ weather: { rules } });
    const statuses = [];
    for (let count = 0; count < 4; count++) statuses.push((await ask(scratch, "/me")).status);
    expect(statuses).toEqual([200, 429, 200, 429]);
  });

  test("preflights are answered for the studio, whatever the document says of OPTIONS", async () => {
    const scratch = await addScratch();
    const headers = {
      origin: STUDIO,
      "access-control-request-method": "PATCH",
      "access-control-request-headers": "content-type,x-api-key",
    };
    const answer = await ask(scratch, "/tickets/x", { method: "OPTIONS", headers });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": STUDIO,
      "access-control-allow-headers": "content-type,x-api-key",
      "access-control-allow-methods": expect.stringContaining("PATCH"),
    });
    const own = await ask(scratch, "/tickets", { method: "OPTIONS" });
    expect(own.headers.allow).toBe("GET, HEAD, OPTIONS");
  });

  test("what is unknown, expired or malformed is not there", async () => {
    const past = await addScratch({ expiresInSec: -1 });
    const unknown = { ...past, host: past.host.replace(past.id, randomUUID()) };
    for (const scratch of [past, unknown]) {
      const answer = await ask(scratch, "/me");
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([404, "scratch_not_found"]);
    }
    for (const label of [
      `try-${past.id}x`,
      `3000-try-${past.id}`,
      `try-try-${past.id}`,
      `try-${past.id.slice(1)}`,
    ])
      expect(
        (await ask({ ...past, host: `${label}.${fixture.config.sandboxDomain}` }, "/me")).status,
        label,
      ).toBe(404);
    const broken = await addScratch({ document: { openapi: "3.1.0", paths: {} } });
    const failed = await ask(broken, "/me");
    expect([failed.status, JSON.parse(failed.body).code]).toEqual([409, "scratch_failed"]);
  });

  test("is gone soon after its row is, and with it what was written", async () => {
    const deps = { ...mockApis.deps, db: anotherHandle(), scratchLimits: { recheckMs: 100 } };
    const own = await startGatewayFixture(database.db, {
      serveScratch: serveScratch(deps),
      publicUrl: STUDIO,
    });
    onTestFinished(async () => {
      await own.close();
      await closeMockApis(deps);
    });
    const scratch = await addScratch();
    const host = `${scratchLabel(scratch.id)}.${own.config.sandboxDomain}`;
    const status = async () => (await ask({ ...scratch, host }, "/me", {}, own.config.gatewayPort)).status;
    expect(await status()).toBe(200);
    await database.db.deleteFrom("mock_api_scratch").where("id", "=", scratch.id).execute();
    await until(async () => (await status()) === 404, 10_000);
  });

  test("expires while it is open", async () => {
    const scratch = await addScratch({ expiresInSec: 2 });
    expect((await ask(scratch, "/me")).status).toBe(200);
    await until(async () => (await ask(scratch, "/me")).status === 404, 5000);
  });
});

describe("its key", () => {
  test("is asked for as the document says, and is of this instance alone", async () => {
    const [one, other] = [await addScratch(), await addScratch()];
    const attempt = await mockApis.addAttempt();
    for (const key of ["", other.key, attempt.key])
      expect((await ask(one, "/me", { headers: { "x-api-key": key } })).status, key).toBe(401);
    expect((await ask(one, "/me")).status).toBe(200);
    const inSandbox = await attempt.get("/me", { anonymous: true, headers: { "x-api-key": one.key } });
    expect(inSandbox.status).toBe(401);
  });
});

describe("other sites", () => {
  const readable = ({ headers }: Answer, origin: string) =>
    [origin, "*"].includes(String(headers["access-control-allow-origin"]));

  test.each<[string, Record<string, string>]>([
    ["a page of another site", { origin: STRANGER }],
    ["a page without an origin of its own", { origin: "null" }],
    ["the studio's host on another port", { origin: "http://localhost:4001" }],
    ["the studio's host by another scheme", { origin: "https://localhost:4000" }],
    ["a name that begins like the studio's", { origin: `${STUDIO}.evil.example` }],
    [
      "an image or a script",
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script" },
    ],
    ["a frame", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }],
    [
      "a candidate's app",
      { "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "empty" },
    ],
  ])("%s is refused, and nothing is written for it", async (_, headers) => {
    const scratch = await addScratch();
    const { ticket_id: id } = JSON.parse((await ask(scratch, "/tickets?limit=1")).body).data[0];
    for (const method of ["GET", "PUT"]) {
      const answer = await ask(scratch, `/tickets/${id}/tags/theirs`, { method, headers });
      expect([answer.status, readable(answer, headers.origin ?? "")]).toEqual([403, false]);
    }
    const preflight = { ...headers, "access-control-request-method": "PUT" };
    expect(
      readable(await ask(scratch, "/me", { method: "OPTIONS", headers: preflight }), headers.origin ?? ""),
    ).toBe(false);
    expect(JSON.parse((await ask(scratch, `/tickets/${id}`)).body).tags).not.toContain("theirs");
  });

  test("control: where the stranger's site is the studio, the same calls are let through", async () => {
    const deps: MockApiDependencies = {
      ...mockApis.deps,
      config: { ...mockApis.deps.config, publicUrl: STRANGER, dataDir: mockApis.deps.config.dataDir },
      db: anotherHandle(),
    };
    const theirs = await startGatewayFixture(database.db, {
      serveScratch: serveScratch(deps),
      publicUrl: STRANGER,
    });
    onTestFinished(async () => {
      await theirs.close();
      await closeMockApis(deps);
    });
    const scratch = await addScratch();
    const host = `${scratchLabel(scratch.id)}.${theirs.config.sandboxDomain}`;
    const answer = await ask(
      { ...scratch, host },
      "/me",
      { headers: { origin: STRANGER } },
      theirs.config.gatewayPort,
    );
    expect([answer.status, readable(answer, STRANGER)]).toEqual([200, true]);
  });

  test("an answer may neither set cookies nor open itself to others nor run as a page", async () => {
    const { guardAnswer } = await import("../../services/gateway/mock-api/scratch/cross-origin.ts");
    const { createServer } = await import("node:http");
    const hostile = {
      "set-cookie": "session=mine; Domain=localhost",
      "Access-Control-Allow-Origin": "*",
      "access-control-allow-credentials": "true",
      "Content-Security-Policy": "script-src *",
      "content-type": "text/html",
      "x-of-the-api": "kept",
    };
    const serve = async (guarded: boolean) => {
      const server = createServer((_request, response) => {
        if (guarded) guardAnswer(response, undefined, STUDIO);
        response.writeHead(200, hostile).end("<script>alert(1)</script>");
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { headers } = await send((server.address() as { port: number }).port, {});
      await new Promise((resolve) => server.close(resolve));
      return headers;
    };
    const guarded = await serve(true);
    expect(guarded).toMatchObject({
      "content-security-policy": expect.stringMatching(/^sandbox; default-src 'none'/),
      "x-content-type-options": "nosniff",
      "x-of-the-api": "kept",
    });
    for (const name of ["set-cookie", "access-control-allow-origin", "access-control-allow-credentials"])
      expect(guarded, name).not.toHaveProperty(name);
    expect(await serve(false)).toMatchObject({
      "set-cookie": [hostile["set-cookie"]],
      "access-control-allow-origin": "*",
    });
  });
});

describe("no way from a scratch instance to an attempt, or back", () => {
  test("an attempt is no scratch instance, nor the other way round, whatever pass comes along", async () => {
    const scratch = await addScratch();
    const sandbox = await fixture.openSandbox();
    const ide = await startFakeIde(sandboxLayout(fixture.config.dataDir, sandbox.sandboxId).ideSocket);
    onTestFinished(() => ide.close());
    const cookie = await fixture.enter(sandbox.attemptId);
    const visit = (host: string) =>
      send(fixture.config.gatewayPort, { path: "/v1/me", headers: { host, cookie } });
    const domain = fixture.config.sandboxDomain;
    // The control: with its pass, the attempt's own host leads into the sandbox.
    expect((await visit(fixture.host(sandbox.attemptId))).status).toBe(200);
    expect(ide.requests).toHaveLength(1);
    expect((await visit(`${scratchLabel(sandbox.attemptId)}.${domain}`)).status).toBe(404);
    expect((await visit(`${scratch.id}.${domain}`)).status).toBe(404);
    expect((await visit(scratch.host)).status).toBe(401);
    const enter = `/_worksample/enter?ticket=${fixture.ticket(sandbox.attemptId)}`;
    const entered = await send(fixture.config.gatewayPort, { path: enter, headers: { host: scratch.host } });
    expect([entered.status, entered.headers["set-cookie"]]).toEqual([404, undefined]);
    expect(ide.requests).toHaveLength(1);
  });

  test("tricks with the host lead nowhere else", async () => {
    const scratch = await addScratch();
    const sandbox = await fixture.openSandbox();
    const attemptHost = fixture.host(sandbox.attemptId);
    const raw = (head: string) =>
      sendRaw(
        fixture.config.gatewayPort,
        `${head}\r\nx-api-key: ${scratch.key}\r\nconnection: close\r\n\r\n`,
      );
    expect(await raw(`GET /v1/me HTTP/1.1\r\nhost: ${scratch.host}`)).toMatch(/^HTTP\/1.1 200/);
    expect(await raw(`GET http://${scratch.host}/v1/me HTTP/1.1\r\nhost: ${scratch.host}`)).toMatch(
      /^HTTP\/1.1 200/,
    );
    for (const head of [
      `GET /v1/me HTTP/1.1\r\nhost: ${scratch.host}\r\nhost: ${attemptHost}`,
      `GET http://${attemptHost}/v1/me HTTP/1.1\r\nhost: ${scratch.host}`,
      `GET http://${scratch.host}/v1/me HTTP/1.1\r\nhost: ${attemptHost}`,
      `GET /v1/me HTTP/1.1\r\nhost: ${scratch.host},${attemptHost}`,
      `GET /v1/me HTTP/1.1\r\nhost: x@${scratch.host}`,
    ])
      expect(await raw(head), head).toMatch(/^HTTP\/1.1 400/);
    const forwarded = await raw(
      `GET /v1/me HTTP/1.1\r\nhost: ${attemptHost}\r\nx-forwarded-host: ${scratch.host}`,
    );
    expect(forwarded).toMatch(/^HTTP\/1.1 401/);
    expect(forwarded).toContain("ticket_invalid");
  });

  test("no WebSocket is opened on it", async () => {
    const scratch = await addScratch();
    const upgrade = `GET /v1/me HTTP/1.1\r\nhost: ${scratch.host}\r\nconnection: upgrade\r\nupgrade: websocket\r\norigin: ${STUDIO}\r\n\r\n`;
    expect(await sendRaw(fixture.config.gatewayPort, upgrade)).toMatch(/^HTTP\/1.1 404/);
  });
});

test("strangers may ask for many addresses; so many lookups cost the database nothing more", async () => {
  let lookups = 0;
  const db = anotherHandle(() => lookups++);
  const deps = { ...mockApis.deps, db, scratchLimits: { lookupsPerSec: 2, maxOpen: 2 } };
  const small = await startGatewayFixture(database.db, {
    serveScratch: serveScratch(deps),
    publicUrl: STUDIO,
  });
  onTestFinished(async () => {
    await small.close();
    await closeMockApis(deps);
  });
  const port = small.config.gatewayPort;
  const at = (scratch: Scratch) => ({
    ...scratch,
    host: `${scratchLabel(scratch.id)}.${small.config.sandboxDomain}`,
  });
  const mine = at(await addScratch());
  expect((await ask(mine, "/me", {}, port)).status).toBe(200);
  const guesses = await Promise.all(
    Array.from({ length: 40 }, () => ask(at({ ...mine, id: randomUUID() }), "/me", {}, port)),
  );
  const statuses = guesses.map(({ status }) => status);
  expect(statuses.filter((status) => status === 404).length).toBeLessThan(10);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(30);
  expect(lookups).toBeLessThan(12);
  // One that is open is served all the while.
  expect((await ask(mine, "/me", {}, port)).status).toBe(200);
});

test("only so many are open; one that was closed for others starts over", async () => {
  const deps = { ...mockApis.deps, db: anotherHandle(), scratchLimits: { maxOpen: 2 } };
  const small = await startGatewayFixture(database.db, {
    serveScratch: serveScratch(deps),
    publicUrl: STUDIO,
  });
  onTestFinished(async () => {
    await small.close();
    await closeMockApis(deps);
  });
  const port = small.config.gatewayPort;
  const scratches = [];
  for (let count = 0; count < 3; count++) {
    const scratch = await addScratch();
    scratches.push({ ...scratch, host: `${scratchLabel(scratch.id)}.${small.config.sandboxDomain}` });
  }
  const [first, ...others] = scratches;
  const { ticket_id: id } = JSON.parse((await ask(first!, "/tickets?limit=1", {}, port)).body).data[0];
  const tags = async () => JSON.parse((await ask(first!, `/tickets/${id}`, {}, port)).body).tags;
  await ask(first!, `/tickets/${id}/tags/mine`, { method: "PUT" }, port);
  await ask(others[0]!, "/me", {}, port);
  expect(await tags()).toContain("mine");
  for (const other of others) await ask(other, "/me", {}, port);
  await ask(others[0]!, "/me", {}, port);
  expect(await tags()).not.toContain("mine");
});

test("an open connection to a scratch instance does not keep the gateway from ending", async () => {
  const own = await startGatewayFixture(database.db, {
    serveScratch: serveScratch(mockApis.deps),
    publicUrl: STUDIO,
  });
  const scratch = await addScratch({
    weather: {
      rules: [
        { operations: "*", fault: { kind: "timeout", afterSec: 100 }, rate: { kind: "every", every: 1 } },
      ],
    },
  });
  const socket = connect(own.config.gatewayPort, "127.0.0.1");
  const ended = new Promise((resolve) => socket.once("close", resolve));
  socket.on("error", () => {});
  socket.write(
    `GET /v1/me HTTP/1.1\r\nhost: ${scratchLabel(scratch.id)}.${own.config.sandboxDomain}\r\n\r\n`,
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  const start = performance.now();
  await own.close();
  await ended;
  expect(performance.now() - start).toBeLessThan(5000);
});
