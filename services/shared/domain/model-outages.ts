import type { ModelOutcome } from "../contracts/models.ts";
import type { Interval } from "./clock.ts";

export interface OutageCall {
  at: Date;
  outcome: ModelOutcome;
  /** From its beginning to its end; null while it is under way. */
  durationMs: number | null;
  /** To the first token of the answer; null when nothing came. */
  firstTokenMs: number | null;
}

export interface Outage extends Interval {
  failures: number;
}

/** One failure is the weather of any network; two in a row are an outage. */
export const FAILURES_OF_AN_OUTAGE = 2;

/**
 * Spans in which no model answered an attempt. Each begins with the first of at least two failures in a row and ends
 * when the call began that was answered next, or else with the end of the last failure. Calls that say nothing about
 * the models (refused by the gateway, replayed, lost with it, given up before anything came) are passed over.
 * @param calls in the order in which they began
 */
export function outagesOf(calls: readonly OutageCall[]): Outage[] {
  const outages: Outage[] = [];
  let failed: OutageCall[] = [];
  const close = (until: Date) => {
    if (failed.length >= FAILURES_OF_AN_OUTAGE)
      outages.push({ from: failed[0]!.at, until, failures: failed.length });
    failed = [];
  };
  for (const call of calls) {
    if (call.outcome === "upstream_failed") failed.push(call);
    else if (wasAnswered(call)) close(call.at);
  }
  if (failed.length > 0) close(latestEnd(failed));
  return outages;
}

function wasAnswered({ outcome, firstTokenMs }: OutageCall): boolean {
  return outcome === "answered" || (outcome === "aborted" && firstTokenMs !== null);
}

function latestEnd(calls: readonly OutageCall[]): Date {
  return new Date(Math.max(...calls.map(({ at, durationMs }) => at.getTime() + (durationMs ?? 0))));
}
