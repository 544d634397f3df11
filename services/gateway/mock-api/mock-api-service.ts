import type { IncomingMessage, ServerResponse } from "node:http";
import type { LoggedMismatch } from "../../shared/contracts/mock-api-log.ts";
import type { CompiledOperation } from "../../shared/mock-api/compile/compiled-api.ts";
import type { Log } from "../../shared/observability/log.ts";
import { limitBody } from "../egress/body-limit.ts";
import { ApiProblem } from "./api-problem.ts";
import type { Outcome } from "./operate/exchange.ts";
import { type PerformParts, perform } from "./perform.ts";
import { RateLimiter } from "./rate-limit.ts";
import type { Route } from "./request/match-route.ts";
import { MAX_BODY_BYTES } from "./request/read-body.ts";
import { type WireAnswer, wireOutcome, wireProblem } from "./send-outcome.ts";
import { QuotaExceededError } from "./state/change-group.ts";
import { AttemptClosedError } from "./state/record-store.ts";

export interface MockApiParts extends PerformParts {
  log: Log;
  /** Whether what bound operations answer is held against the document; nothing changes but what is noted. */
  checkAnswers?: boolean;
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
  async answer(request: IncomingMessage, response: ServerResponse, route: Route): Promise<WireAnswer | null> {
    const rate = this.#limiter.take(performance.now());
    const withRate = (answer: WireAnswer) => ({ ...answer, headers: { ...rate.headers, ...answer.headers } });
    try {
      if (!rate.allowed)
        throw ApiProblem.of("rate_limited", `Wait ${rate.headers["retry-after"]} s before the next request.`);
      if (!limitBody(request, response, MAX_BODY_BYTES)) return null;
      return withRate(await this.#perform(request, route));
    } catch (error) {
      if (response.headersSent || request.errored) return null;
      return withRate(wireProblem(this.#toProblem(error)));
    }
  }

  async #perform(request: IncomingMessage, route: Route): Promise<WireAnswer> {
    const { outcome, operation } = await perform(request, route, this.#parts);
    const answer = wireOutcome(outcome);
    if (this.#parts.checkAnswers && operation?.binding && request.method !== "HEAD") {
      const mismatch = mismatchOf(operation, outcome);
      if (mismatch) {
        answer.mismatch = mismatch;
        this.#parts.log.warn(
          { code: "response_mismatch", operationId: operation.operationId, mismatch },
          "an answer is not as documented",
        );
      }
    }
    return answer;
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

function mismatchOf(operation: CompiledOperation, { status, body }: Outcome): LoggedMismatch[] | null {
  if (status === 304) return null;
  try {
    return operation.checkResponse(status, body);
  } catch (error) {
    return [{ pointer: "", message: (error as Error).message }];
  }
}
