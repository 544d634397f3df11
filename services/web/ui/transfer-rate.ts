/** One reading of how much has arrived. */
export interface TransferSample {
  atMs: number;
  bytes: number;
}

const WINDOW_MS = 8_000;
/** Below this span a rate would be a guess. */
const SHORTEST_SPAN_MS = 750;

/** Adds a reading and forgets those older than eight seconds, but never the last two. */
export function addSample(samples: readonly TransferSample[], next: TransferSample): TransferSample[] {
  const kept = samples.filter(
    (sample, index) => next.atMs - sample.atMs <= WINDOW_MS || index === samples.length - 1,
  );
  return [...kept, next];
}

/** Bytes per second over the readings; null until there is enough to tell. */
export function bytesPerSecond(samples: readonly TransferSample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.atMs - first.atMs < SHORTEST_SPAN_MS) return null;
  return Math.max(0, ((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 1000);
}

/** Seconds until `total` has arrived at this rate; null when nobody can say. */
export function secondsLeft(total: number, arrived: number, rate: number | null): number | null {
  return rate === null || rate < 1 ? null : Math.max(0, (total - arrived) / rate);
}

/** `about 3 minutes left`: rounded so that it does not jump. */
export function leftWords(seconds: number | null): string {
  if (seconds === null) return "";
  if (seconds < 5) return "a few seconds left";
  if (seconds < 60) return `about ${Math.ceil(seconds / 5) * 5} seconds left`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `about ${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
  const hours = Math.round(minutes / 60);
  return `about ${hours} ${hours === 1 ? "hour" : "hours"} left`;
}
