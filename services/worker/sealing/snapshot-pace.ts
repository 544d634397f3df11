/** In the long run a workspace may cost the blob store one whole volume in so much time. */
const VOLUME_MS = 30 * 60_000;
/** So many volumes at once are no reason to wait: large files are written now and then by everyone. */
const BURST_VOLUMES = 2;

/**
 * Keeps snapshots from filling the host's disk. Every version of a file is stored, so someone who rewrites large
 * files without end would add a volume's worth at every interval. What a snapshot had to read is therefore paid off
 * over time, and the next one waits once more than a few volumes are owed. Ordinary work never notices.
 */
export class SnapshotPace {
  readonly #now: () => number;
  /** Attempt id -> when everything it has cost is paid off. */
  readonly #paidOffAt = new Map<string, number>();

  /** @param now milliseconds of a clock that only goes forward. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether the attempt's next snapshot has to wait. */
  holds(attemptId: string): boolean {
    return this.#owed(attemptId) > BURST_VOLUMES * VOLUME_MS;
  }

  /** Notes what a snapshot read, in bytes, of a volume of `volumeBytes`. */
  spend(attemptId: string, bytesRead: number, volumeBytes: number): void {
    const cost = (bytesRead / volumeBytes) * VOLUME_MS;
    this.#paidOffAt.set(attemptId, this.#now() + this.#owed(attemptId) + cost);
  }

  forget(attemptId: string): void {
    this.#paidOffAt.delete(attemptId);
  }

  #owed(attemptId: string): number {
    return Math.max(0, (this.#paidOffAt.get(attemptId) ?? 0) - this.#now());
  }
}
