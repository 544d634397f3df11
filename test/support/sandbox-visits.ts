import type { IncomingMessage, ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { WorkspaceAccess } from "../../services/shared/domain/workspace-access.ts";
import type { OpenSandbox } from "../../services/shared/sandbox/gateway-control.ts";
import { sandboxLayout } from "../../services/shared/sandbox/layout.ts";
import {
  type Answer,
  type FakeIde,
  type GatewayFixture,
  type Sent,
  send,
  startFakeIde,
  startGatewayFixture,
} from "./gateway-fixture.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

export let database: TestDatabase;
export let fixture: GatewayFixture;
const ides: FakeIde[] = [];

/** Starts a gateway for the tests of a file, which then stands in `fixture`; what follows is done there. */
export function gatewayForThisFile(): void {
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
}

export const ideSocketOf = (sandbox: OpenSandbox) =>
  sandboxLayout(fixture.config.dataDir, sandbox.sandboxId).ideSocket;

export async function openWithIde(answer?: (request: IncomingMessage, response: ServerResponse) => void) {
  const sandbox = await fixture.openSandbox();
  const ide = await startFakeIde(ideSocketOf(sandbox), answer);
  ides.push(ide);
  return { ...sandbox, ide };
}

export function visit(
  attemptId: string,
  sent: Sent & { target?: WorkspaceAccess["target"] } = {},
): Promise<Answer> {
  const headers = { host: fixture.host(attemptId, sent.target), ...sent.headers };
  return send(fixture.gateway.port, { ...sent, headers });
}

export const enterPath = (ticket: string) => `/_worksample/enter?ticket=${ticket}`;
export const originOf = (attemptId: string, target?: WorkspaceAccess["target"]) =>
  `http://${fixture.host(attemptId, target)}`;

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
export function openWebSocket(
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

/** 101, or the status of the refusal. */
export async function upgradeStatus(attemptId: string, headers: Record<string, string>): Promise<number> {
  return openWebSocket(attemptId, headers).then(
    (socket) => {
      socket.destroy();
      return 101;
    },
    (error: Error) => Number(error.message.split(" ")[1]),
  );
}
