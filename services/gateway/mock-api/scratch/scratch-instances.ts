import type { IncomingMessage, ServerResponse } from "node:http";
import { PlatformError } from "../../../shared/contracts/problem.ts";
import type { Log } from "../../../shared/observability/log.ts";
import { TokenBucket } from "../../egress/token-bucket.ts";
import { sendProblem } from "../../http/problem-response.ts";
import type { ScratchRow } from "../mock-api-rows.ts";
import type { ServedMockApi } from "../served-mock-api.ts";
import { answerPreflight, guardAnswer, judgeCaller } from "./cross-origin.ts";

export interface ScratchLimits {
  /** Instances held in memory; above it the one that was used least recently is closed. */
  maxOpen: number;
  /** An instance that nobody asks for so long is closed. What was written to it is gone then. */
  idleMs: number;
  /** Instances looked up in the database per second: strangers may ask for any address. */
  lookupsPerSec: number;
  /** How soon an instance whose row is deleted is no longer served. */
  recheckMs: number;
}

export const SCRATCH_LIMITS: ScratchLimits = {
  maxOpen: 40,
  idleMs: 30 * 60_000,
  lookupsPerSec: 20,
  recheckMs: 5000,
};

export interface ScratchInstancesParts {
  find(scratchId: string): Promise<ScratchRow | null>;
  exists(scratchId: string): Promise<boolean>;
  /** @throws for what cannot be compiled */
  open(scratchId: string, row: ScratchRow): ServedMockApi;
  /** Origin of the pages that may call. */
  ownPages: string;
  log: Log;
  limits?: Partial<ScratchLimits>;
}

interface Instance {
  api: ServedMockApi;
  /** By `performance.now()`. */
  expiresAt: number;
  usedAt: number;
  checkedAt: number;
}

/**
 * Mock APIs to try out in the studio, each under a host of its own. A scratch instance is a row of the database that
 * has not expired; nothing else, and no attempt, can be reached through here.
 */
export class ScratchInstances {
  readonly #parts: ScratchInstancesParts;
  readonly #limits: ScratchLimits;
  readonly #open = new Map<string, Promise<Instance>>();
  readonly #lookups: TokenBucket;
  readonly #sweep: NodeJS.Timeout;

  constructor(parts: ScratchInstancesParts) {
    this.#parts = parts;
    this.#limits = { ...SCRATCH_LIMITS, ...parts.limits };
    const { lookupsPerSec, idleMs } = this.#limits;
    this.#lookups = new TokenBucket(lookupsPerSec, lookupsPerSec * 3, performance.now());
    this.#sweep = setInterval(() => void this.closeIdle(), Math.max(1000, idleMs / 10));
    this.#sweep.unref();
  }

  get size(): number {
    return this.#open.size;
  }

  /** Answers everything itself. @param path of the request line, query included */
  async handle(
    scratchId: string,
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { ownPages } = this.#parts;
    const { origin } = request.headers;
    const verdict = judgeCaller(request.method ?? "GET", request.headers, ownPages);
    if (verdict === "preflight") return answerPreflight(response, request.headers, ownPages);
    guardAnswer(response, origin, ownPages);
    try {
      if (verdict === "refuse") throw new PlatformError("cross_site_request");
      const instance = await this.#find(scratchId);
      instance.usedAt = performance.now();
      request.url = path;
      await instance.api.handle(request, response);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      sendProblem(response, error);
    }
  }

  close(): void {
    clearInterval(this.#sweep);
    for (const scratchId of [...this.#open.keys()]) this.#close(scratchId);
  }

  async closeIdle(): Promise<void> {
    const now = performance.now();
    for (const [scratchId, opening] of [...this.#open]) {
      const instance = await opening.catch(() => null);
      if (!instance || instance.expiresAt <= now || now - instance.usedAt >= this.#limits.idleMs)
        this.#close(scratchId);
    }
  }

  async #find(scratchId: string): Promise<Instance> {
    const known = this.#open.get(scratchId) ?? this.#openOne(scratchId);
    const instance = await known;
    if (instance.expiresAt > performance.now() && (await this.#isStillThere(scratchId, instance))) {
      // The most recently used last, so that the first is the one to close.
      if (this.#open.delete(scratchId)) this.#open.set(scratchId, known);
      return instance;
    }
    this.#close(scratchId);
    throw new PlatformError("scratch_not_found");
  }

  /** A reset deletes the row: what was written to the instance must then be out of reach. */
  async #isStillThere(scratchId: string, instance: Instance): Promise<boolean> {
    const now = performance.now();
    if (now - instance.checkedAt < this.#limits.recheckMs) return true;
    instance.checkedAt = now;
    return this.#parts.exists(scratchId);
  }

  #openOne(scratchId: string): Promise<Instance> {
    if (this.#lookups.take(performance.now()) > 0) throw new PlatformError("rate_limited");
    const opening = this.#load(scratchId);
    this.#open.set(scratchId, opening);
    opening.then(
      () => this.#closeAboveLimit(),
      () => {
        if (this.#open.get(scratchId) === opening) this.#open.delete(scratchId);
      },
    );
    return opening;
  }

  async #load(scratchId: string): Promise<Instance> {
    const row = await this.#parts.find(scratchId);
    if (!row) throw new PlatformError("scratch_not_found");
    try {
      const api = this.#parts.open(scratchId, row);
      const now = performance.now();
      return { api, expiresAt: now + row.remainingMs, usedAt: now, checkedAt: now };
    } catch (error) {
      this.#parts.log.warn({ err: error, scratchId }, "a scratch instance cannot be served");
      throw new PlatformError("scratch_failed", error instanceof Error ? error.message : undefined);
    }
  }

  #closeAboveLimit(): void {
    const [oldest] = this.#open.keys();
    if (this.#open.size > this.#limits.maxOpen && oldest !== undefined) this.#close(oldest);
  }

  #close(scratchId: string): void {
    const opening = this.#open.get(scratchId);
    this.#open.delete(scratchId);
    opening?.then(
      ({ api }) => api.close(),
      () => {},
    );
  }
}
