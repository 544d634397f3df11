import type { AttemptState } from "./attempt-state.ts";

interface Entry {
  state: Promise<AttemptState>;
  leases: number;
  usedAt: number;
  dropped: boolean;
}

/**
 * Open attempt states by key. Those nobody has used for a while, and the least recently used above the limit, are
 * closed; they are rebuilt from Postgres when asked for again.
 */
export class StatePool {
  readonly #entries = new Map<string, Entry>();
  readonly #maxOpen: number;
  readonly #idleMs: number;
  readonly #sweep: NodeJS.Timeout;

  constructor(options: { maxOpen: number; idleMs: number }) {
    this.#maxOpen = options.maxOpen;
    this.#idleMs = options.idleMs;
    this.#sweep = setInterval(() => this.closeIdle(), Math.max(1000, options.idleMs / 4));
    this.#sweep.unref();
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Lends the state for the time of `action`; it is not closed meanwhile. */
  async use<T>(
    key: string,
    open: () => Promise<AttemptState>,
    action: (state: AttemptState) => Promise<T> | T,
  ): Promise<T> {
    const entry = this.#entries.get(key) ?? this.#open(key, open);
    entry.leases++;
    entry.usedAt = Date.now();
    try {
      const state = await entry.state;
      try {
        return await action(state);
      } finally {
        if (state.stale) this.#drop(key, entry);
      }
    } catch (error) {
      if (await isRejected(entry.state)) this.#drop(key, entry);
      throw error;
    } finally {
      entry.leases--;
      if (entry.dropped && entry.leases === 0) closeEntry(entry);
    }
  }

  #open(key: string, open: () => Promise<AttemptState>): Entry {
    const entry: Entry = { state: open(), leases: 0, usedAt: Date.now(), dropped: false };
    this.#entries.set(key, entry);
    if (this.#entries.size > this.#maxOpen) this.#closeOldest();
    return entry;
  }

  /** Takes it out of use; it closes when the last request using it is done. */
  #drop(key: string, entry: Entry): void {
    entry.dropped = true;
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }

  #closeOldest(): void {
    const idle = [...this.#entries].filter(([, entry]) => entry.leases === 0);
    const oldest = idle.sort(([, left], [, right]) => left.usedAt - right.usedAt)[0];
    // The newest is about to be leased and must stay.
    if (oldest && oldest[0] !== [...this.#entries.keys()].at(-1)) this.#close(...oldest);
  }

  /** Closes it as soon as nobody uses it. */
  discard(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    if (entry.leases === 0) this.#close(key, entry);
    else this.#drop(key, entry);
  }

  closeIdle(now = Date.now()): void {
    for (const [key, entry] of this.#entries)
      if (entry.leases === 0 && now - entry.usedAt >= this.#idleMs) this.#close(key, entry);
  }

  #close(key: string, entry: Entry): void {
    this.#drop(key, entry);
    closeEntry(entry);
  }

  close(): void {
    clearInterval(this.#sweep);
    for (const key of [...this.#entries.keys()]) this.discard(key);
  }
}

function closeEntry(entry: Entry): void {
  entry.state.then(
    (state) => state.close(),
    () => {},
  );
}

function isRejected(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => false,
    () => true,
  );
}
