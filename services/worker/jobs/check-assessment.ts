import { prepareSpec } from "../../shared/assessments/prepare-spec.ts";
import { pinsOf } from "../../shared/assessments/save-version.ts";
import { imageNames } from "../../shared/config/config.ts";
import type { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { AssessmentDraft } from "../../shared/contracts/assessment-draft.ts";
import { databaseNow } from "../../shared/db/database.ts";
import type { JobPayload } from "../../shared/queue/jobs.ts";
import { CheckProgress, CheckSupersededError, pending } from "../assessment-check/check-progress.ts";
import { type CheckedApi, checkWorkspace, workspaceItems } from "../assessment-check/check-workspace.ts";
import { compileCheck } from "../assessment-check/compile-check.ts";
import { findingItems } from "../assessment-check/finding-items.ts";
import { hostFindings } from "../assessment-check/host-findings.ts";
import type { WorkerContext } from "../context.ts";
import { findDraftToCheck, findMockApiDocument } from "../records/assessment-check-record.ts";
import { withAdvisoryLock } from "../records/attempt-record.ts";
import { importStarter } from "./import-starter.ts";
import type { JobRun } from "./job-run.ts";

const LOOK_AGAIN_MS = 1000;

type Payload = JobPayload<"check-assessment">;

/** Checks a draft as it was when the check was asked for. What it puts together is what publishing publishes. */
export async function checkAssessment(context: WorkerContext, payload: Payload, run: JobRun): Promise<void> {
  const held = await withAdvisoryLock(context.db, `check:${payload.assessmentId}`, async () => {
    const draft = await findDraftToCheck(context.db, payload.assessmentId, payload.revision);
    if (!draft) return run.bailOut("the draft does not wait for this check");
    try {
      await checkDraft(context, payload, draft, run);
    } catch (error) {
      if (error instanceof CheckSupersededError) return run.bailOut("the draft was changed meanwhile");
      if (run.isLastTry) await giveUp(context, payload);
      throw error;
    }
  });
  // An earlier check of the same draft notices soon that it is about nothing any more.
  if (!held) await run.postpone(LOOK_AGAIN_MS);
}

async function checkDraft(
  context: WorkerContext,
  payload: Payload,
  draft: AssessmentDraft,
  run: JobRun,
): Promise<void> {
  const { db } = context;
  const progress = new CheckProgress(db, payload, await databaseNow(db));
  await readPendingStarters(context, draft, run);
  const prepared = await prepareSpec(db, context.blobs, draft, imageNames(context.config));
  await progress.add(findingItems([...prepared.findings, ...(await hostFindings(context.config, draft))]));
  const apis = await compileApis(context, draft, progress);
  if (prepared.spec) await tryWorkspace(context, payload, draft, prepared.spec, apis, progress);
  await progress.finish(await databaseNow(db), prepared.spec);
}

/** The check itself failed, which says nothing about the draft. Nobody must wait for it. */
async function giveUp({ db }: WorkerContext, payload: Payload): Promise<void> {
  const now = await databaseNow(db);
  const progress = new CheckProgress(db, payload, now);
  const item = pending("check", "The check itself", null);
  const message = "The check could not be carried out.";
  const remedy = "Check again; if it persists, look at the worker's log.";
  await progress.add([{ ...item, status: "failed", message, remedy }]);
  await progress.finish(now, null);
}

/** Uploads that nobody has read yet are read now, rather than found missing. */
async function readPendingStarters(
  context: WorkerContext,
  draft: AssessmentDraft,
  run: JobRun,
): Promise<void> {
  for (const { source } of [draft.starter, draft.practiceStarter])
    if (source.kind === "upload")
      await importStarter(context, source, { isLastTry: run.isLastTry, bailOut: () => {} });
}

async function compileApis(
  { db }: WorkerContext,
  draft: AssessmentDraft,
  progress: CheckProgress,
): Promise<CheckedApi[]> {
  const apis: CheckedApi[] = [];
  const seen = new Set<string>();
  for (const [index, { hostname, mockApiVersionId }] of draft.mockApis.entries()) {
    // A name that is there twice was found by the draft's own checks.
    if (seen.has(hostname)) continue;
    seen.add(hostname);
    const version = mockApiVersionId === null ? null : await findMockApiDocument(db, mockApiVersionId);
    if (!version) continue;
    const id = `mock_api:${hostname}`;
    await progress.add([
      pending(id, `${hostname} can be served`, { section: "mock_apis", path: `mockApis.${index}` }),
    ]);
    await progress.run(id, async () => {
      const { verdict, compiled } = compileCheck(version);
      if (compiled) apis.push({ hostname, document: version.document, compiled });
      return verdict;
    });
  }
  return apis;
}

async function tryWorkspace(
  context: WorkerContext,
  { assessmentId }: Payload,
  draft: AssessmentDraft,
  spec: AssessmentSpec,
  apis: readonly CheckedApi[],
  progress: CheckProgress,
): Promise<void> {
  const pins = pinsOf(draft);
  await progress.add(workspaceItems({ pins }));
  if (progress.hasFailed) return progress.skipRest("Looked at once what is above is corrected.");
  await checkWorkspace(context, { assessmentId, spec, pins, apis }, progress);
}
