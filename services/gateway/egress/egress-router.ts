import type { IncomingMessage, ServerResponse } from "node:http";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Log } from "../../shared/observability/log.ts";
import { readTarget } from "../http/authority.ts";
import { sendProblem } from "../http/problem-response.ts";
import type { GatewayMetrics } from "../metrics.ts";
import { limitBody } from "./body-limit.ts";
import {
  type AttemptContext,
  type EgressService,
  type EgressServices,
  MAX_BODY_BYTES,
  type OpenEgressServices,
  type PresentRefusal,
} from "./service.ts";
import type { TokenBucket } from "./token-bucket.ts";

export interface EgressRouterParts {
  attempt: AttemptContext;
  openServices: OpenEgressServices;
  bucket: TokenBucket;
  log: Log;
  metrics: GatewayMetrics;
}

/** Hosts that are the platform's own; every other known one is a mock API. */
const PLATFORM_HOSTS: Record<string, string> = {
  "models.internal": "models",
  "packages.internal": "packages",
};

/** Answers one sandbox's requests by their Host. `handle` never throws and never rejects. */
export class EgressRouter {
  readonly #parts: EgressRouterParts;
  #services: Promise<EgressServices> | undefined;
  #closed = false;

  constructor(parts: EgressRouterParts) {
    this.#parts = parts;
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const { log, metrics, attempt } = this.#parts;
    const stop = metrics.egressSeconds.startTimer();
    let hostClass = "unknown";
    let present: PresentRefusal | undefined;
    request.on("error", () => {});
    response.on("error", () => {});
    response.once("close", () => {
      stop({ host_class: hostClass });
      metrics.egressRequests.inc({ host_class: hostClass, status: response.statusCode });
    });
    this.#answer(request, response, (known, service) => {
      hostClass = known;
      present = service.present;
    }).catch((error: unknown) => {
      if (error instanceof PlatformError) return sendProblem(response, error, {}, present);
      // The caller went away, and the service noticed.
      if (response.destroyed) return;
      metrics.faults.inc({ where: "egress" });
      log.error({ err: error, attemptId: attempt.attemptId }, "an egress service failed");
      sendProblem(response, new PlatformError("internal_error"), {}, present);
    });
  }

  /** Tells the services that no request will come any more. */
  async close(): Promise<void> {
    this.#closed = true;
    const services = await this.#services?.catch(() => undefined);
    this.#services = undefined;
    if (services) await closeAll(services);
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    classify: (hostClass: string, service: EgressService) => void,
  ): Promise<void> {
    const waitMs = this.#parts.bucket.take(performance.now());
    if (waitMs > 0) return refuseForNow(response, waitMs);
    const target = readTarget(request);
    if (!target)
      throw new PlatformError("invalid_request", "The Host header and the request line must name one host.");
    const services = await this.#open();
    const service = services.get(target.hostname);
    if (!service) throw unknownHost(target.hostname, services);
    classify(PLATFORM_HOSTS[target.hostname] ?? "mock_api", service);
    if (!limitBody(request, response, MAX_BODY_BYTES, service.present)) return;
    request.url = target.path;
    await service.handle(request, response, this.#parts.attempt);
  }

  async #open(): Promise<EgressServices> {
    if (this.#closed) throw new PlatformError("sandbox_closed");
    this.#services ??= this.#parts.openServices(this.#parts.attempt);
    const opening = this.#services;
    try {
      return await opening;
    } catch (error) {
      // The next request tries again: the database may be back by then.
      if (this.#services === opening) this.#services = undefined;
      if (error instanceof PlatformError) throw error;
      this.#parts.log.error({ err: error, attemptId: this.#parts.attempt.attemptId }, "no egress services");
      throw new PlatformError("unavailable", "The services of this workspace could not be started.");
    }
  }
}

/** One that fails must not keep the others open. */
async function closeAll(services: EgressServices): Promise<void> {
  const closing = [...new Set<EgressService>(services.values())].map(async (service) => service.close?.());
  await Promise.allSettled(closing);
}

function refuseForNow(response: ServerResponse, waitMs: number): void {
  sendProblem(response, new PlatformError("rate_limited", "This workspace sends too many requests."), {
    "retry-after": String(Math.max(1, Math.ceil(waitMs / 1000))),
  });
}

function unknownHost(hostname: string, services: EgressServices): PlatformError {
  const names = [...services.keys()].sort().map((name) => `http://${name}`);
  const available =
    names.length === 0 ? "This workspace has no services." : `Available: ${names.join(", ")}.`;
  return new PlatformError("unknown_internal_host", `${hostname} is not known here. ${available}`);
}
