import type { LoggedCallback } from "../../../shared/contracts/mock-api-log.ts";
import type { TokenSealer } from "../../../shared/domain/sealed-token.ts";
import type { CompiledApi, CompiledOperation } from "../../../shared/mock-api/compile/compiled-api.ts";
import type { Parameters } from "../request/read-parameters.ts";
import type { AttemptState } from "../state/attempt-state.ts";

/** One request whose every part is understood and checked. */
export interface Exchange {
  api: CompiledApi;
  operation: CompiledOperation;
  state: AttemptState;
  sealer: TokenSealer;
  parameters: Parameters;
  body: unknown;
  /** Scheme and host that the request was sent to, for links. */
  origin: string;
  /** Path and query as they were sent. */
  target: string;
  /** UTC ISO 8601 with milliseconds. */
  now: string;
}

/** What to answer; `body` undefined sends none. */
export interface Outcome {
  status: number;
  body?: unknown;
  /** The body as JSON, where that has been written already. */
  json?: string;
  headers?: Record<string, string>;
  /** Media type of the body; application/json when absent. */
  type?: string;
  /** What a real service would call now; only noted. */
  callbacks?: LoggedCallback[];
}
