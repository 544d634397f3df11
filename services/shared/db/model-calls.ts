import { sql } from "kysely";
import type { ModelCallTotals, ModelLine } from "../contracts/models.ts";
import type { Connection } from "./database.ts";

const NANO = 1e9;

/** Dollars of what the database counts in billionths of one. */
export function usdOf(nanoUsd: number): number {
  return nanoUsd / NANO;
}

/** What an attempt's programs asked of the models, by line. Empty when they asked nothing. */
export async function sumModelCalls(connection: Connection, attemptId: string): Promise<ModelCallTotals[]> {
  const rows = await connection
    .selectFrom("model_call")
    .where("attempt_id", "=", attemptId)
    .groupBy("line")
    // The candidate's own programs first.
    .orderBy("line", "desc")
    .select([
      "line",
      sql<number>`count(*)`.as("calls"),
      sql<number>`count(*) filter (where outcome = 'answered')`.as("answered"),
      sql<number>`sum(cost_nano_usd)`.as("nanoUsd"),
      sql<number>`coalesce(sum(input_tokens), 0)`.as("inputTokens"),
      sql<number>`coalesce(sum(output_tokens), 0)`.as("outputTokens"),
    ])
    .execute();
  return rows.map(({ line, nanoUsd, ...sums }) => ({
    line: line as ModelLine,
    ...sums,
    costUsd: usdOf(nanoUsd),
  }));
}
