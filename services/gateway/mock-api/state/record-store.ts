import type { RecordChange } from "./attempt-database.ts";
import type { WrittenChange } from "./change-group.ts";

/** Whoever wrote may write no more: the attempt ended, or another sandbox has taken the place of this one. */
export class AttemptClosedError extends Error {}

/** Where the overlay of one attempt, or of one scratch instance, over one mock API is kept. */
export interface RecordStore {
  /** Everything saved so far, in the order in which it is to be applied. */
  load(): Promise<RecordChange[]>;
  /** All changes or none. @throws AttemptClosedError; after any other error it may have happened or not */
  save(changes: readonly WrittenChange[]): Promise<void>;
}

/** Keeps nothing: what a scratch instance holds lives as long as its state in memory. */
export class MemoryRecordStore implements RecordStore {
  async load(): Promise<RecordChange[]> {
    return [];
  }

  async save(): Promise<void> {}
}
