import type { ModelBudgetView } from "../../../shared/contracts/models.ts";
import { formatCount, formatUsd } from "../../ui/money-words.ts";

/** One limit of a line, in its own unit. */
export interface Measure {
  unit: "usd" | "tokens";
  limit: number;
  spent: number;
  reserved: number;
  left: number;
}

export type Standing = "unused" | "fine" | "low" | "used_up";

/** From here on a budget is nearly used up, with what is reserved. */
const LOW = 0.8;
/** What is left of it buys no answer. */
const USED_UP = 0.995;

export function measuresOf(line: ModelBudgetView): Measure[] {
  const measure = (unit: Measure["unit"], limit: number, spent: number, reserved: number): Measure => ({
    ...{ unit, limit, spent, reserved },
    left: Math.max(0, limit - spent - reserved),
  });
  return [
    measure("usd", line.limitUsd, line.spentUsd, line.reservedUsd),
    ...(line.limitTokens === null
      ? []
      : [measure("tokens", line.limitTokens, line.spentTokens, line.reservedTokens)]),
  ];
}

const WORST_FIRST: readonly Standing[] = ["used_up", "low", "fine", "unused"];

/** The limit that is nearest decides. */
export function standingOf(line: ModelBudgetView): Standing {
  const standings = measuresOf(line).map(measureStanding);
  return WORST_FIRST.find((standing) => standings.includes(standing))!;
}

/** What is reserved comes back in part, so it alone uses nothing up. */
export function measureStanding({ spent, reserved, limit }: Measure): Standing {
  if (spent >= USED_UP * limit) return "used_up";
  if (spent + reserved >= LOW * limit) return "low";
  return spent + reserved === 0 ? "unused" : "fine";
}

export function amountWords(unit: Measure["unit"], amount: number): string {
  return unit === "usd" ? formatUsd(amount) : `${formatCount(amount)} tokens`;
}
