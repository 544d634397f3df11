import type { SecretBox } from "../../shared/domain/secret-box.ts";
import type { Log } from "../../shared/observability/log.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { UpstreamDirectory } from "./upstream/upstream-directory.ts";

/** What all attempts of a host share. */
export interface ModelParts {
  ledger: Ledger;
  directory: Pick<UpstreamDirectory, "find">;
  /** Seals transcripts. */
  box: SecretBox;
  log: Log;
  limits: ModelCallLimits;
  /** Ids of calls from their reservation to their settlement. */
  underWay: Set<string>;
}

export interface ModelCallLimits {
  /** Of each body in the transcript, characters; the rest is left out. */
  transcriptChars: number;
  /** A stream may be so long in all. */
  streamChars: number;
  /** From the request to the end of its answer. */
  callTimeoutMs: number;
  /** Refusals that are kept of an attempt; more are answered, and not kept. */
  refusalsKept: number;
}

export const MODEL_CALL_LIMITS: ModelCallLimits = {
  transcriptChars: 1024 * 1024,
  streamChars: 32 * 1024 * 1024,
  callTimeoutMs: 15 * 60_000,
  refusalsKept: 1000,
};
