import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Gateway,
  type GatewayConfig,
  type GatewayDependencies,
  startGateway,
} from "../../services/gateway/gateway.ts";
import type { Database } from "../../services/shared/db/database.ts";
import { TokenSealer } from "../../services/shared/domain/sealed-token.ts";
import {
  originLabel,
  sealTicket,
  type WorkspaceAccess,
} from "../../services/shared/domain/workspace-access.ts";
import { createLog } from "../../services/shared/observability/log.ts";
import { GatewayControl, type OpenSandbox } from "../../services/shared/sandbox/gateway-control.ts";
import { controlSocket, sandboxLayout } from "../../services/shared/sandbox/layout.ts";
import { freePort } from "./free-port.ts";

export interface GatewayFixture {
  config: GatewayConfig;
  gateway: Gateway;
  control: GatewayControl;
  sealer: TokenSealer;
  /** Makes the directories of a sandbox, as the worker does, and opens it. */
  openSandbox(overrides?: Partial<OpenSandbox>): Promise<OpenSandbox>;
  ticket(attemptId: string, overrides?: Partial<WorkspaceAccess>): string;
  /** A Host header. */
  host(attemptId: string, target?: WorkspaceAccess["target"]): string;
  /** The whole way in: trades a ticket for a Cookie header. */
  enter(attemptId: string, target?: WorkspaceAccess["target"]): Promise<string>;
  /** Stops this process and starts its successor on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startGatewayFixture(
  db: Database,
  overrides: Partial<GatewayDependencies> & { dataDir?: string; publicUrl?: string; domain?: string } = {},
): Promise<GatewayFixture> {
  const port = await freePort();
  const dataDir = overrides.dataDir ?? mkdtempSync(join(tmpdir(), "gateway-"));
  const config: GatewayConfig = {
    dataDir,
    gatewayPort: port,
    hostId: "host-1",
    listenHost: "127.0.0.1",
    publicUrl: overrides.publicUrl ?? "http://localhost:4000",
    sandboxDomain: `${overrides.domain ?? "localhost"}:${port}`,
    sandboxScheme: "http",
    secret: "a secret of the tests, long enough",
  };
  const sealer = new TokenSealer(config.secret);
  const deps = { db, log: createLog("gateway", "silent"), openServices: async () => new Map(), ...overrides };
  const fixture: GatewayFixture = {
    config,
    gateway: await startGateway(config, deps),
    control: new GatewayControl(controlSocket(dataDir)),
    sealer,
    async openSandbox(sandboxOverrides = {}) {
      const sandbox: OpenSandbox = {
        sandboxId: randomUUID(),
        attemptId: randomUUID(),
        epoch: 1,
        kind: "scored",
        ...sandboxOverrides,
      };
      mkdirSync(sandboxLayout(dataDir, sandbox.sandboxId).ide, { recursive: true });
      await fixture.control.open(sandbox);
      return sandbox;
    },
    ticket: (attemptId, ticketOverrides = {}) =>
      sealTicket(sealer, {
        attemptId,
        target: "ide",
        jti: randomUUID(),
        expiresAt: Date.now() + 60_000,
        ...ticketOverrides,
      }),
    host: (attemptId, target = "ide") => `${originLabel(attemptId, target)}.${config.sandboxDomain}`,
    async enter(attemptId, target = "ide") {
      const answer = await send(port, {
        path: `/_worksample/enter?ticket=${fixture.ticket(attemptId, { target })}`,
        headers: { host: fixture.host(attemptId, target) },
      });
      const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0];
      if (answer.status !== 303 || !cookie)
        throw new Error(`entering was answered ${answer.status}: ${answer.body}`);
      return cookie;
    },
    async restart() {
      await fixture.gateway.close();
      fixture.gateway = await startGateway(config, deps);
    },
    async close() {
      await fixture.gateway.close();
      if (!overrides.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return fixture;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

/** One HTTP request to a port of this machine or to a Unix socket. */
export function send(
  to: number | string,
  { method = "GET", path = "/", headers = {}, body }: Sent,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const place = typeof to === "number" ? { host: "127.0.0.1", port: to } : { socketPath: to };
    const call = request({ ...place, method, path, headers, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
      } catch (error) {
        reject(error);
        return;
      }
      resolve({
        status: response.statusCode!,
        headers: response.headers,
        body: Buffer.concat(chunks).toString(),
      });
    });
    call.on("error", reject);
    call.end(body);
  });
}

/** Bytes as they are; what comes back until the other side ends or resets, at most `timeoutMs`. */
export function sendRaw(to: number | string, bytes: string, timeoutMs = 4000): Promise<string> {
  return new Promise((resolve) => {
    const socket = typeof to === "number" ? connect(to, "127.0.0.1") : connect(to);
    let received = "";
    const timer = setTimeout(() => socket.destroy(), timeoutMs);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(received);
    });
    socket.write(bytes, "latin1");
  });
}

export interface FakeIde {
  server: Server;
  /** As they arrived, newest last. */
  requests: IncomingMessage[];
  close(): Promise<void>;
}

/** Stands in for the IDE's server of a sandbox; without `answer` it echoes what it got, as JSON. */
export async function startFakeIde(
  socketPath: string,
  answer: (request: IncomingMessage, response: ServerResponse) => void = echo,
): Promise<FakeIde> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    server,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Upgraded ones are no longer the server's to close.
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function echo(request: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = request;
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ method, url, headers }));
}

/** Rows for an attempt that runs on `hostId`, and its sandbox. */
export async function insertRunningAttempt(
  db: Database,
  hostId: string,
  sandbox: OpenSandbox,
  states: { attempt?: string; sandbox?: string } = {},
): Promise<void> {
  await db
    .insertInto("host")
    .values({ id: hostId, capacity: 10 })
    .onConflict((on) => on.doNothing())
    .execute();
  const assessment = await db
    .insertInto("assessment")
    .values({ slug: randomUUID(), title: "Test" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const version = await db
    .insertInto("assessment_version")
    .values({ assessment_id: assessment.id, number: 1, spec: "{}" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const invitation = await db
    .insertInto("invitation")
    .values({
      assessment_version_id: version.id,
      candidate_name: "Candidate",
      candidate_email: "candidate@example.com",
      expires_at: new Date(Date.now() + 86_400_000),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("attempt")
    .values({
      id: sandbox.attemptId,
      invitation_id: invitation.id,
      assessment_version_id: version.id,
      kind: sandbox.kind,
      state: states.attempt ?? "running",
      limit_sec: 3600,
      started_at: new Date(),
      deadline_at: new Date(Date.now() + 3_600_000),
      host_id: hostId,
      epoch: sandbox.epoch,
    })
    .execute();
  await db
    .insertInto("sandbox")
    .values({
      id: sandbox.sandboxId,
      attempt_id: sandbox.attemptId,
      epoch: sandbox.epoch,
      host_id: hostId,
      state: states.sandbox ?? "ready",
    })
    .execute();
}
