import { usdOf } from "../../../shared/domain/model-cost.ts";
import type { Amounts, Balance } from "../ledger/ledger.ts";

/**
 * What is left of the budget, for programs that want to know. Money that calls under way may still cost is not left.
 * @param settled what this call comes to where it has ended; its reservation where it has not
 */
export function budgetHeaders(balance: Balance, reserved: Amounts, settled: Amounts): Record<string, string> {
  const { limit, spent, reserved: held } = balance;
  const used = (kind: keyof Amounts) => spent[kind] + held[kind] - reserved[kind] + settled[kind];
  const headers = {
    "cache-control": "no-store",
    "x-worksample-budget-limit-usd": usd(limit.nanoUsd),
    "x-worksample-budget-remaining-usd": usd(limit.nanoUsd - used("nanoUsd")),
  };
  if (limit.tokens === null) return headers;
  return { ...headers, "x-worksample-budget-remaining-tokens": String(limit.tokens - used("tokens")) };
}

function usd(nanoUsd: number): string {
  return usdOf(Math.max(0, nanoUsd)).toFixed(9);
}
