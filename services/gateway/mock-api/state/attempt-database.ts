import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { CollectionPlan, StoragePlan } from "../../../shared/mock-api/storage-plan.ts";
import { fileUri } from "./build-base.ts";
import type { StoredRecord } from "./column-value.ts";
import { Overlay } from "./overlay.ts";
import { identifier, type RecordRow, toRecord, toRow } from "./record-row.ts";
import { countMatches, type ListQuery, type ListRow, selectPage } from "./select-page.ts";
import { highestSequenceNumber, sequenceNumber } from "./sequence-number.ts";
import { createIndexes, createTables, table, touchedTable } from "./table-layout.ts";

/** A record as a write left it; null when it was deleted. */
export interface RecordChange {
  collection: string;
  id: string;
  record: StoredRecord | null;
}

/** Changes that are not saved yet. */
export interface PendingChanges {
  readonly changes: readonly RecordChange[];
  find(collection: string, id: string): RecordChange | undefined;
}

const MAX_STATEMENTS = 200;
const MAX_COUNTS = 200;

/**
 * What one attempt sees: the shared base, attached read-only, under an overlay in memory of what the attempt itself
 * created, changed and deleted. A hundred attempts cost one base.
 */
export class AttemptDatabase {
  readonly #database = new DatabaseSync(":memory:");
  readonly #plans: Map<string, CollectionPlan>;
  readonly #statements = new Map<string, StatementSync>();
  readonly #counts = new Map<string, number>();
  readonly #overlay = new Overlay((sql) => this.#prepare(sql));
  /** Collections with an overlay; the others are read from the base alone. */
  readonly #touched = new Set<string>();
  /** What whoever plans a write sees besides, the latest last. */
  #pending: readonly PendingChanges[] = [];
  /** Whether the tables hold what is pending. */
  #isLaid = false;

