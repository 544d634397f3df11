import { randomUUID } from "node:crypto";
import { request } from "node:http";
import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { insertRunningAttempt, send, sendRaw } from "../support/gateway-fixture.ts";
import {
  database,
  enterPath,
  fixture,
  gatewayForThisFile,
  ideSocketOf,
  openWebSocket,
  openWithIde,
  originOf,
  upgradeStatus,
  visit,
} from "../support/sandbox-visits.ts";

gatewayForThisFile();

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
    await fixture.control.close(sandbox.sandboxId);
    await Promise.all([stream.ended, socketEnded]);

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
