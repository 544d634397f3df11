import { LRUCache } from "lru-cache";
import type { StoragePlan } from "../../../shared/mock-api/storage-plan.ts";
import { AttemptDatabase, type RecordChange } from "./attempt-database.ts";
import { ChangeGroup, type Quota, Usage, written } from "./change-group.ts";
import type { RecordStore } from "./record-store.ts";

interface Planned<T> {
  changes: RecordChange[];
  result: T;
}

/** Writes that are saved together. */
interface WriteGroup {
  changes: ChangeGroup;
  writes: number;
  isOnItsWay: boolean;
  saved: PromiseWithResolvers<void>;
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
  /** What is planned and not saved yet; the first may be on its way to the store. */
  readonly #groups: WriteGroup[] = [];
  #failure: unknown;

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

  /** Memory and the store may differ, so this state must not be used again. */
  get stale(): boolean {
    return this.#failure !== undefined;
  }

  /**
   * Runs `plan`, which sees all earlier writes, saves the changes it asks for, and only then shows them to others.
   * Writes that come while others are being saved are planned meanwhile and saved together, after those. A refusal may
   * rest on what is not saved yet, so it is told when that is.
   * @throws AttemptClosedError, QuotaExceededError, or what `plan` throws; nothing has changed then
   */
  async write<T>(plan: () => Planned<T>): Promise<T> {
    if (this.stale) throw this.#failure;
    const group = this.#openGroup();
    let outcome: { result: T } | { error: unknown };
    try {
      outcome = { result: this.#plan(plan, group) };
    } catch (error) {
      outcome = { error };
    }
    await group.saved.promise;
    if ("error" in outcome) throw outcome.error;
    return outcome.result;
  }

  #plan<T>(plan: () => Planned<T>, group: WriteGroup): T {
    const pending = this.#groups.map(({ changes }) => changes);
    const { changes, result } = this.database.planWith(pending, plan);
    const all = changes.map(written);
    this.#usage.take(all);
    group.changes.add(all);
    return result;
  }

  #openGroup(): WriteGroup {
    const last = this.#groups.at(-1);
    const isOpen = last && !last.isOnItsWay && last.writes < MAX_GROUP;
    const group = isOpen ? last : newGroup();
    group.writes++;
    if (!isOpen) this.#groups.push(group);
    if (this.#groups.length === 1 && !isOpen) void this.#saveAll();
    return group;
  }

  /** Never rejects. */
  async #saveAll(): Promise<void> {
    // Whoever asks in the same moment goes along.
    await Promise.resolve();
    let saving = this.#save(this.#groups[0]!);
    try {
      while (this.#groups.length > 0) {
        await saving;
        const [group, next] = this.#groups;
        // The store saves these while the others are shown and answered.
        if (next) saving = this.#save(next);
        this.#show(group!);
        this.#groups.shift();
      }
    } catch (error) {
      saving.catch(() => {});
      this.#failure = error;
      // What was planned upon them is no more true than they are.
      for (const { saved } of this.#groups.splice(0)) saved.reject(error);
    }
  }

  async #save(group: WriteGroup): Promise<void> {
    group.isOnItsWay = true;
    const { changes } = group.changes;
    if (changes.length > 0) await this.#store.save(changes);
  }

  #show({ changes: { changes }, saved }: WriteGroup): void {
    if (changes.length > 0) {
      this.database.apply(changes);
      this.lists.clear();
    }
    saved.resolve();
  }

  close(): void {
    this.database.close();
  }
}

function newGroup(): WriteGroup {
  const saved = Promise.withResolvers<void>();
  return { changes: new ChangeGroup(), writes: 0, isOnItsWay: false, saved };
}
