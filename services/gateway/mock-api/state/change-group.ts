import type { RecordChange } from "./attempt-database.ts";

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

/** How much of its quota an attempt has used: deleted records count, since the store keeps that they are gone. */
export class Usage {
  readonly #quota: Quota;
  readonly #sizes = new Map<string, number>();
  #bytes = 0;

  constructor(quota: Quota) {
    this.#quota = quota;
  }

  sizeOf(key: string): number | undefined {
    return this.#sizes.get(key);
  }

  /** @throws QuotaExceededError */
  requireRoom(added: { records: number; bytes: number }): void {
    const { records, bytes } = this.#quota;
    if (this.#sizes.size + added.records > records || this.#bytes + added.bytes > bytes)
      throw new QuotaExceededError("the attempt has no room for this write");
  }

  /** Counts what is in the store now. */
  count(changes: readonly WrittenChange[]): void {
    for (const { collection, id, json } of changes) {
      const key = keyOf(collection, id);
      this.#bytes += json.length - (this.#sizes.get(key) ?? 0);
      this.#sizes.set(key, json.length);
    }
  }
}

/** What several writes come to. Of each record only the last change counts; Postgres takes no two of one record at once. */
export class ChangeGroup {
  readonly #usage: Usage;
  readonly #changes = new Map<string, WrittenChange>();
  #added = { records: 0, bytes: 0 };

  constructor(usage: Usage) {
    this.#usage = usage;
  }

  get changes(): WrittenChange[] {
    return [...this.#changes.values()];
  }

  /** All changes of one write, or none. @throws QuotaExceededError */
  add(changes: readonly RecordChange[]): void {
    const added = { ...this.#added };
    const later = changes.map(written);
    for (const { collection, id, json } of later) {
      const key = keyOf(collection, id);
      const before = this.#changes.get(key)?.json.length ?? this.#usage.sizeOf(key);
      if (before === undefined) added.records++;
      added.bytes += json.length - (before ?? 0);
    }
    if (later.length > 0) this.#usage.requireRoom(added);
    this.#added = added;
    for (const change of later) this.#changes.set(keyOf(change.collection, change.id), change);
  }
}

const keyOf = (collection: string, id: string) => `${collection}/${id}`;
