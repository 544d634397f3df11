import { LRUCache } from "lru-cache";
import type { StoragePlan } from "../../../shared/mock-api/storage-plan.ts";
import { AttemptDatabase, type RecordChange } from "./attempt-database.ts";
import { ChangeGroup, type Quota, Usage, type WrittenChange, written } from "./change-group.ts";
import { AttemptClosedError, type RecordStore } from "./record-store.ts";
import { WriteGathering } from "./write-gathering.ts";

interface Planned<T> {
  changes: RecordChange[];
  result: T;
}

interface WaitingWrite {
  plan(): Planned<unknown>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Writes saved together at most. */
const MAX_GROUP = 32;
/** Characters of answers to lists that are kept, in all and of one. */
const MAX_KEPT = 512 * 1024;
const MAX_KEPT_OF_ONE = 128 * 1024;

/** The answer to a list: its body, and the same as JSON. */
export interface KeptList {
  status: number;
  body?: unknown;
  json: string;
  headers?: Record<string, string>;
}

/** What one attempt, or one scratch instance, sees of one mock API, and the only way to change it. */
export class AttemptState {
  readonly database: AttemptDatabase;
  /** Answers to lists by what was asked, until something is written. Many programs ask for the same again and again. */
  readonly lists = new LRUCache<string, KeptList>({
    maxSize: MAX_KEPT,
    maxEntrySize: MAX_KEPT_OF_ONE,
    sizeCalculation: ({ json }, address) => json.length + address.length,
  });
  readonly #store: RecordStore;
  readonly #usage: Usage;
  readonly #waiting: WaitingWrite[] = [];
  readonly #gathering = new WriteGathering(MAX_GROUP);
  #isWriting = false;
  /** Memory and the store may differ, so this state must not be used again. */
  stale = false;

  private constructor(database: AttemptDatabase, store: RecordStore, quota: Quota) {
    this.database = database;
    this.#store = store;
    this.#usage = new Usage(quota);
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
    state.#usage.count(changes.map(written));
    return state;
  }

  /**
   * Runs `plan` when all earlier writes are planned, saves the changes it asks for, and only then shows them. Writes
   * that come while others are being saved, or just after, are saved together: each sees those before it, and none is
   * answered before all are saved.
   * @throws AttemptClosedError, QuotaExceededError, or what `plan` throws; nothing has changed then
   */
  write<T>(plan: () => Planned<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ plan, resolve: resolve as (result: unknown) => void, reject });
      if (!this.#isWriting) void this.#writeAll();
      else this.#gathering.arrived(this.#waiting.length);
    });
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    // Whoever asks in the same moment goes along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      await this.#gathering.complete(this.#waiting.length);
      const group = this.#waiting.splice(0, MAX_GROUP);
      const beginMs = performance.now();
      await this.#writeGroup(group);
      this.#gathering.saved(group.length, this.#waiting.length, performance.now() - beginMs);
    }
    this.#isWriting = false;
  }

  /** Never rejects. */
  async #writeGroup(group: readonly WaitingWrite[]): Promise<void> {
    const settle: (() => void)[] = [];
    try {
      const changes = this.#planGroup(group, settle);
      if (changes.length > 0) await this.#save(changes);
      for (const one of settle) one();
    } catch (error) {
      for (const write of group) write.reject(error);
    }
  }

  /**
   * What all writes of the group come to.
   * @param settle filled with what tells each how it went, for when the others are saved: a refusal may rest on them
   */
  #planGroup(group: readonly WaitingWrite[], settle: (() => void)[]): WrittenChange[] {
    const all = new ChangeGroup(this.#usage);
    const planOne = (write: WaitingWrite, apply: (changes: readonly RecordChange[]) => void) => {
      let planned: Planned<unknown>;
      try {
        planned = write.plan();
        all.add(planned.changes);
      } catch (error) {
        settle.push(() => write.reject(error));
        return;
      }
      apply(planned.changes);
      settle.push(() => write.resolve(planned.result));
    };
    if (group.length === 1) planOne(group[0]!, () => {});
    else
      this.database.rehearse((apply) => {
        for (const write of group) planOne(write, apply);
      });
    return all.changes;
  }

  async #save(changes: readonly WrittenChange[]): Promise<void> {
    if (this.stale) throw new Error("the state of the attempt is stale");
    try {
      await this.#store.save(changes);
      this.database.apply(changes);
      this.#usage.count(changes);
      this.lists.clear();
    } catch (error) {
      // A refused write changed nothing. After any other failure the commit may or may not have happened.
      if (!(error instanceof AttemptClosedError)) this.stale = true;
      throw error;
    }
  }

  close(): void {
    this.database.close();
  }
}
