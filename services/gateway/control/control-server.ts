import { chmodSync, mkdirSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { dirname } from "node:path";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Log } from "../../shared/observability/log.ts";
import { OpenSandbox } from "../../shared/sandbox/gateway-control.ts";
import { listenOnSocket } from "../egress/listen-on-socket.ts";
import { sendProblem } from "../http/problem-response.ts";
import { EpochRefused } from "../registry/sandbox-registry.ts";

const MAX_BODY_BYTES = 16 * 1024;
const ROUTE = /^\/sandboxes\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export interface ControlActions {
  /** @throws EpochRefused */
  open(sandbox: OpenSandbox): Promise<void>;
  close(sandboxId: string): Promise<void>;
}

/** What the worker of this host calls; nobody else can reach the socket. Its client is `GatewayControl`. */
export async function openControlServer(
  socketPath: string,
  actions: ControlActions,
  log: Log,
): Promise<Server> {
  const directory = dirname(socketPath);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // The directory may have been there, with a wider mode.
  chmodSync(directory, 0o700);
  const server = createServer((request, response) => {
    answer(request, actions).then(
      () => response.writeHead(204).end(),
      (error: unknown) => sendProblem(response, presentError(error, request, log)),
    );
  });
  await listenOnSocket(server, socketPath, 0o600);
  return server;
}

async function answer(request: IncomingMessage, actions: ControlActions): Promise<void> {
  const sandboxId = ROUTE.exec(request.url ?? "")?.[1];
  if (sandboxId === undefined) throw new PlatformError("not_found");
  if (request.method === "DELETE") return actions.close(sandboxId);
  if (request.method !== "PUT") throw new PlatformError("method_not_allowed");
  const sandbox = OpenSandbox.safeParse(await readJson(request));
  if (!sandbox.success || sandbox.data.sandboxId !== sandboxId)
    throw new PlatformError("invalid_request", "The body must describe the sandbox named in the address.");
  return actions.open(sandbox.data);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new PlatformError("body_too_large");
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new PlatformError("malformed_body");
  }
}

function presentError(error: unknown, request: IncomingMessage, log: Log): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error instanceof EpochRefused) return new PlatformError("sandbox_closed", error.message);
  log.error({ err: error, method: request.method, url: request.url }, "a control request failed");
  return new PlatformError("internal_error", error instanceof Error ? error.message : undefined);
}
