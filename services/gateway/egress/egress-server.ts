import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as setTimeoutPromise } from "node:timers/promises";
import type { Log } from "../../shared/observability/log.ts";
import { answerClientError } from "../http/problem-response.ts";
import type { GatewayMetrics } from "../metrics.ts";
import { EgressRouter } from "./egress-router.ts";
import { listenOnSocket, removeSocket } from "./listen-on-socket.ts";
import type { AttemptContext, OpenEgressServices } from "./service.ts";
import { TokenBucket } from "./token-bucket.ts";

/** How long closing a sandbox waits for its services to write what they still hold. */
const CLOSE_MS = 3000;

/** What one sandbox may ask of the host that it shares with others. */
export interface EgressLimits {
  requestsPerSec: number;
  burst: number;
  connections: number;
  /** Bytes of the request line and all headers. */
  headerBytes: number;
  headersTimeoutMs: number;
  /** For a whole request to arrive, body included. */
  requestTimeoutMs: number;
  /** Without a byte in either direction; models may think for a while. */
  idleTimeoutMs: number;
}

export const EGRESS_LIMITS: EgressLimits = {
  requestsPerSec: 200,
  burst: 400,
  connections: 200,
  headerBytes: 16 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  idleTimeoutMs: 180_000,
};

/** One sandbox's way out: an HTTP server on a Unix socket of its own. */
export interface EgressServer {
  /** Ends all connections. @param keepSocket leaves the name for a successor to take over. */
  close(options?: { keepSocket?: boolean; graceMs?: number }): Promise<void>;
}

export interface EgressServerParts {
  attempt: AttemptContext;
  socketPath: string;
  openServices: OpenEgressServices;
  log: Log;
  metrics: GatewayMetrics;
  limits?: Partial<EgressLimits>;
}

/** @throws the error of bind(2), for example ENOENT while the sandbox's directory does not exist. */
export async function openEgressServer(parts: EgressServerParts): Promise<EgressServer> {
  const limits = { ...EGRESS_LIMITS, ...parts.limits };
  const bucket = new TokenBucket(limits.requestsPerSec, limits.burst, performance.now());
  const router = new EgressRouter({ ...parts, bucket });
  const server = createEgressHttpServer(router, limits);
  await listenOnSocket(server, parts.socketPath, 0o666);
  return {
    async close({ keepSocket = false, graceMs = 0 } = {}) {
      if (!keepSocket) removeSocket(parts.socketPath);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      if (graceMs === 0) server.closeAllConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
      await Promise.race([router.close(), setTimeoutPromise(CLOSE_MS, undefined, { ref: false })]);
    },
  };
}

function createEgressHttpServer(router: EgressRouter, limits: EgressLimits): Server {
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(2000, limits.headersTimeoutMs),
      keepAliveTimeout: 30_000,
      // A bad or missing Host is answered by the router, with a problem document.
      requireHostHeader: false,
    },
    (request, response) => router.handle(request, response),
  );
  server.maxConnections = limits.connections;
  server.setTimeout(limits.idleTimeoutMs);
  server.on("clientError", answerClientError);
  // CONNECT would be the one way to ask for a tunnel.
  server.on("connect", (_request, socket: Socket) => {
    answerClientError(new Error("CONNECT is not served"), socket);
  });
  return server;
}
