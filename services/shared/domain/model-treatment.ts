import type { ModelTreatmentRow, TreatmentMark } from "../contracts/models.ts";

export type TreatmentFigures = Pick<
  ModelTreatmentRow,
  | "calls"
  | "upstreamFailures"
  | "refusals"
  | "firstTokenP50Ms"
  | "firstTokenP95Ms"
  | "tokensPerSecP50"
  | "outages"
>;

/** Below this many candidates with calls, nobody can be told from the rest. */
const CANDIDATES_TO_COMPARE = 3;
/** Fewer failures or refusals are chance. */
const SINGLE_EVENTS = 3;
/** Differences below it nobody feels. */
const NOTICEABLE_MS = 250;

/**
 * What stands out of each candidate's treatment, by a rule that the report's page states in the same words:
 * an outage always does; a time does when it is more than twice the median of all candidates with calls (and 250 ms
 * longer); a speed does when it is less than half of it; failures and refusals do when there are at least 3 and their
 * share of the calls is more than twice the median share. Times, speeds and shares are compared among 3 or more.
 */
export function treatmentMarks(rows: readonly TreatmentFigures[]): TreatmentMark[][] {
  const compared = rows.filter(({ calls }) => calls > 0);
  const median = (of: (row: TreatmentFigures) => number | null) =>
    compared.length < CANDIDATES_TO_COMPARE ? null : medianOf(compared.map(of));
  const times = (["firstTokenP50Ms", "firstTokenP95Ms"] as const).map(
    (name) => [name, median((row) => row[name])] as const,
  );
  const counts = (["upstreamFailures", "refusals"] as const).map(
    (name) => [name, median((row) => row[name] / row.calls)] as const,
  );
  const speed = median((row) => row.tokensPerSecP50);
  return rows.map((row) => [
    ...counts.filter(([name, middle]) => isMany(row[name], row.calls, middle)).map(([name]) => name),
    ...times.filter(([name, middle]) => isLong(row[name], middle)).map(([name]) => name),
    ...(isSlow(row.tokensPerSecP50, speed) ? (["tokensPerSecP50"] as const) : []),
    ...(row.outages.length > 0 ? (["outages"] as const) : []),
  ]);
}

function isMany(count: number, calls: number, medianShare: number | null): boolean {
  return medianShare !== null && count >= SINGLE_EVENTS && count / calls > 2 * medianShare;
}

function isLong(ms: number | null, median: number | null): boolean {
  return ms !== null && median !== null && ms > 2 * median && ms - median > NOTICEABLE_MS;
}

function isSlow(speed: number | null, median: number | null): boolean {
  return speed !== null && median !== null && speed < median / 2;
}

function medianOf(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  if (sorted.length === 0) return null;
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
