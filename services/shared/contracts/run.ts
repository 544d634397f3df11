import { z } from "zod";
import { Id, Instant } from "./common.ts";
import { ModelOutcome } from "./models.ts";

/**
 * A run: a submission once more, live, in a sandbox of its own, for one reviewer. It has the candidate's files, data and
 * APIs as they were at the start; its calls of models are replayed from the record.
 */

/** `failed`: its workspace did not come up. */
export const RunState = z.enum(["preparing", "running", "ended", "failed"]);
export type RunState = z.infer<typeof RunState>;

/** Why it is over. `lost`: the sandbox stopped by itself. */
export const RunEnd = z.enum(["reviewer", "deadline", "lost", "failed"]);
export type RunEnd = z.infer<typeof RunEnd>;

/** Requests that are not on the record, equal ones as one; what became of the latest. */
export const NewModelRequest = z.object({
  id: Id,
  at: Instant,
  /** How often it came. */
  times: z.int(),
  /** `chat/completions`, `responses`, `embeddings`. */
  endpoint: z.string(),
  alias: z.string(),
  stream: z.boolean(),
  outcome: ModelOutcome,
  /** `not_recorded` when it was refused for being new. */
  errorCode: z.string().nullable(),
  costUsd: z.number(),
  /** The first words of the last message, at most 200 characters. Never holds the candidate's name or e-mail. */
  excerpt: z.string(),
});
export type NewModelRequest = z.infer<typeof NewModelRequest>;

export const RunModels = z.object({
  /** Answers on the submission's record that can be replayed. */
  recorded: z.int(),
  /** Requests of this run that were answered from the record. */
  replayed: z.int(),
  /** The newest 20. */
  newRequests: z.array(NewModelRequest),
  newCount: z.int(),
  /** The most that can be allowed: the candidate's budget. */
  ceilingUsd: z.number(),
  /** What new requests may cost in all; null until it is allowed. */
  spending: z.object({ limitUsd: z.number(), spentUsd: z.number(), reservedUsd: z.number() }).nullable(),
});
export type RunModels = z.infer<typeof RunModels>;

export const Run = z.object({
  id: Id,
  state: RunState,
  startedAt: Instant.nullable(),
  deadlineAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  end: RunEnd.nullable(),
  /** Null where the assessment has no models for programs. */
  models: RunModels.nullable(),
});
export type Run = z.infer<typeof Run>;

/** `…/submissions/:submissionId/run`: the latest run of the reviewer who asks; null when there was none. */
export const RunView = z.object({
  now: Instant,
  limitSec: z.int(),
  codeName: z.string(),
  run: Run.nullable(),
});
export type RunView = z.infer<typeof RunView>;

/** `POST …/run/workspace-links`: the IDE, or the app of the submission on this port. */
export const RunLinkRequest = z.object({
  target: z.union([z.literal("ide"), z.int().min(1024).max(65535)]),
});

/** `POST …/run/spending`: what the run's new requests may cost in all, from now on. */
export const RunSpendingRequest = z.object({ usd: z.number().min(0.000_001).max(100_000) });
