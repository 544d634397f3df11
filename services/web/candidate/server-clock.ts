import { warningsFor } from "../../shared/domain/clock.ts";

/** A jump larger than this means that this machine's clock was set, not that an answer was slow. */
const CLOCK_WAS_SET_MS = 3_000;

/**
 * The server's clock minus this machine's. Each sample is too small by the time its answer travelled, so the
 * largest one seen is the best; unless this machine's own clock has jumped since.
 */
export function betterOffset(current: number | null, sampleMs: number): number {
  if (current === null || Math.abs(sampleMs - current) > CLOCK_WAS_SET_MS) return sampleMs;
  return Math.max(current, sampleMs);
}

/** The warning that applies now, in seconds before the end, or null. `allowedSec` is the whole sitting. */
export function currentWarning(allowedSec: number, leftMs: number): number | null {
  const passed = warningsFor(allowedSec).filter((seconds) => leftMs <= seconds * 1000);
  return leftMs > 0 && passed.length > 0 ? Math.min(...passed) : null;
}
