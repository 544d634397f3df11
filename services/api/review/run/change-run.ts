import { PlatformError } from "../../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit } from "../../../shared/db/audit-log.ts";
import type { Database, DatabaseTransaction } from "../../../shared/db/database.ts";
import { isOpen } from "../../../shared/domain/attempt-state.ts";
import { nanoUsd, usdOf } from "../../../shared/domain/model-cost.ts";
import { enqueue } from "../../../shared/queue/outbox.ts";
import { getAssessmentVersion } from "../../records/assessment-version.ts";
import {
  endRunRow,
  hasRoom,
  insertRun,
  lockLatestRun,
  type RunOwner,
  type RunRow,
} from "../../records/run.ts";
import { findSpending, setSpending } from "../../records/run-models.ts";
import { requireSubmissionRow } from "../submission-view.ts";
import { RUN_LIMIT_SEC } from "./run-limit.ts";

const NO_ROOM = "All workspaces are in use, and candidates come first.";

/**
 * Asks for a run. One that is open stays as it is.
 * @throws PlatformError submission_not_found, no_capacity
 */
export async function startRun(db: Database, owner: RunOwner, actor: AuditActor): Promise<void> {
  const { codeName } = await requireSubmissionRow(db, owner.submissionId);
  await db.transaction().execute(async (transaction) => {
    const latest = await lockLatestRun(transaction, owner);
    if (latest && isUsable(latest)) return;
    // Its time is up, and the job that ends it is a moment late.
    if (latest && isOpen(latest.state)) await end(transaction, latest, "deadline");
    if (!(await hasRoom(transaction))) throw new PlatformError("no_capacity", NO_ROOM);
    const runId = await insertRun(transaction, owner, RUN_LIMIT_SEC);
    if (runId === null) return;
    await enqueue(transaction, "provision", { attemptId: runId });
    await recordAudit(transaction, actor, {
      action: "run.start",
      subject: { type: "run", id: runId, label: codeName },
      after: { submissionId: owner.submissionId },
    });
  });
}

/** Harmless when none is open. @throws PlatformError submission_not_found */
export async function endRun(db: Database, owner: RunOwner, actor: AuditActor): Promise<void> {
  const { codeName } = await requireSubmissionRow(db, owner.submissionId);
  await db.transaction().execute(async (transaction) => {
    const run = await lockLatestRun(transaction, owner);
    if (!run || !isOpen(run.state)) return;
    await end(transaction, run, "reviewer");
    await recordAudit(transaction, actor, {
      action: "run.end",
      subject: { type: "run", id: run.id, label: codeName },
      after: { submissionId: owner.submissionId },
    });
  });
}

/**
 * Lets the run ask models what is not on the record, for so many dollars in all. Asking for less than is spent stops
 * it where it is.
 * @throws PlatformError submission_not_found, run_not_running, run_has_no_models, run_spending_too_high
 */
export async function allowSpending(
  db: Database,
  owner: RunOwner,
  usd: number,
  actor: AuditActor,
): Promise<void> {
  const { codeName, assessmentVersionId } = await requireSubmissionRow(db, owner.submissionId);
  const { models } = (await getAssessmentVersion(db, assessmentVersionId)).spec;
  if (models.kind === "none" || models.models.length === 0) throw new PlatformError("run_has_no_models");
  if (usd > models.budget.usd)
    throw new PlatformError("run_spending_too_high", `At most $${models.budget.usd} can be allowed.`);
  await db.transaction().execute(async (transaction) => {
    const run = await lockLatestRun(transaction, owner);
    if (!run || !isUsable(run)) throw new PlatformError("run_not_running");
    const before = await findSpending(transaction, run.id);
    await setSpending(transaction, run.id, { nanoUsd: nanoUsd(usd), tokens: models.budget.tokens });
    await recordAudit(transaction, actor, {
      action: "run.allow_spending",
      subject: { type: "run", id: run.id, label: codeName },
      before: { limitUsd: before && usdOf(before.limitNanoUsd) },
      after: { limitUsd: usd, submissionId: owner.submissionId },
    });
  });
}

function isUsable({ state, overdue }: RunRow): boolean {
  return isOpen(state) && !overdue;
}

async function end(
  transaction: DatabaseTransaction,
  { id, hostId }: RunRow,
  reason: "reviewer" | "deadline",
): Promise<void> {
  await endRunRow(transaction, id, reason);
  // Without a host no worker took it yet; the one that does sees that it has ended.
  if (hostId) await enqueue(transaction, "discard", { attemptId: id }, { hostId });
}
