import type { PendingChanges, RecordChange } from "./attempt-database.ts";

export interface Quota {
  records: number;
  bytes: number;
}

/** An attempt has written as much as its bindings allow. */
export class QuotaExceededError extends Error {}

/** A change on its way to the store, with its record as JSON; `null` for one that is deleted. */
export interface WrittenChange extends RecordChange {
  json: string;
}

export function written(change: RecordChange): WrittenChange {
  return { ...change, json: JSON.stringify(change.record) };
}

/**
 * How much of its quota an attempt has used, by what is saved and by what is about to be: deleted records count, since
 * the store keeps that they are gone.
 */
export class Usage {
  readonly #quota: Quota;
  readonly #sizes = new Map<string, number>();
  #bytes = 0;

  constructor(quota: Quota) {
    this.#quota = quota;
  }

  /** Counts all changes of one write, or none. @throws QuotaExceededError */
  take(changes: readonly WrittenChange[]): void {
    if (changes.length === 0) return;
    const { records, bytes } = this.#quota;
    let [newRecords, newBytes] = [0, 0];
    for (const change of changes) {
      const before = this.#sizes.get(keyOf(change));
      if (before === undefined) newRecords++;
      newBytes += change.json.length - (before ?? 0);
    }
    if (this.#sizes.size + newRecords > records || this.#bytes + newBytes > bytes)
      throw new QuotaExceededError("the attempt has no room for this write");
    this.count(changes);
  }

  /** Counts what is there already. */
  count(changes: readonly WrittenChange[]): void {
    for (const change of changes) {
      const key = keyOf(change);
      this.#bytes += change.json.length - (this.#sizes.get(key) ?? 0);
      this.#sizes.set(key, change.json.length);
    }
  }
}

/** What several writes come to. Of each record only the last change counts; Postgres takes no two of one record at once. */
export class ChangeGroup implements PendingChanges {
  readonly #changes = new Map<string, WrittenChange>();

  get changes(): WrittenChange[] {
    return [...this.#changes.values()];
  }

  find(collection: string, id: string): WrittenChange | undefined {
    return this.#changes.get(keyOf({ collection, id }));
  }

  add(changes: readonly WrittenChange[]): void {
    for (const change of changes) this.#changes.set(keyOf(change), change);
  }
}

const keyOf = ({ collection, id }: { collection: string; id: string }) => `${collection}/${id}`;
