import type { NewModelRequest, Run, RunModels, RunView } from "../../../services/shared/contracts/run.ts";
import { SUBMISSION, SUBMISSION_ID } from "./review-fixtures.ts";

export const RUN = `${SUBMISSION}/run`;
export const RUN_PATH = `/review/${SUBMISSION_ID}/run`;

const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();

const request = (number: number, changes: Partial<NewModelRequest> = {}): NewModelRequest => ({
  id: `00000000-0000-4000-8000-0000000000${String(number).padStart(2, "0")}`,
  at: minutes(-number),
  times: 1,
  endpoint: "chat/completions",
  alias: "small",
  stream: false,
  outcome: "refused",
  errorCode: "not_recorded",
  costUsd: 0,
  excerpt: "Which of these tickets is about a refund? Answer with the ids alone, one a line.",
  ...changes,
});

export const NEW_REQUESTS: NewModelRequest[] = [
  request(1),
  request(2, { times: 14, stream: true, excerpt: "Summarise the ticket in one sentence for a colleague." }),
  request(3, { endpoint: "embeddings", alias: "vectors", excerpt: "" }),
  request(4, {
    outcome: "answered",
    errorCode: null,
    costUsd: 0.0042,
    excerpt: "By [candidate name]: classify",
  }),
  request(5, { errorCode: "insufficient_quota", excerpt: `One long word: ${"abcdefghij".repeat(12)}` }),
  request(6, { outcome: "upstream_failed", errorCode: "upstream_timeout" }),
];

export function runModels(changes: Partial<RunModels> = {}): RunModels {
  return {
    ...{ recorded: 128, replayed: 41, newRequests: [], newCount: 0, ceilingUsd: 5, spending: null },
    ...changes,
  };
}

export function run(changes: Partial<Run> = {}): Run {
  return {
    id: "00000000-0000-4000-8000-000000000001",
    state: "running",
    startedAt: minutes(-12),
    deadlineAt: minutes(48),
    endedAt: null,
    end: null,
    models: runModels(),
    ...changes,
  };
}

export const preparing = (): Run => run({ state: "preparing", startedAt: null, deadlineAt: null });
export const ended = (end: NonNullable<Run["end"]>, changes: Partial<Run> = {}): Run =>
  run({ state: end === "failed" ? "failed" : "ended", endedAt: minutes(-1), end, ...changes });

export function runView(of: Run | null): RunView {
  return { now: new Date().toISOString(), limitSec: 3600, codeName: "Quiet Heron 41", run: of };
}
