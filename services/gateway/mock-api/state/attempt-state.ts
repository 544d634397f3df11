import type { StoragePlan } from "../../../shared/mock-api/storage-plan.ts";
import { AttemptDatabase, type RecordChange } from "./attempt-database.ts";
import { AttemptClosedError, type RecordStore } from "./record-store.ts";

export interface Quota {
  records: number;
  bytes: number;
}

/** An attempt has written as much as its bindings allow. */
export class QuotaExceededError extends Error {}

/** What one attempt, or one scratch instance, sees of one mock API, and the only way to change it. */
export class AttemptState {
  readonly database: AttemptDatabase;
  readonly #store: RecordStore;
  readonly #quota: Quota;
  readonly #sizes = new Map<string, number>();
  #bytes = 0;
  #tail: Promise<unknown> = Promise.resolve();
  /** Memory and the store may differ, so this state must not be used again. */
  stale = false;

  private constructor(database: AttemptDatabase, store: RecordStore, quota: Quota) {
    this.database = database;
    this.#store = store;
    this.#quota = quota;
  }

  /** Opens the base and lays over it what the store holds. */
  static async open(
    basePath: string,
    plan: StoragePlan,
    store: RecordStore,
    quota: Quota,
  ): Promise<AttemptState> {
    const changes = await store.load();
    const state = new AttemptState(new AttemptDatabase(basePath, plan), store, quota);
    if (changes.length > 0) state.database.apply(changes);
    state.#count(changes);
    return state;
  }

  /**
   * Runs `plan` when all earlier writes are through, saves the changes it asks for, and only then shows them.
   * @throws AttemptClosedError, QuotaExceededError, or what `plan` throws; nothing has changed then
   */
  write<T>(plan: () => { changes: RecordChange[]; result: T }): Promise<T> {
    const turn = this.#tail.then(async () => {
      const { changes, result } = plan();
      if (changes.length === 0) return result;
      this.#requireRoom(changes);
      await this.#save(changes);
      this.#count(changes);
      return result;
    });
    this.#tail = turn.catch(() => {});
    return turn;
  }

  async #save(changes: RecordChange[]): Promise<void> {
    if (this.stale) throw new Error("the state of the attempt is stale");
    try {
      await this.#store.save(changes);
      this.database.apply(changes);
    } catch (error) {
      // A refused write changed nothing. After any other failure the commit may or may not have happened.
      if (!(error instanceof AttemptClosedError)) this.stale = true;
      throw error;
    }
  }

  #requireRoom(changes: readonly RecordChange[]): void {
    const added = changes.filter((change) => !this.#sizes.has(keyOf(change)));
    const growth = changes.reduce(
      (sum, change) => sum + sizeOf(change) - (this.#sizes.get(keyOf(change)) ?? 0),
      0,
    );
    if (this.#sizes.size + added.length > this.#quota.records || this.#bytes + growth > this.#quota.bytes)
      throw new QuotaExceededError("the attempt has no room for this write");
  }

  #count(changes: readonly RecordChange[]): void {
    for (const change of changes) {
      const key = keyOf(change);
      const size = sizeOf(change);
      this.#bytes += size - (this.#sizes.get(key) ?? 0);
      this.#sizes.set(key, size);
    }
  }

  close(): void {
    this.database.close();
  }
}

const keyOf = (change: RecordChange) => `${change.collection}/${change.id}`;
const sizeOf = (change: RecordChange) => (change.record ? JSON.stringify(change.record).length : 4);
