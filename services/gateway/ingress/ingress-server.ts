import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Config } from "../../shared/config/config.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { TokenSealer } from "../../shared/domain/sealed-token.ts";
import type { Log } from "../../shared/observability/log.ts";
import { type RequestTarget, readTarget } from "../http/authority.ts";
import { answerClientError, sendProblem, sendProblemOnSocket } from "../http/problem-response.ts";
import type { GatewayMetrics } from "../metrics.ts";
import { ENTER_PATH, enter } from "./enter.ts";
import type { Admission, Gatekeeper } from "./gatekeeper.ts";
import { classifyHost, type SandboxOrigin } from "./origin.ts";
import { REFUSALS, type Refusal, refuse } from "./pages.ts";
import { mayOpenWebSocket, mayRequest } from "./same-origin.ts";
import type { SandboxForwarder } from "./sandbox-forwarder.ts";
import { holdsSession } from "./session-cookie.ts";
import type { UsedTickets } from "./used-tickets.ts";

export interface IngressParts {
  config: Pick<Config, "sandboxDomain" | "sandboxScheme" | "publicUrl">;
  sealer: TokenSealer;
  usedTickets: UsedTickets;
  gatekeeper: Gatekeeper;
  forwarder: SandboxForwarder;
  /** Answers requests for hosts outside of the sandbox domain: health and metrics. */
  onPlatformRequest(request: IncomingMessage, response: ServerResponse): void;
  /** Answers requests for scratch instances of mock APIs; without it there are none. */
  serveScratch?: ServeScratch | undefined;
  log: Log;
  metrics: GatewayMetrics;
}

/** @param path of the request line, query included */
export type ServeScratch = (
  scratchId: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

const OWN_PATHS = "/_worksample/";
const MAX_HEADER_BYTES = 16 * 1024;

/** The way into the sandboxes for browsers: one HTTP server for all sandbox origins of this host. */
export function createIngressServer(parts: IngressParts): Server {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: 15_000,
      // A candidate may upload a large file to an app over a slow line.
      requestTimeout: 600_000,
      keepAliveTimeout: 65_000,
      requireHostHeader: false,
    },
    (request, response) => {
      request.on("error", () => {});
      response.on("error", () => {});
      answer(parts, request, response).catch((error: unknown) => {
        reportFault(parts, error);
        sendProblem(response, new PlatformError("internal_error"));
      });
    },
  );
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    upgrade(parts, request, socket, head).catch((error: unknown) => {
      reportFault(parts, error);
      socket.destroy();
    });
  });
  server.on("clientError", answerClientError);
  server.on("connect", (_request, socket) => answerClientError(new Error("CONNECT is not served"), socket));
  return server;
}

async function answer(
  parts: IngressParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const place = locate(parts, request);
  if (place.kind === "platform") return parts.onPlatformRequest(request, response);
  if (place.kind === "malformed") {
    countRequests(parts, response, "none");
    return sendProblem(
      response,
      new PlatformError("invalid_request", "The Host header and the request line must name one host."),
    );
  }
  if (place.kind === "scratch" && parts.serveScratch) {
    countRequests(parts, response, "scratch");
    return parts.serveScratch(place.scratchId, place.path, request, response);
  }
  if (place.kind !== "sandbox") {
    countRequests(parts, response, "none");
    return refuse(request.headers, response, REFUSALS.notFound, parts.config.publicUrl);
  }
  const { origin, target } = place;
  const isEntry = target.path.split("?", 1)[0] === ENTER_PATH;
  countRequests(parts, response, isEntry ? "enter" : kindOf(origin));
  if (!mayRequest(request.method ?? "GET", request.headers, origin.origin))
    return refuse(request.headers, response, REFUSALS.crossSite, parts.config.publicUrl);
  const refusal = isEntry
    ? await enter(request, response, origin, queryOf(target), parts)
    : await passOn(parts, request, response, origin, target);
  if (refusal) refuse(request.headers, response, refusal, parts.config.publicUrl);
}

async function passOn(
  parts: IngressParts,
  request: IncomingMessage,
  response: ServerResponse,
  origin: SandboxOrigin,
  target: RequestTarget,
): Promise<Refusal | undefined> {
  const admission = await admit(parts, request, origin);
  if ("refusal" in admission) return admission.refusal;
  if (target.path.startsWith(OWN_PATHS)) sendProblem(response, new PlatformError("not_found"));
  else parts.forwarder.forward(request, response, origin, target.path, admission.entry);
}

function admit(parts: IngressParts, request: IncomingMessage, origin: SandboxOrigin): Promise<Admission> {
  const hasPass = holdsSession(parts.sealer, request.headers.cookie, origin, Date.now());
  return parts.gatekeeper.admit(origin.attemptId, hasPass);
}

function queryOf(target: RequestTarget): URLSearchParams {
  return new URLSearchParams(target.path.slice(ENTER_PATH.length));
}

async function upgrade(
  parts: IngressParts,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const place = locate(parts, request);
  if (place.kind !== "sandbox") return sendProblemOnSocket(socket, "sandbox_not_found");
  const { origin, target } = place;
  if (request.method !== "GET" || request.headers.upgrade?.toLowerCase() !== "websocket")
    return sendProblemOnSocket(socket, "invalid_request", "Only WebSocket upgrades are served.");
  if (!mayOpenWebSocket(request.headers, origin.origin))
    return sendProblemOnSocket(socket, "cross_site_request");
  const admission = await admit(parts, request, origin);
  if ("refusal" in admission) return sendProblemOnSocket(socket, admission.refusal.code);
  if (target.path.startsWith(OWN_PATHS)) return sendProblemOnSocket(socket, "not_found");
  parts.forwarder.forwardWebSocket(request, socket, head, origin, target.path, admission.entry);
}

type Place =
  | { kind: "sandbox"; origin: SandboxOrigin; target: RequestTarget }
  | { kind: "scratch"; scratchId: string; path: string }
  | { kind: "platform" }
  | { kind: "unknown" }
  | { kind: "malformed" };

function locate(parts: IngressParts, request: IncomingMessage): Place {
  const target = readTarget(request);
  if (!target) return { kind: "malformed" };
  const host = classifyHost(parts.config, target.hostname);
  if (host.kind === "sandbox") return { ...host, target };
  return host.kind === "scratch" ? { ...host, path: target.path } : host;
}

function kindOf(origin: SandboxOrigin): "ide" | "preview" {
  return origin.target === "ide" ? "ide" : "preview";
}

function countRequests({ metrics }: IngressParts, response: ServerResponse, target: string): void {
  response.once("close", () => metrics.ingressRequests.inc({ target, status: response.statusCode }));
}

function reportFault({ log, metrics }: IngressParts, error: unknown): void {
  metrics.faults.inc({ where: "ingress" });
  log.error({ err: error }, "a browser's request could not be served");
}
