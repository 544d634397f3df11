import { z } from "zod";
import { FAULT_KINDS } from "./weather.ts";

/** One side of a logged exchange: keys redacted, the body cut. */
const LoggedMessage = z.object({
  /** Lower-case names. */
  headers: z.record(z.string(), z.string()),
  /** Length of the whole body, in bytes. */
  bytes: z.int().min(0),
  /** Its beginning as text; absent where there is none, where it is not text, or where too much is logged already. */
  body: z.string().optional(),
  /** Whether `body` is less than all of it. */
  isCut: z.boolean().optional(),
});

export const LoggedRequest = LoggedMessage;
export type LoggedRequest = z.infer<typeof LoggedRequest>;

/** What the weather did to an answer. */
export const LoggedWeather = z.object({
  kind: z.enum(FAULT_KINDS),
  /** Index of the rule in the version's weather, and its name if it has one. */
  rule: z.int().min(0),
  name: z.string().optional(),
  /** Milliseconds the answer was held back. */
  delayMs: z.number().optional(),
  /** For faults that may lose a write: whether it reached the API. */
  writes: z.enum(["happen", "lost"]).optional(),
  /** JSON pointer of a field that drifted. */
  field: z.string().optional(),
  /** Too many answers were being held back already: this one was not. */
  isShortened: z.boolean().optional(),
});
export type LoggedWeather = z.infer<typeof LoggedWeather>;

/** A callback of the document that was due. Nothing is ever sent to it. */
export const LoggedCallback = z.object({ name: z.string(), method: z.string(), url: z.string() });
export type LoggedCallback = z.infer<typeof LoggedCallback>;

/** Where an answer is not what the document says: the fault of the bindings or of the data behind them. */
export const LoggedMismatch = z.object({ pointer: z.string(), message: z.string() });
export type LoggedMismatch = z.infer<typeof LoggedMismatch>;

export const LoggedResponse = LoggedMessage.extend({
  weather: LoggedWeather.optional(),
  callbacks: z.array(LoggedCallback).optional(),
  mismatch: z.array(LoggedMismatch).optional(),
});
export type LoggedResponse = z.infer<typeof LoggedResponse>;

/** Data of the event `mock_api_summary` in a sealed timeline: what programs asked of one mock API. */
export const MockApiSummary = z.object({
  hostname: z.string(),
  requests: z.int().min(0),
  /** Operation id ("" where none matched) -> status ("none" without an answer) -> requests. */
  operations: z.record(z.string(), z.record(z.string(), z.int())),
  /** Operation ids left out above, as there were too many. */
  otherOperations: z.int().min(0),
  /** Fault -> requests that met it. */
  faults: z.record(z.string(), z.int()),
  /** Of the attempt, all mock APIs together: requests that were not logged, so are counted nowhere else. */
  unlogged: z.int().min(0),
});
export type MockApiSummary = z.infer<typeof MockApiSummary>;
