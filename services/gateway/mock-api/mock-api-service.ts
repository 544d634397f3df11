import type { IncomingMessage, ServerResponse } from "node:http";
import type { TokenSealer } from "../../shared/domain/sealed-token.ts";
import type { CompiledApi } from "../../shared/mock-api/compile/compiled-api.ts";
import type { Log } from "../../shared/observability/log.ts";
import { limitBody } from "../egress/body-limit.ts";
import { ApiProblem } from "./api-problem.ts";
import type { Outcome } from "./operate/exchange.ts";
import { operate } from "./operate/operate.ts";
import { RateLimiter } from "./rate-limit.ts";
import { authenticate } from "./request/authenticate.ts";
import { matchRoute } from "./request/match-route.ts";
import { requireJsonAccepted } from "./request/negotiate.ts";
import { MAX_BODY_BYTES, readBody } from "./request/read-body.ts";
import { parseQuery, readParameters } from "./request/read-parameters.ts";
import { type WireAnswer, wireOutcome, wireProblem } from "./send-outcome.ts";
import { type AttemptState, QuotaExceededError } from "./state/attempt-state.ts";
import { AttemptClosedError } from "./state/record-store.ts";

export interface MockApiParts {
  api: CompiledApi;
  /** Lets requests in where the document asks for a key. */
  key: string;
  sealer: TokenSealer;
  log: Log;
  /** Lends the state for the time of the action. */
  withState<T>(action: (state: AttemptState) => Promise<T> | T): Promise<T>;
}

/** One mock API of one sandbox or one scratch instance. Answers everything itself, failures included. */
export class MockApiService {
  readonly #parts: MockApiParts;
  readonly #limiter: RateLimiter;

  constructor(parts: MockApiParts) {
    this.#parts = parts;
    this.#limiter = new RateLimiter(parts.api.bindings.rateLimit, performance.now());
  }

  /**
   * What to answer, with the state of the rate limit; null when nobody is there to be answered any more, or when the
   * limit of the body has answered already. Never rejects.
   */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<WireAnswer | null> {
    const rate = this.#limiter.take(performance.now());
    const withRate = (answer: WireAnswer) => ({ ...answer, headers: { ...rate.headers, ...answer.headers } });
    try {
      if (!rate.allowed)
        throw ApiProblem.of("rate_limited", `Wait ${rate.headers["retry-after"]} s before the next request.`);
      if (!limitBody(request, response, MAX_BODY_BYTES)) return null;
      return withRate(wireOutcome(await this.#perform(request)));
    } catch (error) {
      if (response.headersSent || request.errored) return null;
      return withRate(wireProblem(this.#toProblem(error)));
    }
  }

  async #perform(request: IncomingMessage): Promise<Outcome> {
    const { api, sealer, key } = this.#parts;
    const match = matchRoute(api, request.method ?? "GET", request.url ?? "/");
    if ("allow" in match) return { status: 204, headers: { allow: match.allow } };
    const { operation } = match;
    const query = parseQuery(match.query);
    authenticate(request, query, operation, key);
    requireJsonAccepted(request.headers.accept);
    const parameters = readParameters(match, query, request);
    const body = await readBody(request, operation.body);
    const { binding, successStatus } = operation;
    if (!binding) throw ApiProblem.of("not_implemented", "Nothing stands behind this operation yet.");
    if (binding.kind === "constant") return { status: successStatus, body: binding.body };
    const now = new Date().toISOString();
    const origin = `http://${request.headers.host ?? "localhost"}`;
    const target = request.url ?? "/";
    return this.#parts.withState((state) =>
      operate({ api, operation, state, sealer, parameters, body, now, origin, target }, binding),
    );
  }

  #toProblem(error: unknown): ApiProblem {
    if (error instanceof ApiProblem) return error;
    if (error instanceof AttemptClosedError)
      return ApiProblem.of(
        "workspace_closed",
        "Nothing can be written any more: the attempt is not running.",
      );
    if (error instanceof QuotaExceededError)
      return ApiProblem.of("storage_exhausted", "This workspace has written as much as it may.");
    this.#parts.log.error({ err: error }, "a mock API failed");
    return ApiProblem.of("unavailable", "Try again in a moment.", { headers: { "retry-after": "1" } });
  }
}
