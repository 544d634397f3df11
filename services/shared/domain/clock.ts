/**
 * The clock of an attempt. Time is Postgres time; nothing here reads a clock.
 *
 * deadline = startedAt + limitSec × extraTimeFactor + Σ credits
 */

export interface ClockInputs {
  startedAt: Date;
  /** Seconds the assessment version allows. */
  limitSec: number;
  /** Accommodation, 1 or more. */
  extraTimeFactor: number;
  /** Seconds given back for platform faults or by an admin. */
  creditsSec: readonly number[];
}

/** Seconds a candidate has before credits, rounded up so that an accommodation never loses a second. */
export function allowedSec(limitSec: number, extraTimeFactor: number): number {
  return Math.ceil(limitSec * extraTimeFactor - 1e-9);
}

export function deadlineOf(inputs: ClockInputs): Date {
  const credits = inputs.creditsSec.reduce((sum, seconds) => sum + seconds, 0);
  const total = allowedSec(inputs.limitSec, inputs.extraTimeFactor) + credits;
  return new Date(inputs.startedAt.getTime() + total * 1000);
}

export interface Interval {
  from: Date;
  until: Date;
}

/**
 * How much of `interval` no other interval covers, in milliseconds. Platform credits stand for times at which nobody
 * could work; where a pause and a lost sandbox overlap, what one gave back the other must not give again.
 */
export function uncoveredMs(interval: Interval, covered: readonly Interval[]): number {
  const end = interval.until.getTime();
  let at = interval.from.getTime();
  let uncovered = 0;
  for (const one of covered.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    const from = Math.min(one.from.getTime(), end);
    if (from > at) uncovered += from - at;
    at = Math.max(at, one.until.getTime());
  }
  return uncovered + Math.max(0, end - at);
}

/** Whole seconds that give back so many milliseconds, rounded up so that nobody loses by it. */
export function secondsOf(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}

/**
 * Seconds from the start to `at` on the assessment's own clock: the share of the attempt's own time that was gone,
 * times what everybody has. Says when something happened without telling who had more time.
 */
export function nominalSec(
  at: Date,
  { startedAt, deadlineAt, limitSec }: { startedAt: Date; deadlineAt: Date; limitSec: number },
): number {
  const own = deadlineAt.getTime() - startedAt.getTime();
  return own <= 0 ? 0 : Math.max(0, ((at.getTime() - startedAt.getTime()) / own) * limitSec);
}

/** Milliseconds until the deadline, never negative. */
export function remainingMs(deadline: Date, now: Date): number {
  return Math.max(0, deadline.getTime() - now.getTime());
}

/** Remaining seconds at which the candidate is warned. */
export const WARNINGS_SEC = [1800, 600, 120] as const;

/** The warnings that apply to a limit: one that comes before half of the time is gone would only alarm. */
export function warningsFor(allowed: number): number[] {
  return WARNINGS_SEC.filter((seconds) => seconds <= allowed / 2);
}
