import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { AttemptContext, EgressService } from "../../services/gateway/egress/service.ts";
import { PlatformError } from "../../services/shared/contracts/problem.ts";
import { controlSocket, sandboxLayout } from "../../services/shared/sandbox/layout.ts";
import {
  type GatewayFixture,
  insertRunningAttempt,
  send,
  sendRaw,
  startGatewayFixture,
} from "../support/gateway-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

let database: TestDatabase;
let fixture: GatewayFixture;
const opened: AttemptContext[] = [];
const closed: string[] = [];
let failOpening: Error | undefined;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const helpdesk: EgressService = {
  async handle(request, response, attempt) {
    switch (request.url) {
      case "/throw":
        throw new Error("a bug");
      case "/problem":
        throw new PlatformError("attempt_over");
      case "/half":
        response.writeHead(200).write("half");
        throw new Error("a bug after the head");
      case "/hang":
        return;
      case "/length": {
        const body = await readBody(request);
        response.end(String(body.length));
        return;
      }
      default:
        response.end(JSON.stringify({ url: request.url, attempt }));
    }
  },
  close: () => void closed.push("helpdesk"),
};

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await startGatewayFixture(database.db, {
    egressLimits: { requestsPerSec: 50, burst: 60, headersTimeoutMs: 700, connections: 20 },
    openServices: async (attempt) => {
      opened.push(attempt);
      if (failOpening) throw failOpening;
      return new Map(attempt.kind === "scored" ? [["helpdesk.internal", helpdesk]] : []);
    },
  });
});
afterEach(() => {
  opened.length = 0;
  closed.length = 0;
  failOpening = undefined;
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

async function openWayOut(kind: "scored" | "practice" = "scored") {
  const sandbox = await fixture.openSandbox({ kind });
  return { ...sandbox, socket: sandboxLayout(fixture.config.dataDir, sandbox.sandboxId).gatewaySocket };
}
const helpdeskHost = { host: "helpdesk.internal" };

describe("routing", () => {
  test("a request reaches the service of its Host with the attempt that the socket stands for", async () => {
    const { socket, ...sandbox } = await openWayOut();
    const answer = await send(socket, { path: "/v1/tickets?page=2", headers: helpdeskHost });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ url: "/v1/tickets?page=2", attempt: sandbox });
  });

  test("services are opened once per sandbox, and closed with it", async () => {
    const { socket, sandboxId } = await openWayOut();
    await Promise.all([1, 2, 3].map(() => send(socket, { headers: helpdeskHost })));
    expect(opened.map((attempt) => attempt.sandboxId)).toEqual([sandboxId]);
    await fixture.control.close(sandboxId);
    expect(closed).toEqual(["helpdesk"]);
  });

  test("a failure to open them is answered 503 and is not kept", async () => {
    const { socket } = await openWayOut();
    failOpening = new Error("database away");
    const failed = await send(socket, { headers: helpdeskHost });
    expect([failed.status, JSON.parse(failed.body).code]).toEqual([503, "unavailable"]);
    failOpening = undefined;
    expect((await send(socket, { headers: helpdeskHost })).status).toBe(200);
  });

  test("an unknown host is told which hosts there are", async () => {
    const { socket } = await openWayOut();
    const answer = await send(socket, { headers: { host: "models.internal" } });
    expect(answer.status).toBe(404);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(answer.body)).toMatchObject({
      code: "unknown_internal_host",
      detail: "models.internal is not known here. Available: http://helpdesk.internal.",
    });
  });

  test("a practice has no services, and is told so", async () => {
    const { socket } = await openWayOut("practice");
    const answer = await send(socket, { headers: helpdeskHost });
    expect(JSON.parse(answer.body).detail).toContain("This workspace has no services.");
  });

  test.each([
    ["upper case, port and trailing dot", "GET / HTTP/1.1\r\nHost: HelpDesk.Internal.:80\r\n", 200],
    [
      "an absolute URL of the same host",
      "GET http://helpdesk.internal/x HTTP/1.1\r\nHost: helpdesk.internal\r\n",
      200,
    ],
    ["HTTP/1.0 with a Host", "GET / HTTP/1.0\r\nHost: helpdesk.internal\r\n", 200],
    [
      "an upgrade it does not serve",
      "GET / HTTP/1.1\r\nHost: helpdesk.internal\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n",
      200,
    ],
    [
      "an absolute URL of another host",
      "GET http://other.internal/ HTTP/1.1\r\nHost: helpdesk.internal\r\n",
      400,
    ],
    ["two Hosts", "GET / HTTP/1.1\r\nHost: helpdesk.internal\r\nHost: other.internal\r\n", 400],
    ["no Host", "GET / HTTP/1.1\r\nAccept: */*\r\n", 400],
    ["HTTP/1.0 without a Host", "GET / HTTP/1.0\r\n", 400],
    ["user info in Host", "GET / HTTP/1.1\r\nHost: a@helpdesk.internal\r\n", 400],
    ["a list in Host", "GET / HTTP/1.1\r\nHost: helpdesk.internal, other.internal\r\n", 400],
    ["an asterisk", "OPTIONS * HTTP/1.1\r\nHost: helpdesk.internal\r\n", 400],
    ["a space in a header name", "GET / HTTP/1.1\r\nHost : helpdesk.internal\r\n", 400],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nHost: helpdesk.internal\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
      400,
    ],
    [
      "length and chunks",
      "POST / HTTP/1.1\r\nHost: helpdesk.internal\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n",
      400,
    ],
    ["a bare line feed in a value", "GET / HTTP/1.1\r\nHost: helpdesk.internal\r\nX: a\nY: b\r\n", 400],
    ["a tunnel", "CONNECT helpdesk.internal:80 HTTP/1.1\r\nHost: helpdesk.internal:80\r\n", 400],
    ["not HTTP at all", "\x16\x03\x01\x02hello\r\n", 400],
    [
      "headers beyond the limit",
      `GET / HTTP/1.1\r\nHost: helpdesk.internal\r\nX: ${"a".repeat(20_000)}\r\n`,
      431,
    ],
  ])("%s", async (_name, head, status) => {
    const { socket } = await openWayOut();
    const raw = await sendRaw(socket, `${head}${head.includes("close") ? "" : "Connection: close\r\n"}\r\n`);
    expect(raw).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    // Whatever it was, the next one is served.
    expect((await send(socket, { headers: helpdeskHost })).status).toBe(200);
  });

  test("pipelined requests are answered in their order", async () => {
    const { socket } = await openWayOut();
    const one = (path: string, end = "") => `GET ${path} HTTP/1.1\r\nHost: helpdesk.internal\r\n${end}\r\n`;
    const raw = await sendRaw(
      socket,
      one("/first") + one("/second") + one("/third", "Connection: close\r\n"),
    );
    expect([...raw.matchAll(/"url":"(.*?)"/g)].map((match) => match[1])).toEqual([
      "/first",
      "/second",
      "/third",
    ]);
  });
});

