import type { CandidateModelsView, ModelBudgetView, ModelOffer } from "../../shared/contracts/models.ts";
import type { Connection } from "../../shared/db/database.ts";
import { usdOf } from "../../shared/db/model-calls.ts";
import { offersOf } from "../../shared/domain/offers.ts";
import { getAssessmentVersion } from "../records/assessment-version.ts";
import { findModelBudgets, type ModelBudgetRow } from "../records/model-budget.ts";
import { requireStarted } from "./task.ts";

/** Where programs in a workspace reach the models; the image sets `OPENAI_BASE_URL` to it. */
const BASE_URL = "http://models.internal/v1";

/** @throws PlatformError attempt_not_started */
export async function readCandidateModels(
  connection: Connection,
  invitationId: string,
): Promise<CandidateModelsView> {
  const attempt = await requireStarted(connection, invitationId);
  const { spec } = await getAssessmentVersion(connection, attempt.assessmentVersionId);
  const budgets = await findModelBudgets(connection, attempt.id);
  const { models } = offersOf(spec);
  return { baseUrl: BASE_URL, lines: models.map((offer) => presentLine(offer, budgets.get(offer.line))) };
}

function presentLine(offer: ModelOffer, budget: ModelBudgetRow | undefined): ModelBudgetView {
  return {
    ...offer,
    // What counts is the row; the version says the same until somebody changes the row.
    ...(budget ? { limitUsd: usdOf(budget.limitNanoUsd), limitTokens: budget.limitTokens } : {}),
    spentUsd: usdOf(budget?.spentNanoUsd ?? 0),
    reservedUsd: usdOf(budget?.reservedNanoUsd ?? 0),
    spentTokens: budget?.spentTokens ?? 0,
    reservedTokens: budget?.reservedTokens ?? 0,
    requests: budget?.requests ?? 0,
  };
}
