import { performance } from "node:perf_hooks";
import type { MockApiReport } from "../../shared/contracts/mock-api-studio.ts";
import { databaseNow } from "../../shared/db/database.ts";
import { LIMITS } from "../../shared/openapi/limits.ts";
import type { JobPayload } from "../../shared/queue/jobs.ts";
import type { WorkerContext } from "../context.ts";
import { type CheckedUpload, checkConfined, failedCheck } from "../openapi/check-confined.ts";
import {
  deleteExpiredScratches,
  findWaitingDraft,
  keepCheck,
  requeueForgottenChecks,
  type WaitingDraft,
} from "../records/mock-api-draft-record.ts";
import type { JobRun } from "./job-run.ts";

/** Longer than the queue's own tries take together. */
const PATIENCE_SEC = 240;

/** Judges a draft as it stands. A draft that changes meanwhile keeps nothing of it and gets a check of its own. */
export async function checkMockApi(
  context: Pick<WorkerContext, "db" | "blobs" | "log">,
  { mockApiId }: JobPayload<"check-mock-api">,
  run: JobRun,
): Promise<void> {
  const draft = await findWaitingDraft(context.db, mockApiId);
  if (!draft) return run.bailOut("nobody waits for a check of this draft");
  const started = performance.now();
  const { bytes, checked } = await check(context, draft).catch((error: unknown) => {
    if (!run.isLastTry) throw error;
    context.log.error({ mockApiId, err: error }, "a document could not be checked");
    const message = "The check could not be run. Ask whoever runs the platform to look at the worker's log.";
    return { bytes: 0, checked: failedCheck("unavailable", message) };
  });
  const { document, operations: _, peakMemoryBytes, cpuMs: __, ...found } = checked;
  const report: MockApiReport = {
    ...found,
    checkedAt: (await databaseNow(context.db)).toISOString(),
    bytes,
    durationMs: Math.round(performance.now() - started),
    peakMemoryBytes,
    operations: checked.operations,
  };
  const state = checked.errors === 0 ? "passed" : "failed";
  const kept = await keepCheck(context.db, mockApiId, draft.revision, { state, report, document });
  if (!kept) run.bailOut("the draft changed while it was checked");
}

async function check(
  { blobs }: Pick<WorkerContext, "blobs">,
  draft: WaitingDraft,
): Promise<{ bytes: number; checked: CheckedUpload }> {
  if (draft.source_sha256 === null) {
    // A draft begun from a version of before there were uploads.
    const text = Buffer.from(JSON.stringify(draft.document ?? {}));
    return { bytes: text.length, checked: await checkConfined(text, draft) };
  }
  const bytes = await blobs.size(draft.source_sha256);
  if (bytes > LIMITS.bytes) {
    const message = `The file is larger than ${LIMITS.bytes / 1024 / 1024} MB. Leave out operations that candidates do not need.`;
    return { bytes, checked: failedCheck("too-large", message) };
  }
  const source = await blobs.open(draft.source_sha256);
  return { bytes, checked: await checkConfined(source, draft) };
}

/** Part of the sweep: checks whose job was lost. */
export async function checkForgottenMockApis(context: Pick<WorkerContext, "db" | "log">): Promise<void> {
  for (const mockApiId of await requeueForgottenChecks(context.db, PATIENCE_SEC))
    context.log.warn({ mockApiId }, "the check of a mock API was forgotten; asked for again");
}

/** Part of the sweep: trial instances that nobody can use any more, with their logs. */
export async function removeExpiredScratches({ db }: Pick<WorkerContext, "db">): Promise<void> {
  await deleteExpiredScratches(db);
}
