import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type Config, sandboxOrigin } from "../../shared/config/config.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Log } from "../../shared/observability/log.ts";
import { sandboxLayout } from "../../shared/sandbox/layout.ts";
import { sendProblem, sendProblemOnSocket } from "../http/problem-response.ts";
import type { GatewayMetrics } from "../metrics.ts";
import type { OpenEntry } from "../registry/sandbox-registry.ts";
import { headersForBrowser, headersForSandbox, type RawHeaders } from "./forwarded-headers.ts";
import type { SandboxOrigin } from "./origin.ts";
import { nothingOnPort, REFUSALS, refuse } from "./pages.ts";
import { locationOutside, pathInsideSandbox } from "./preview-path.ts";
import { proxyHttp } from "./proxy-http.ts";
import { proxyWebSocket } from "./proxy-websocket.ts";

export interface ForwarderParts {
  config: Pick<Config, "dataDir" | "publicUrl" | "sandboxDomain" | "sandboxScheme">;
  log: Log;
  metrics: GatewayMetrics;
  /** For the head of an answer; an app may ask a model before it answers. */
  answerTimeoutMs?: { ide: number; preview: number };
}

const ANSWER_TIMEOUT_MS = { ide: 30_000, preview: 300_000 };
/** Of one sandbox: requests under way and WebSockets together. */
const MAX_CONNECTIONS = 500;

/** Takes admitted requests to the IDE of a sandbox, or through it to a port of the candidate's app. */
export class SandboxForwarder {
  readonly #parts: ForwarderParts;

  constructor(parts: ForwarderParts) {
    this.#parts = parts;
  }

  forward(
    request: IncomingMessage,
    response: ServerResponse,
    origin: SandboxOrigin,
    path: string,
    entry: OpenEntry,
  ): void {
    const { config, log, metrics } = this.#parts;
    const inside = whereInside(request, origin, path, entry);
    if (inside instanceof PlatformError) {
      sendProblem(response, inside);
      return;
    }
    const stopTimer = metrics.ingressSeconds.startTimer({ target: kindOf(origin) });
    proxyHttp({
      request,
      response,
      entry,
      path: inside,
      socketPath: sandboxLayout(config.dataDir, entry.sandboxId).ideSocket,
      headers: headersForSandbox(request.rawHeaders, origin, config.sandboxScheme),
      timeoutMs: (this.#parts.answerTimeoutMs ?? ANSWER_TIMEOUT_MS)[kindOf(origin)],
      mapResponseHeaders: (raw) => {
        stopTimer();
        return this.#toBrowser(raw, origin);
      },
      onNothingListening: () =>
        refuse(
          request.headers,
          response,
          origin.target === "ide" ? REFUSALS.notAnswering : nothingOnPort(origin.target),
          config.publicUrl,
        ),
      onUnreachable: (error) => {
        log.info({ err: error, sandboxId: entry.sandboxId }, "a workspace did not answer");
        refuse(request.headers, response, REFUSALS.notAnswering, config.publicUrl);
      },
    });
  }

  forwardWebSocket(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    origin: SandboxOrigin,
    path: string,
    entry: OpenEntry,
  ): void {
    const { config, metrics } = this.#parts;
    const inside = whereInside(request, origin, path, entry);
    if (inside instanceof PlatformError) {
      sendProblemOnSocket(socket, inside.code);
      return;
    }
    const target = kindOf(origin);
    proxyWebSocket({
      request,
      socket,
      head,
      entry,
      path: inside,
      socketPath: sandboxLayout(config.dataDir, entry.sandboxId).ideSocket,
      headers: headersForSandbox(request.rawHeaders, origin, config.sandboxScheme),
      mapResponseHeaders: (raw) => this.#toBrowser(raw, origin),
      onOpen: () => metrics.webSockets.inc({ target }),
      onClose: () => metrics.webSockets.dec({ target }),
    });
  }

  #toBrowser(raw: RawHeaders, origin: SandboxOrigin): RawHeaders {
    const { config } = this.#parts;
    return headersForBrowser(raw, {
      origin,
      // The editor's own browser panel shows previews, so the attempt's IDE may frame them too.
      frameAncestors: [new URL(config.publicUrl).origin, sandboxOrigin(config, origin.attemptId)],
      mapLocation: (location) => locationOutside(origin, location),
    });
  }
}

function kindOf(origin: SandboxOrigin): "ide" | "preview" {
  return origin.target === "ide" ? "ide" : "preview";
}

/** The path on the IDE's server, or why the request goes nowhere. TRACE would echo what is kept from the app. */
function whereInside(
  request: IncomingMessage,
  origin: SandboxOrigin,
  path: string,
  entry: OpenEntry,
): string | PlatformError {
  if (request.method === "TRACE") return new PlatformError("method_not_allowed");
  if (entry.connections.size >= MAX_CONNECTIONS) return new PlatformError("rate_limited");
  return pathInsideSandbox(origin, path) ?? new PlatformError("not_found");
}
