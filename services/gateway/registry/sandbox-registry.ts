import type { AttemptContext } from "../egress/service.ts";

/** A sandbox that browsers may enter and that may call out. */
export interface OpenEntry extends AttemptContext {
  /** Ends one connection at once; called for each when the sandbox is closed. */
  readonly connections: Set<() => void>;
}

export class EpochRefused extends Error {
  constructor(attempt: AttemptContext, known: number) {
    super(`attempt ${attempt.attemptId} is at epoch ${known}; epoch ${attempt.epoch} is refused`);
    this.name = "EpochRefused";
  }
}

const REMEMBERED = 20_000;

/**
 * Which sandboxes are open on this host. In memory only: Postgres and the worker say what belongs here.
 * An attempt has at most one open sandbox, that of its highest epoch.
 */
export class SandboxRegistry {
  readonly #bySandbox = new Map<string, OpenEntry>();
  readonly #byAttempt = new Map<string, OpenEntry>();
  /** The newest sandbox seen of each attempt, open or not; oldest first, and forgotten in that order. */
  readonly #newest = new Map<string, AttemptContext>();

  /**
   * @returns the entry, and the one it replaces, which is closed already.
   * @throws EpochRefused when this attempt had a newer sandbox, or another one of the same epoch
   */
  open(attempt: AttemptContext): { entry: OpenEntry; replaced: OpenEntry | undefined; isNew: boolean } {
    const { sandboxId, attemptId, epoch, kind } = attempt;
    const newest = this.#newest.get(attemptId);
    if (newest && (newest.epoch > epoch || (newest.epoch === epoch && newest.sandboxId !== sandboxId)))
      throw new EpochRefused(attempt, newest.epoch);
    const same = this.#bySandbox.get(sandboxId);
    if (same) {
      if (same.attemptId !== attemptId || same.epoch !== epoch) throw new EpochRefused(attempt, same.epoch);
      return { entry: same, replaced: undefined, isNew: false };
    }
    const older = this.#byAttempt.get(attemptId);
    const replaced = older && this.close(older.sandboxId);
    const entry: OpenEntry = { sandboxId, attemptId, epoch, kind, connections: new Set() };
    this.#bySandbox.set(sandboxId, entry);
    this.#byAttempt.set(attemptId, entry);
    this.#remember(entry);
    return { entry, replaced, isNew: true };
  }

  /** Forgets the sandbox and ends its connections. Undefined when it was not open. */
  close(sandboxId: string): OpenEntry | undefined {
    const entry = this.#bySandbox.get(sandboxId);
    if (!entry) return undefined;
    this.#bySandbox.delete(sandboxId);
    if (this.#byAttempt.get(entry.attemptId) === entry) this.#byAttempt.delete(entry.attemptId);
    // Ending one connection may end another (the two halves of a proxied stream), hence the copy.
    for (const end of [...entry.connections]) end();
    entry.connections.clear();
    return entry;
  }

  ofAttempt(attemptId: string): OpenEntry | undefined {
    return this.#byAttempt.get(attemptId);
  }

  get(sandboxId: string): OpenEntry | undefined {
    return this.#bySandbox.get(sandboxId);
  }

  all(): OpenEntry[] {
    return [...this.#bySandbox.values()];
  }

  get size(): number {
    return this.#bySandbox.size;
  }

  /** True when the attempt had a sandbox here that is closed by now. */
  wasOpen(attemptId: string): boolean {
    return this.#newest.has(attemptId) && !this.#byAttempt.has(attemptId);
  }

  #remember({ sandboxId, attemptId, epoch, kind }: AttemptContext): void {
    this.#newest.delete(attemptId);
    this.#newest.set(attemptId, { sandboxId, attemptId, epoch, kind });
    if (this.#newest.size <= REMEMBERED) return;
    for (const id of this.#newest.keys()) {
      if (this.#byAttempt.has(id)) continue;
      this.#newest.delete(id);
      return;
    }
  }
}