describe("a failing service", () => {
  test.each([
    ["/throw", 500, "internal_error"],
    ["/problem", 409, "attempt_over"],
  ])("%s is answered with a problem document", async (path, status, code) => {
    const { socket } = await openWayOut();
    const answer = await send(socket, { path, headers: helpdeskHost });
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([status, code]);
    expect(answer.body).not.toContain("a bug");
  });

  test("one that fails after the head ends its own connection only", async () => {
    const { socket } = await openWayOut();
    await expect(send(socket, { path: "/half", headers: helpdeskHost })).rejects.toThrow();
    expect((await send(socket, { headers: helpdeskHost })).status).toBe(200);
  });
});

describe("limits", () => {
  const megabytes = (count: number) => Buffer.alloc(count * 1024 * 1024);

  test("a body up to 10 MB arrives whole", async () => {
    const { socket } = await openWayOut();
    const answer = await send(socket, {
      method: "POST",
      path: "/length",
      headers: helpdeskHost,
      body: megabytes(10),
    });
    expect(answer.body).toBe(String(10 * 1024 * 1024));
  });

  test("a larger one is refused, announced or not, and the client gets to read why", async () => {
    const { socket } = await openWayOut();
    for (const headers of [helpdeskHost, { ...helpdeskHost, "transfer-encoding": "chunked" }]) {
      const answer = await send(socket, { method: "POST", path: "/length", headers, body: megabytes(12) });
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([413, "body_too_large"]);
    }
    expect((await send(socket, { headers: helpdeskHost })).status).toBe(200);
  });

  test("one sandbox's flood is refused while another is served", async () => {
    const [flooding, calm] = [await openWayOut(), await openWayOut()];
    const answers: Awaited<ReturnType<typeof send>>[] = [];
    // A slow machine needs more of them: what may be sent grows while time passes.
    for (let round = 0; round < 60 && answers.every(({ status }) => status === 200); round++) {
      const flood = Array.from({ length: 40 }, () => send(flooding.socket, { headers: helpdeskHost }));
      answers.push(...(await Promise.all(flood)));
    }
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(60);
    expect(refused[0]?.headers["retry-after"]).toBe("1");
    expect((await send(calm.socket, { headers: helpdeskHost })).status).toBe(200);
  });

  test("a head that trickles in is cut off", async () => {
    const { socket } = await openWayOut();
    const began = performance.now();
    const raw = await sendRaw(socket, "GET / HTTP/1.1\r\nHost: helpdesk.in", 8000);
    expect(raw).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - began).toBeLessThan(6000);
  });

  test("idle connections beyond the limit are dropped, and free places are given again", async () => {
    const { socket } = await openWayOut();
    const idle = Array.from({ length: 20 }, () => connect(socket));
    await Promise.all(idle.map((one) => new Promise((resolve) => one.once("connect", resolve))));
    await expect(send(socket, { headers: helpdeskHost })).rejects.toThrow();
    for (const one of idle) one.destroy();
    await expect
      .poll(() => send(socket, { headers: helpdeskHost }).then((answer) => answer.status))
      .toBe(200);
  });
});

