import type { ModelLine } from "../../shared/contracts/models.ts";
import type { Connection } from "../../shared/db/database.ts";

export interface ModelBudgetRow {
  limitNanoUsd: number;
  spentNanoUsd: number;
  reservedNanoUsd: number;
  limitTokens: number | null;
  spentTokens: number;
  reservedTokens: number;
  requests: number;
}

/** Where an attempt's budgets stand. Lines that nothing was asked of yet may be absent. */
export async function findModelBudgets(
  connection: Connection,
  attemptId: string,
): Promise<Map<ModelLine, ModelBudgetRow>> {
  const rows = await connection
    .selectFrom("attempt_model_budget")
    .select([
      "line",
      "limit_nano_usd as limitNanoUsd",
      "spent_nano_usd as spentNanoUsd",
      "reserved_nano_usd as reservedNanoUsd",
      "limit_tokens as limitTokens",
      "spent_tokens as spentTokens",
      "reserved_tokens as reservedTokens",
      "requests",
    ])
    .where("attempt_id", "=", attemptId)
    .execute();
  return new Map(rows.map(({ line, ...budget }) => [line as ModelLine, budget]));
}
