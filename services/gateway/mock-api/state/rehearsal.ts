import type { CollectionPlan } from "../../../shared/mock-api/storage-plan.ts";
import type { RecordChange } from "./attempt-database.ts";
import { type Cell, type StoredRecord, toCell } from "./column-value.ts";
import type { RecordRow } from "./record-row.ts";
import { cellType } from "./table-layout.ts";

/**
 * Changes that are seen by whoever plans the next write and are taken back afterwards. Most writes ask for single
 * records only, and these are answered from here; the tables are changed, and changed back, when one asks for more.
 */
export class Rehearsal {
  readonly #rows = new Map<string, RecordRow | null>();
  #changes: RecordChange[] = [];
  /** Whether the tables hold the changes. */
  isLaid = false;

  /** @returns whether `find` answers as the tables would; where not, they must take the changes in now */
  add(plan: CollectionPlan, change: RecordChange): boolean {
    this.#changes.push(change);
    const row = change.record ? rowOf(plan, change.record) : null;
    if (row === undefined) return false;
    this.#rows.set(keyOf(change.collection, change.id), row);
    return true;
  }

  /** Null for a record that is deleted, undefined for one that the tables know better. */
  find(collection: string, id: string): RecordRow | null | undefined {
    return this.#rows.get(keyOf(collection, id));
  }

  /** What the tables have yet to take in; from now on they do the finding. */
  lay(): RecordChange[] {
    const changes = this.#changes;
    this.#changes = [];
    this.#rows.clear();
    this.isLaid = true;
    return changes;
  }
}

const keyOf = (collection: string, id: string) => `${collection}/${id}`;

/** As the table would give it back; undefined where SQLite would convert a cell to its column's type. */
function rowOf({ properties }: CollectionPlan, record: StoredRecord): RecordRow | undefined {
  const row: RecordRow = [null];
  for (const { name, definition } of properties) {
    const cell = toCell(record[name], definition);
    if (!fits(cell, cellType(definition))) return undefined;
    row.push(cell);
  }
  return row;
}

function fits(cell: Cell, type: ReturnType<typeof cellType>): boolean {
  if (cell === null) return true;
  if (type === "TEXT") return typeof cell === "string";
  return type === "INTEGER" ? Number.isSafeInteger(cell) : typeof cell === "number";
}
