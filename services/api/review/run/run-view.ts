import type { SpecModels } from "../../../shared/contracts/models.ts";
import type { NewModelRequest, Run, RunModels, RunState, RunView } from "../../../shared/contracts/run.ts";
import { type Connection, databaseNow } from "../../../shared/db/database.ts";
import { usdOf } from "../../../shared/domain/model-cost.ts";
import type { SecretBox } from "../../../shared/domain/secret-box.ts";
import { getAssessmentVersion } from "../../records/assessment-version.ts";
import { type Redactor, redactorOf } from "../../records/blind-identity.ts";
import { findLatestRun, type RunOwner, type RunRow } from "../../records/run.ts";
import { countReplays, findSpending, listNewRequests, type NewRequestRow } from "../../records/run-models.ts";
import { readExcerpt } from "../model-calls/call-texts.ts";
import { requireSubmissionRow } from "../submission-view.ts";
import { RUN_LIMIT_SEC } from "./run-limit.ts";

/** @throws PlatformError submission_not_found */
export async function readRunView(connection: Connection, box: SecretBox, owner: RunOwner): Promise<RunView> {
  const submission = await requireSubmissionRow(connection, owner.submissionId);
  const row = await findLatestRun(connection, owner);
  const { spec } = await getAssessmentVersion(connection, submission.assessmentVersionId);
  return {
    now: (await databaseNow(connection)).toISOString(),
    limitSec: RUN_LIMIT_SEC,
    codeName: submission.codeName,
    run: row && {
      ...presentRun(row),
      models: await readModels(
        connection,
        box,
        { submissionId: owner.submissionId, runId: row.id },
        spec.models,
      ),
    },
  };
}

/** Pure. */
export function presentRun(row: RunRow): Omit<Run, "models"> {
  const state = stateOf(row);
  const isOver = state === "ended" || state === "failed";
  return {
    id: row.id,
    state,
    startedAt: row.startedAt?.toISOString() ?? null,
    deadlineAt: row.deadlineAt?.toISOString() ?? null,
    endedAt: (isOver && (row.endedAt ?? row.deadlineAt)?.toISOString()) || null,
    end: isOver ? (row.endReason ?? "deadline") : null,
  };
}

function stateOf({ state, overdue, sandboxReady }: RunRow): RunState {
  if (state === "failed") return "failed";
  if (state === "provisioning") return "preparing";
  // Its deadline's job may be a moment late.
  if (state !== "running" || overdue) return "ended";
  return sandboxReady ? "running" : "preparing";
}

async function readModels(
  connection: Connection,
  box: SecretBox,
  { submissionId, runId }: { submissionId: string; runId: string },
  models: SpecModels,
): Promise<RunModels | null> {
  if (models.kind === "none" || models.models.length === 0) return null;
  const redact = await redactorOf(connection, submissionId);
  const asked = await listNewRequests(connection, runId);
  const spending = await findSpending(connection, runId);
  return {
    ...(await countReplays(connection, submissionId, runId)),
    newRequests: asked.items.map((row) => presentNewRequest(box, row, redact)),
    newCount: asked.count,
    ceilingUsd: models.budget.usd,
    spending: spending && {
      limitUsd: usdOf(spending.limitNanoUsd),
      spentUsd: usdOf(spending.spentNanoUsd),
      reservedUsd: usdOf(spending.reservedNanoUsd),
    },
  };
}

function presentNewRequest(
  box: SecretBox,
  { costNanoUsd, at, requestSealed, requestBytes, truncated, ...row }: NewRequestRow,
  redact: Redactor,
): NewModelRequest {
  return {
    ...row,
    at: at.toISOString(),
    costUsd: usdOf(costNanoUsd),
    excerpt: readExcerpt(box, { id: row.id, requestSealed, requestBytes, truncated }, redact),
  };
}