  constructor(basePath: string, plan: StoragePlan) {
    this.#plans = new Map(plan.collections.map((collection) => [collection.name, collection]));
    // The file never changes once renamed into place, so SQLite needs no locks and shares the kernel's pages.
    this.#database.exec(`ATTACH '${fileUri(basePath, "immutable=1")}' AS base`);
    this.#database.exec("PRAGMA base.mmap_size = 1073741824");
    for (const collection of plan.collections) {
      for (const statement of createTables("main", collection)) this.#database.exec(statement);
      for (const statement of createIndexes("main", collection)) this.#database.exec(statement);
      this.#database.exec(
        `CREATE TABLE main.${touchedTable(collection.name)} ("id" TEXT PRIMARY KEY) WITHOUT ROWID`,
      );
    }
  }

  find(collection: string, text: string): StoredRecord | null {
    const plan = this.#plan(collection);
    const id = identifier(plan, text);
    if (id === null) return null;
    const change = this.#pendingChange(collection, text);
    if (change && !change.record) return null;
    const pending = change?.record && toRow(plan, change.record);
    if (pending) return toRecord(plan, pending);
    if (change) this.#layPending();
    const touched =
      this.#touched.has(collection) &&
      this.#prepare(`SELECT 1 FROM main.${touchedTable(collection)} WHERE "id" = ?`).get(String(id)) !==
        undefined;
    const schema = touched ? "main" : "base";
    const row = this.#prepare(`SELECT * FROM ${schema}.${table(collection)} WHERE "${plan.id}" = ?`).get(id);
    return row ? toRecord(plan, row as unknown as RecordRow) : null;
  }

  #pendingChange(collection: string, id: string): RecordChange | undefined {
    if (this.#isLaid) return undefined;
    for (let index = this.#pending.length - 1; index >= 0; index--) {
      const change = this.#pending[index]!.find(collection, id);
      if (change) return change;
    }
    return undefined;
  }

  /** One page, and the place of its last record when there are more. */
  list(query: ListQuery): {
    records: StoredRecord[];
    next: { key: string | number; id: string | number } | null;
  } {
    this.#layPending();
    const plan = this.#plan(query.collection);
    const { sql, values } = selectPage(plan, query, this.#touched.has(query.collection));
    const rows = this.#prepare(sql).all(values) as unknown as ListRow[];
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    return {
      records: page.map((row) => this.#read(plan, row)),
      next: last ? { key: last[2], id: last[3] } : null,
    };
  }

  /** How many records match. Counts are kept until something is written. */
  count(query: Omit<ListQuery, "after" | "skip" | "limit" | "sort">): number {
    this.#layPending();
    const key = JSON.stringify(query);
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const { sql, values } = countMatches(
      this.#plan(query.collection),
      query,
      this.#touched.has(query.collection),
    );
    const total = firstNumber(this.#prepare(sql).get(values));
    if (this.#counts.size >= MAX_COUNTS) this.#counts.clear();
    this.#counts.set(key, total);
    return total;
  }

  #read(plan: CollectionPlan, [overlay, position]: ListRow): StoredRecord {
    const schema = overlay ? "main" : "base";
    const statement = this.#prepare(`SELECT * FROM ${schema}.${table(plan.name)} WHERE "position" = ?`);
    return toRecord(plan, statement.get(position) as unknown as RecordRow);
  }

  /** Highest number in identifiers with this prefix, deleted and pending records included. */
  highestSequence(collection: string, prefix: string): number {
    const base = this.#prepare(
      'SELECT "highest" FROM base."sequences" WHERE "collection" = ? AND "prefix" = ?',
    );
    const overlay = this.#prepare(highestSequenceNumber(`main.${touchedTable(collection)}`, '"id"'));
    const saved = Math.max(
      firstNumber(base.get(collection, prefix)),
      firstNumber(overlay.get({ prefix, length: prefix.length })),
    );
    const pending = this.#pending
      .flatMap(({ changes }) => changes)
      .filter((one) => one.collection === collection);
    return Math.max(saved, ...pending.map(({ id }) => sequenceNumber(id, prefix)));
  }

  /** All or nothing. */
  apply(changes: readonly RecordChange[]): void {
    this.#database.exec("BEGIN");
    try {
      this.#applyAll(changes);
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /**
   * Runs `plan`, which also sees what is pending. It must not wait for anything, so that nobody else sees that.
   *
   * @param pending the latest last
   */
  planWith<T>(pending: readonly PendingChanges[], plan: () => T): T {
    const touched = [...this.#touched];
    this.#pending = pending;
    try {
      return plan();
    } finally {
      this.#pending = [];
      if (this.#isLaid) {
        this.#isLaid = false;
        this.#database.exec("ROLLBACK");
        this.#touched.clear();
        for (const collection of touched) this.#touched.add(collection);
        this.#counts.clear();
      }
    }
  }

  /**
   * Lets the tables hold what is pending until the plan is made. Most writes ask for single records, which are found
   * without; this is for questions that only the tables can answer.
   */
  #layPending(): void {
    if (this.#isLaid || this.#pending.length === 0) return;
    this.#isLaid = true;
    this.#database.exec("BEGIN");
    for (const { changes } of this.#pending) this.#applyAll(changes);
  }

  #applyAll(changes: readonly RecordChange[]): void {
    for (const change of changes) this.#overlay.change(this.#plan(change.collection), change);
    for (const { collection } of changes) this.#touched.add(collection);
    this.#counts.clear();
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #plan(collection: string): CollectionPlan {
    const plan = this.#plans.get(collection);
    if (!plan) throw new Error(`there is no collection ${collection}`);
    return plan;
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const oldest = this.#statements.keys().next();
    if (this.#statements.size >= MAX_STATEMENTS && !oldest.done) this.#statements.delete(oldest.value);
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function firstNumber(row: unknown): number {
  return Number((row as unknown[] | undefined)?.[0] ?? 0);
}
