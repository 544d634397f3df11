import type { IncomingMessage, ServerResponse } from "node:http";
import { mockApiKey } from "../../shared/domain/mock-api-key.ts";
import type { TokenSealer } from "../../shared/domain/sealed-token.ts";
import type { CompiledApi } from "../../shared/mock-api/compile/compiled-api.ts";
import type { Log } from "../../shared/observability/log.ts";
import { limitBody } from "../egress/body-limit.ts";
import type { AttemptContext, EgressService } from "../egress/service.ts";
import { ApiProblem } from "./api-problem.ts";
import type { Outcome } from "./operate/exchange.ts";
import { operate } from "./operate/operate.ts";
import { RateLimiter } from "./rate-limit.ts";
import { authenticate } from "./request/authenticate.ts";
import { matchRoute } from "./request/match-route.ts";
import { requireJsonAccepted } from "./request/negotiate.ts";
import { MAX_BODY_BYTES, readBody } from "./request/read-body.ts";
import { parseQuery, readParameters } from "./request/read-parameters.ts";
import { sendApiProblem, sendOutcome } from "./send-outcome.ts";
import { type AttemptState, QuotaExceededError } from "./state/attempt-state.ts";
import { AttemptClosedError } from "./state/record-store.ts";

export interface MockApiParts {
  api: CompiledApi;
  hostname: string;
  sealer: TokenSealer;
  log: Log;
  /** Lends the attempt's state for the time of the action. */
  withState<T>(attempt: AttemptContext, action: (state: AttemptState) => Promise<T> | T): Promise<T>;
  /** Called when the sandbox is closed. */
  release(): void;
}

/** One mock API of one sandbox. Answers everything itself, failures included. */
export class MockApiService implements EgressService {
  readonly #parts: MockApiParts;
  readonly #limiter: RateLimiter;

  constructor(parts: MockApiParts) {
    this.#parts = parts;
    this.#limiter = new RateLimiter(parts.api.bindings.rateLimit, performance.now());
  }

  async handle(request: IncomingMessage, response: ServerResponse, attempt: AttemptContext): Promise<void> {
    const withBody = request.method !== "HEAD";
    const rate = this.#limiter.take(performance.now());
    try {
      if (!rate.allowed)
        throw ApiProblem.of("rate_limited", `Wait ${rate.headers["retry-after"]} s before the next request.`);
      if (!limitBody(request, response, MAX_BODY_BYTES)) return;
      const outcome = await this.#answer(request, attempt);
      sendOutcome(response, outcome, rate.headers, withBody);
    } catch (error) {
      // An answer that has begun is the body limit's; a broken request has nobody to answer to.
      if (response.headersSent || request.errored) return;
      sendApiProblem(response, this.#toProblem(error, attempt), rate.headers, withBody);
    }
  }

  close(): void {
    this.#parts.release();
  }

  async #answer(request: IncomingMessage, attempt: AttemptContext): Promise<Outcome> {
    const { api, sealer, hostname } = this.#parts;
    const match = matchRoute(api, request.method ?? "GET", request.url ?? "/");
    if ("allow" in match) return { status: 204, headers: { allow: match.allow } };
    const { operation } = match;
    const query = parseQuery(match.query);
    authenticate(request, query, operation, mockApiKey(sealer, attempt.attemptId, hostname));
    requireJsonAccepted(request.headers.accept);
    const parameters = readParameters(match, query, request);
    const body = await readBody(request, operation.body);
    const { binding, successStatus } = operation;
    if (!binding) throw ApiProblem.of("not_implemented", "Nothing stands behind this operation yet.");
    if (binding.kind === "constant") return { status: successStatus, body: binding.body };
    const now = new Date().toISOString();
    return this.#parts.withState(attempt, (state) =>
      operate({ api, operation, attempt, state, sealer, parameters, body, now }, binding),
    );
  }

  #toProblem(error: unknown, attempt: AttemptContext): ApiProblem {
    if (error instanceof ApiProblem) return error;
    if (error instanceof AttemptClosedError)
      return ApiProblem.of(
        "workspace_closed",
        "Nothing can be written any more: the attempt is not running.",
      );
    if (error instanceof QuotaExceededError)
      return ApiProblem.of("storage_exhausted", "This workspace has written as much as it may.");
    this.#parts.log.error(
      { err: error, attemptId: attempt.attemptId, hostname: this.#parts.hostname },
      "a mock API failed",
    );
    return ApiProblem.of("unavailable", "Try again in a moment.", { headers: { "retry-after": "1" } });
  }
}
