import type { CheckView } from "../../../../shared/contracts/composer.ts";

/** Where the check of the draft stands, as the page shows it. `stale`: it is about an earlier draft. */
export type CheckStanding = "none" | "running" | "passed" | "failed" | "stale";

/** @param isSaved nothing here is unsaved. @param isStarting the request for a check is on its way. */
export function checkStanding(check: CheckView, isSaved: boolean, isStarting: boolean): CheckStanding {
  if (isStarting || check.state === "waiting") return "running";
  if (check.state === "none") return check.report ? "stale" : "none";
  return check.current && isSaved ? check.state : "stale";
}