describe("opening and closing", () => {
  test("sockets have their modes: anybody in the sandbox, and the worker alone", async () => {
    const { socket } = await openWayOut();
    expect(statSync(socket).mode & 0o777).toBe(0o666);
    const control = controlSocket(fixture.config.dataDir);
    expect(statSync(control).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(control)).mode & 0o777).toBe(0o700);
  });

  test("closing ends a request under way and removes the socket", async () => {
    const { socket, sandboxId } = await openWayOut();
    const hanging = send(socket, { path: "/hang", headers: helpdeskHost });
    const rejected = expect(hanging).rejects.toThrow();
    await expect.poll(() => opened.length).toBe(1);
    await fixture.control.close(sandboxId);
    await rejected;
    await expect(send(socket, { headers: helpdeskHost })).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("repeating either is harmless", async () => {
    const { socket, ...sandbox } = await openWayOut();
    await fixture.control.open(sandbox);
    expect((await send(socket, { headers: helpdeskHost })).status).toBe(200);
    await fixture.control.close(sandbox.sandboxId);
    await fixture.control.close(sandbox.sandboxId);
  });

  test("a newer epoch closes the older one, and an older one is refused", async () => {
    const older = await openWayOut();
    const newer = await fixture.openSandbox({ attemptId: older.attemptId, epoch: 2 });
    await expect(send(older.socket, { headers: helpdeskHost })).rejects.toMatchObject({ code: "ENOENT" });
    await expect(fixture.openSandbox({ attemptId: older.attemptId, epoch: 1 })).rejects.toThrow("409");
    await fixture.control.close(newer.sandboxId);
    await expect(fixture.openSandbox({ attemptId: older.attemptId, epoch: 1 })).rejects.toThrow("409");
  });

  test("an epoch older than the database's is refused even by a gateway that remembers nothing", async () => {
    const sandbox = { sandboxId: randomUUID(), attemptId: randomUUID(), epoch: 3, kind: "scored" as const };
    await insertRunningAttempt(database.db, "host-2", sandbox);
    await expect(fixture.openSandbox({ attemptId: sandbox.attemptId, epoch: 2 })).rejects.toThrow("409");
    await fixture.openSandbox({ attemptId: sandbox.attemptId, epoch: 3 });
  });

  test("a sandbox without a directory is an error, not a crash, and can be opened later", async () => {
    const sandbox = { sandboxId: randomUUID(), attemptId: randomUUID(), epoch: 1, kind: "scored" as const };
    await expect(fixture.control.open(sandbox)).rejects.toThrow("500");
    await fixture.openSandbox(sandbox);
  });

  test.each([
    ["PUT", `/sandboxes/${randomUUID()}`, "not json", 400],
    ["PUT", `/sandboxes/${randomUUID()}`, JSON.stringify({ sandboxId: randomUUID() }), 400],
    ["PUT", `/sandboxes/${randomUUID()}`, "x".repeat(20_000), 413],
    ["PUT", "/sandboxes/..%2f..%2fetc", "{}", 404],
    ["POST", `/sandboxes/${randomUUID()}`, "{}", 405],
    ["GET", "/", "", 404],
  ])("the control socket refuses %s %s", async (method, path, body, status) => {
    const answer = await send(controlSocket(fixture.config.dataDir), { method, path, body });
    expect(answer.status).toBe(status);
  });

  test("works in a data directory deeper than a socket address is long", async () => {
    const root = mkdtempSync(join(tmpdir(), "gateway-deep-"));
    const dataDir = join(root, "a".repeat(60), "b".repeat(20));
    mkdirSync(dataDir, { recursive: true });
    const deep = await startGatewayFixture(database.db, { dataDir }).catch((error: unknown) => error);
    try {
      // The worker's end has to use the short address too, so only what the gateway itself does is asserted.
      expect(deep).not.toBeInstanceOf(Error);
      expect(statSync(controlSocket(dataDir)).isSocket()).toBe(true);
    } finally {
      if (!(deep instanceof Error)) await (deep as GatewayFixture).close();
      rmSync(root, { recursive: true });
    }
  });
});

describe("a restart", () => {
  test("brings back what the database says is live on this host, and only that", async () => {
    const ids = () => ({
      sandboxId: randomUUID(),
      attemptId: randomUUID(),
      epoch: 1,
      kind: "scored" as const,
    });
    const [live, elsewhere, sealing, lost] = [ids(), ids(), ids(), ids()];
    for (const sandbox of [live, elsewhere, sealing, lost]) {
      const hostId = sandbox === elsewhere ? "host-2" : "host-1";
      await insertRunningAttempt(database.db, hostId, sandbox, {
        attempt: sandbox === sealing ? "sealing" : "running",
        sandbox: sandbox === lost ? "lost" : "ready",
      });
      await fixture.openSandbox(sandbox);
    }
    await fixture.restart();
    await fixture.gateway.restored;
    const socketOf = (sandbox: { sandboxId: string }) =>
      sandboxLayout(fixture.config.dataDir, sandbox.sandboxId).gatewaySocket;
    expect((await send(socketOf(live), { headers: helpdeskHost })).status).toBe(200);
    for (const sandbox of [elsewhere, sealing, lost])
      await expect(send(socketOf(sandbox), { headers: helpdeskHost })).rejects.toMatchObject({
        code: "ECONNREFUSED",
      });
  });
});
