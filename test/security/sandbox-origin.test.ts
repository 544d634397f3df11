import { randomUUID } from "node:crypto";
import { symlinkSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { TokenSealer } from "../../services/shared/domain/sealed-token.ts";
import {
  sealCookie,
  sealTicket,
  type WorkspaceAccess,
} from "../../services/shared/domain/workspace-access.ts";
import type { OpenSandbox } from "../../services/shared/sandbox/gateway-control.ts";
import { sandboxLayout } from "../../services/shared/sandbox/layout.ts";
import {
  type Answer,
  type FakeIde,
  type GatewayFixture,
  insertRunningAttempt,
  type Sent,
  send,
  sendRaw,
  startFakeIde,
  startGatewayFixture,
} from "../support/gateway-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

let database: TestDatabase;
let fixture: GatewayFixture;
const ides: FakeIde[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await startGatewayFixture(database.db, { answerTimeoutMs: { ide: 500, preview: 500 } });
});
afterEach(async () => {
  await Promise.all(ides.splice(0).map((ide) => ide.close()));
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const ideSocketOf = (sandbox: OpenSandbox) =>
  sandboxLayout(fixture.config.dataDir, sandbox.sandboxId).ideSocket;

async function openWithIde(answer?: (request: IncomingMessage, response: ServerResponse) => void) {
  const sandbox = await fixture.openSandbox();
  const ide = await startFakeIde(ideSocketOf(sandbox), answer);
  ides.push(ide);
  return { ...sandbox, ide };
}

function visit(attemptId: string, sent: Sent & { target?: WorkspaceAccess["target"] } = {}): Promise<Answer> {
  const headers = { host: fixture.host(attemptId, sent.target), ...sent.headers };
  return send(fixture.gateway.port, { ...sent, headers });
}

const enterPath = (ticket: string) => `/_worksample/enter?ticket=${ticket}`;
const originOf = (attemptId: string, target?: WorkspaceAccess["target"]) =>
  `http://${fixture.host(attemptId, target)}`;

describe("tickets", () => {
  test("a good one becomes a cookie of this host alone, and leads to the root", async () => {
    const { attemptId } = await openWithIde();
    const answer = await visit(attemptId, { path: enterPath(fixture.ticket(attemptId)) });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe("/");
    expect(answer.headers["set-cookie"]).toEqual([
      expect.stringMatching(
        /^__Host-worksample=\S+; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=None; Partitioned$/,
      ),
    ]);
    const cookie = await fixture.enter(attemptId);
    expect((await visit(attemptId, { headers: { cookie } })).status).toBe(200);
  });

  test.each<[string, (attemptId: string) => string]>([
    ["forged", (id) => sealTicket(new TokenSealer("x".repeat(40)), access(id))],
    ["expired", (id) => fixture.ticket(id, { expiresAt: Date.now() - 1 })],
    ["of another attempt", () => fixture.ticket(randomUUID())],
    ["of another target", (id) => fixture.ticket(id, { target: 3000 })],
    ["that is a cookie", (id) => sealCookie(fixture.sealer, access(id))],
    ["empty", () => ""],
    ["changed in one place", (id) => fixture.ticket(id).replace(/^(.{20})./, (_all, head) => `${head}-`)],
  ])("one %s lets nobody in", async (_name, makeTicket) => {
    const { attemptId, ide } = await openWithIde();
    const answer = await visit(attemptId, { path: enterPath(makeTicket(attemptId)) });
    expect([answer.status, answer.headers["set-cookie"]]).toEqual([401, undefined]);
    expect(ide.requests).toHaveLength(0);
  });

  test("one works once, also across a restart of the gateway", async () => {
    const sandbox = await openWithIde();
    await insertRunningAttempt(database.db, "host-1", sandbox);
    const ticket = fixture.ticket(sandbox.attemptId);
    expect((await visit(sandbox.attemptId, { path: enterPath(ticket) })).status).toBe(303);
    expect((await visit(sandbox.attemptId, { path: enterPath(ticket) })).status).toBe(401);
    await fixture.restart();
    await fixture.gateway.restored;
    expect((await visit(sandbox.attemptId, { path: enterPath(ticket) })).status).toBe(401);
  });

  test("of two visits at the same time, one gets in", async () => {
    const { attemptId } = await openWithIde();
    const path = enterPath(fixture.ticket(attemptId));
    const answers = await Promise.all(Array.from({ length: 10 }, () => visit(attemptId, { path })));
    expect(answers.filter((answer) => answer.status === 303)).toHaveLength(1);
  });

  test.each<[string, Sent]>([
    ["HEAD", { method: "HEAD" }],
    ["a prefetch", { headers: { "sec-purpose": "prefetch;prerender" } }],
    ["a prefetch of an older browser", { headers: { purpose: "prefetch" } }],
  ])("%s does not use it up", async (_name, sent) => {
    const { attemptId } = await openWithIde();
    const path = enterPath(fixture.ticket(attemptId));
    const looked = await visit(attemptId, { ...sent, path });
    expect(looked.headers["set-cookie"]).toBeUndefined();
    expect((await visit(attemptId, { path })).status).toBe(303);
  });

  test("a page that is loaded again with a spent ticket is let in by its cookie", async () => {
    const { attemptId } = await openWithIde();
    const path = enterPath(fixture.ticket(attemptId));
    const cookie = (await visit(attemptId, { path })).headers["set-cookie"]![0]!.split(";")[0]!;
    const again = await visit(attemptId, { path, headers: { cookie } });
    expect([again.status, again.headers.location]).toEqual([303, "/"]);
  });

  test.each(["https://evil.example/", "//evil.example/", "/\\evil.example"])(
    "nothing in the address makes it lead to %s",
    async (to) => {
      const { attemptId } = await openWithIde();
      const path = `${enterPath(fixture.ticket(attemptId))}&to=${encodeURIComponent(to)}&next=${encodeURIComponent(to)}`;
      expect((await visit(attemptId, { path })).headers.location).toBe("/");
    },
  );

  test("other sites cannot enter by a script or a form", async () => {
    const { attemptId } = await openWithIde();
    const path = enterPath(fixture.ticket(attemptId));
    const fromElsewhere = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    expect(
      (await visit(attemptId, { path, headers: { ...fromElsewhere, "sec-fetch-mode": "cors" } })).status,
    ).toBe(403);
    expect((await visit(attemptId, { path, method: "POST", headers: fromElsewhere })).status).toBe(403);
  });
});

function access(attemptId: string, overrides: Partial<WorkspaceAccess> = {}): WorkspaceAccess {
  return { attemptId, target: "ide", jti: randomUUID(), expiresAt: Date.now() + 60_000, ...overrides };
}

describe("cookies", () => {
  const cookieOf = (token: string) => `__Host-worksample=${token}`;

  test.each<[string, (attemptId: string) => string]>([
    ["none", () => ""],
    ["a forged one", (id) => cookieOf(sealCookie(new TokenSealer("x".repeat(40)), access(id)))],
    [
      "an expired one",
      (id) => cookieOf(sealCookie(fixture.sealer, access(id, { expiresAt: Date.now() - 1 }))),
    ],
    ["that of another attempt", () => cookieOf(sealCookie(fixture.sealer, access(randomUUID())))],
    ["that of a preview", (id) => cookieOf(sealCookie(fixture.sealer, access(id, { target: 3000 })))],
    ["a ticket as cookie", (id) => cookieOf(fixture.ticket(id))],
    ["one under another name", (id) => `worksample=${sealCookie(fixture.sealer, access(id))}`],
  ])("%s reaches nothing", async (_name, makeCookie) => {
    const { attemptId, ide } = await openWithIde();
    const cookie = makeCookie(attemptId);
    expect((await visit(attemptId, { headers: { cookie } })).status).toBe(401);
    expect(await upgradeStatus(attemptId, { cookie, origin: originOf(attemptId) })).toBe(401);
    expect(ide.requests).toHaveLength(0);
  });

  test("that of the IDE does not open a preview", async () => {
    const { attemptId } = await openWithIde();
    const cookie = await fixture.enter(attemptId);
    expect((await visit(attemptId, { target: 3000, headers: { cookie } })).status).toBe(401);
  });

  test("a tossed one beside the good one changes nothing", async () => {
    const { attemptId } = await openWithIde();
    const good = await fixture.enter(attemptId);
    const tossed = cookieOf(sealCookie(fixture.sealer, access(randomUUID())));
    expect((await visit(attemptId, { headers: { cookie: `${tossed}; ${good}` } })).status).toBe(200);
  });

  test("the sandbox never sees the session, and does see the app's own cookies", async () => {
    const { attemptId, ide } = await openWithIde();
    const cookie = await fixture.enter(attemptId, 3000);
    const token = cookie.split("=")[1]!;
    for (const header of [`a=1; ${cookie}; b=2`, `a=1;${cookie};b=2`, `a=1; b=2; ${cookie}`])
      await visit(attemptId, { target: 3000, headers: { cookie: header } });
    await openWebSocket(attemptId, { cookie: `a=1; ${cookie}; b=2` }, 3000).catch(() => {});
    expect(ide.requests.length).toBeGreaterThanOrEqual(3);
    for (const request of ide.requests) {
      expect(request.headers.cookie).toBe("a=1; b=2");
      expect(request.rawHeaders.join("\n")).not.toContain(token);
    }
  });

  test("the sandbox can neither set the session nor a cookie for its neighbours", async () => {
    const sandbox = await openWithIde((_request, response) => {
      response.setHeader("Set-Cookie", [
        "__Host-worksample=forged; Path=/; Secure",
        `toss=1; Domain=${fixture.config.sandboxDomain.split(":")[0]}; Path=/`,
      ]);
      response.end();
    });
    const cookie = await fixture.enter(sandbox.attemptId);
    const answer = await visit(sandbox.attemptId, { headers: { cookie } });
    expect(answer.headers["set-cookie"]).toEqual(["toss=1; Path=/; Secure; SameSite=None; Partitioned"]);
    // Without the gateway in between, both arrive as they were sent.
    const direct = await send(ideSocketOf(sandbox), {});
    expect(direct.headers["set-cookie"]).toHaveLength(2);
  });
});

describe("other sites", () => {
  test("their forms and scripts are refused, the sandbox's own are not", async () => {
    const { attemptId, ide } = await openWithIde();
    const cookie = await fixture.enter(attemptId);
    const post = (origin: string) =>
      visit(attemptId, { method: "POST", headers: { cookie, origin }, body: "x=1" });
    for (const origin of [
      "https://evil.example",
      fixture.config.publicUrl,
      originOf(attemptId, 3000),
      "null",
    ])
      expect((await post(origin)).status).toBe(403);
    expect(ide.requests).toHaveLength(0);
    expect((await post(originOf(attemptId))).status).toBe(200);
  });

  test("their WebSockets are refused, though the browser sends the cookie along", async () => {
    const { ide, ...sandbox } = await openWithIde();
    const { attemptId } = sandbox;
    let upgrades = 0;
    ide.server.on("upgrade", (_request, socket: Socket) => {
      upgrades++;
      socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    });
    const cookie = await fixture.enter(attemptId);
    for (const origin of [
      "https://evil.example",
      originOf(randomUUID()),
      originOf(attemptId, 3000),
      "null",
      undefined,
    ])
      expect(await upgradeStatus(attemptId, { cookie, ...(origin ? { origin } : {}) })).toBe(403);
    expect(upgrades).toBe(0);
    // The sandbox's server itself would take any of them.
    const direct = await sendRaw(
      ideSocketOf(sandbox),
      "GET / HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    );
    expect(direct).toMatch(/^HTTP\/1\.1 101 /);
    expect(await upgradeStatus(attemptId, { cookie, origin: originOf(attemptId) })).toBe(101);
  });

  test("only the platform may show a sandbox in a frame, whatever the app's own policy says", async () => {
    const { attemptId } = await openWithIde((_request, response) => {
      response.setHeader("content-security-policy", "default-src 'self'; frame-ancestors *");
      response.end();
    });
    const cookie = await fixture.enter(attemptId);
    const answer = await visit(attemptId, { headers: { cookie } });
    const policy = String(answer.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'self'");
    expect(policy.match(/frame-ancestors[^,;]*/g)).toEqual([
      `frame-ancestors 'self' ${fixture.config.publicUrl} ${originOf(attemptId)}`,
    ]);
  });
});

describe("the socket of the IDE", () => {
  test("a symlink to a socket of the host is not followed", async () => {
    const secretPath = join(fixture.config.dataDir, "secret.sock");
    const secret = createServer((_request, response) => void response.end("secret of the host"));
    await new Promise<void>((resolve) => secret.listen(secretPath, resolve));
    const sandbox = await fixture.openSandbox();
    symlinkSync(secretPath, ideSocketOf(sandbox));
    // What a plain connect does:
    expect((await send(ideSocketOf(sandbox), {})).body).toBe("secret of the host");
    const cookie = await fixture.enter(sandbox.attemptId);
    const answer = await visit(sandbox.attemptId, { headers: { cookie } });
    expect([answer.status, answer.body.includes("secret")]).toEqual([502, false]);
    secret.close();
  });

  test.each<[string, (path: string) => void]>([
    ["absent", () => {}],
    ["a file", (path) => writeFileSync(path, "x")],
  ])("one that is %s is answered 502 with a page that tries again", async (_name, make) => {
    const sandbox = await fixture.openSandbox();
    make(ideSocketOf(sandbox));
    const cookie = await fixture.enter(sandbox.attemptId);
    const answer = await visit(sandbox.attemptId, { headers: { cookie, accept: "text/html" } });
    expect([answer.status, answer.headers["retry-after"]]).toEqual([502, "2"]);
    expect(answer.body).toContain('<meta http-equiv="refresh"');
    expect(await upgradeStatus(sandbox.attemptId, { cookie, origin: originOf(sandbox.attemptId) })).toBe(502);
  });

  test.each<[string, string]>([
    ["silence", ""],
    ["no HTTP", "SSH-2.0-OpenSSH\r\n"],
    [
      "an unasked-for upgrade",
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
    ],
    ["an impossible status", "HTTP/1.1 999 No\r\n\r\n"],
    ["a head without end", `HTTP/1.1 200 OK\r\nX: ${"a".repeat(100_000)}\r\n\r\n`],
    ["a control character in a value", "HTTP/1.1 200 OK\r\nX: a\x01b\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 5\r\n\r\nhello"],
    [
      "a split answer",
      "HTTP/1.1 200 OK\r\nX: a\r\n\tb\nSet-Cookie: __Host-worksample=1\r\nContent-Length: 0\r\n\r\n",
    ],
  ])("a server that answers with %s harms nobody", async (_name, bytes) => {
    const sandbox = await fixture.openSandbox();
    const hostile = createServer();
    hostile.on("connection", (socket) => {
      socket.removeAllListeners("data");
      if (bytes) socket.end(bytes, "latin1");
    });
    await new Promise<void>((resolve) => hostile.listen(ideSocketOf(sandbox), resolve));
    const cookie = await fixture.enter(sandbox.attemptId);
    const answer = await visit(sandbox.attemptId, { headers: { cookie } }).catch(() => undefined);
    if (answer) {
      expect([200, 502, 999]).toContain(answer.status);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
    hostile.close();
    hostile.closeAllConnections();
    const { attemptId } = await openWithIde();
    expect((await visit(attemptId, { headers: { cookie: await fixture.enter(attemptId) } })).status).toBe(
      200,
    );
  });
});

describe("names", () => {
  test.each<[string, (host: string) => string, number]>([
    [
      "upper case and a trailing dot",
      (host) => `GET / HTTP/1.1\r\nHost: ${host.toUpperCase().replace(":", ".:")}\r\n`,
      200,
    ],
    ["an absolute URL that agrees", (host) => `GET http://${host}/x HTTP/1.1\r\nHost: ${host}\r\n`, 200],
    [
      "an absolute URL of another sandbox",
      (host) => `GET http://${randomUUID()}.localhost/ HTTP/1.1\r\nHost: ${host}\r\n`,
      400,
    ],
    ["two Hosts", (host) => `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: localhost\r\n`, 400],
    ["a Host with a path", (host) => `GET / HTTP/1.1\r\nHost: ${host}/x\r\n`, 400],
    ["a Host with user info", (host) => `GET / HTTP/1.1\r\nHost: localhost@${host}\r\n`, 400],
    ["a folded header", (host) => `GET / HTTP/1.1\r\nHost: ${host}\r\nX: a\r\n b\r\n`, 400],
    [
      "length and chunks",
      (host) => `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n`,
      400,
    ],
    [
      "headers beyond the limit",
      (host) => `GET / HTTP/1.1\r\nHost: ${host}\r\nX: ${"a".repeat(20_000)}\r\n`,
      431,
    ],
    ["a tunnel", (host) => `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n`, 400],
    ["an echo of the request", (host) => `TRACE / HTTP/1.1\r\nHost: ${host}\r\n`, 403],
  ])("%s", async (_name, makeHead, status) => {
    const { attemptId } = await openWithIde();
    const cookie = await fixture.enter(attemptId);
    const head = makeHead(fixture.host(attemptId));
    const raw = await sendRaw(fixture.gateway.port, `${head}Cookie: ${cookie}\r\nConnection: close\r\n\r\n`);
    expect(raw).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test("an unknown workspace and a name that is none are not found", async () => {
    expect((await visit(randomUUID())).status).toBe(404);
    const named = await send(fixture.gateway.port, {
      headers: { host: `admin.${fixture.config.sandboxDomain}` },
    });
    expect(named.status).toBe(404);
  });

  test("health is no sandbox's, and metrics are for this machine without a proxy in between", async () => {
    const { attemptId, ide } = await openWithIde();
    const { port } = fixture.gateway;
    const host = { host: `localhost:${port}` };
    expect((await send(port, { path: "/healthz", headers: host })).status).toBe(200);
    expect((await send(port, { path: "/readyz", headers: host })).status).toBe(200);
    const metrics = await send(port, { path: "/metrics", headers: host });
    expect(metrics.body).toContain("worksample_gateway_open_sandboxes");
    expect(
      (await send(port, { path: "/metrics", headers: { ...host, "x-forwarded-for": "1.2.3.4" } })).status,
    ).toBe(404);
    const cookie = await fixture.enter(attemptId);
    await visit(attemptId, { path: "/metrics", headers: { cookie } });
    expect(ide.requests.map((one) => one.url)).toEqual(["/metrics"]);
  });

  test("the gateway's own paths never reach the sandbox", async () => {
    const { attemptId, ide } = await openWithIde();
    const cookie = await fixture.enter(attemptId);
    expect((await visit(attemptId, { path: "/_worksample/else", headers: { cookie } })).status).toBe(404);
    expect(ide.requests).toHaveLength(0);
  });
});

describe("the end", () => {
  test("closing ends streams and WebSockets at once, and later visits are told why", async () => {
    const sandbox = await openWithIde((_request, response) => void response.write("an endless stream"));
    sandbox.ide.server.on("upgrade", (_request, socket: Socket) =>
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
    );
    const cookie = await fixture.enter(sandbox.attemptId);
    const stream = openStream(sandbox.attemptId, cookie);
    await stream.begun;
    const socket = await openWebSocket(sandbox.attemptId, { cookie, origin: originOf(sandbox.attemptId) });
    const socketEnded = new Promise((resolve) => socket.once("close", resolve));
    const began = performance.now();
    await fixture.control.close(sandbox.sandboxId);
    await Promise.all([stream.ended, socketEnded]);
    expect(performance.now() - began).toBeLessThan(500);

    const stranger = await visit(sandbox.attemptId, { headers: { accept: "text/html" } });
    expect([stranger.status, stranger.body.includes("This workspace is closed")]).toEqual([409, true]);
  });

  test("one that is being replaced says that it comes back, one that is over does not", async () => {
    const sandbox = await openWithIde();
    await insertRunningAttempt(database.db, "host-1", sandbox);
    const cookie = await fixture.enter(sandbox.attemptId);
    await fixture.control.close(sandbox.sandboxId);
    const away = await visit(sandbox.attemptId, { headers: { cookie } });
    expect([away.status, JSON.parse(away.body).code]).toEqual([503, "workspace_unavailable"]);
    // A ticket is not used up by a visit that finds nobody.
    const path = enterPath(fixture.ticket(sandbox.attemptId));
    expect((await visit(sandbox.attemptId, { path })).status).toBe(503);
    const next = await fixture.openSandbox({ attemptId: sandbox.attemptId, epoch: 2 });
    expect((await visit(sandbox.attemptId, { path })).status).toBe(303);
    await fixture.control.close(next.sandboxId);
    await database.db
      .updateTable("attempt")
      .set({ state: "ended" })
      .where("id", "=", sandbox.attemptId)
      .execute();
    expect((await visit(sandbox.attemptId, { headers: { cookie } })).status).toBe(409);
  });
});

function handshake(
  attemptId: string,
  headers: Record<string, string>,
  target: WorkspaceAccess["target"],
): string {
  const lines = Object.entries({
    host: fixture.host(attemptId, target),
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET /socket HTTP/1.1\r\n${lines.join("")}\r\n`;
}

/** Resolves with the connection once it is a WebSocket; rejects with the status line otherwise. */
function openWebSocket(
  attemptId: string,
  headers: Record<string, string>,
  target: WorkspaceAccess["target"] = "ide",
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(fixture.gateway.port, "127.0.0.1");
    socket.on("error", reject);
    socket.once("data", (chunk) => {
      const line = chunk.toString("latin1").split("\r\n", 1)[0]!;
      if (line.startsWith("HTTP/1.1 101")) return resolve(socket);
      socket.destroy();
      reject(new Error(line));
    });
    socket.once("close", () => reject(new Error("closed")));
    socket.write(handshake(attemptId, headers, target));
  });
}

async function upgradeStatus(attemptId: string, headers: Record<string, string>): Promise<number> {
  return openWebSocket(attemptId, headers).then(
    (socket) => {
      socket.destroy();
      return 101;
    },
    (error: Error) => Number(error.message.split(" ")[1]),
  );
}

function openStream(attemptId: string, cookie: string) {
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const call = request({
    host: "127.0.0.1",
    port: fixture.gateway.port,
    headers: { host: fixture.host(attemptId), cookie },
  });
  call.on("error", () => ended.resolve());
  call.on("response", (response) => {
    response.on("data", () => begun.resolve());
    response.on("error", () => {});
    response.on("close", () => ended.resolve());
  });
  call.end();
  return { begun: begun.promise, ended: ended.promise };
}
