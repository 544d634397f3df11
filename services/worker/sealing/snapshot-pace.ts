/** A workspace may cost the blob store one whole volume in so much time, however often it is rewritten. */
const VOLUME_MS = 30 * 60_000;

/**
 * Keeps snapshots from filling the host's disk. Every version of a file is stored, so someone who rewrites large
 * files without end would add a volume's worth at every interval; each snapshot is therefore followed by a wait in
 * proportion to what it had to read. Ordinary work, some megabytes at a time, never notices.
 */
export class SnapshotPace {
  readonly #now: () => number;
  /** Attempt id -> when the next snapshot may be taken. */
  readonly #heldUntil = new Map<string, number>();

  /** @param now milliseconds of a clock that only goes forward. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether the attempt's next snapshot has to wait. */
  holds(attemptId: string): boolean {
    return this.#now() < (this.#heldUntil.get(attemptId) ?? 0);
  }

  /** Notes what a snapshot read, in bytes, of a volume of `volumeBytes`. */
  spend(attemptId: string, bytesRead: number, volumeBytes: number): void {
    this.#heldUntil.set(attemptId, this.#now() + (bytesRead / volumeBytes) * VOLUME_MS);
  }

  forget(attemptId: string): void {
    this.#heldUntil.delete(attemptId);
  }
}
