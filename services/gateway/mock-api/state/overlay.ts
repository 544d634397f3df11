import type { StatementSync } from "node:sqlite";
import type { CollectionPlan } from "../../../shared/mock-api/storage-plan.ts";
import type { RecordChange } from "./attempt-database.ts";
import { type Cell, type Json, type StoredRecord, toCell } from "./column-value.ts";
import { identifier, type RecordRow, toRecord } from "./record-row.ts";
import { elementTable, searchTable, table, touchedTable } from "./table-layout.ts";

/** Writes the tables in memory that lie over the base, with their indexes of words and of elements. */
export class Overlay {
  readonly #prepare: (sql: string) => StatementSync;

  constructor(prepare: (sql: string) => StatementSync) {
    this.#prepare = prepare;
  }

  /** The caller keeps it all or nothing. */
  change(plan: CollectionPlan, { collection, id, record }: RecordChange): void {
    this.#prepare(`INSERT OR IGNORE INTO main.${touchedTable(collection)} VALUES (?)`).run(id);
    const old = this.#prepare(`SELECT * FROM main.${table(collection)} WHERE "${plan.id}" = ?`).get(
      identifier(plan, id),
    ) as unknown as RecordRow | undefined;
    if (old && record) this.#replace(plan, old, record);
    else if (old) this.#remove(plan, old);
    else if (record) this.#insert(plan, record);
  }

  /** Touches the columns and indexes only of what differs: most changes leave the searched texts alone. */
  #replace(plan: CollectionPlan, row: RecordRow, record: StoredRecord): void {
    const position = row[0] as number;
    const cells = new Map<string, Cell>();
    for (const [index, { name, definition }] of plan.properties.entries()) {
      const cell = toCell(record[name], definition);
      if (cell !== row[index + 1]) cells.set(name, cell);
    }
    if (plan.search.some((name) => cells.has(name))) {
      this.#remove(plan, row);
      this.#insert(plan, record);
      return;
    }
    if (cells.size === 0) return;
    const assignments = [...cells.keys()].map((name) => `"${name}" = ?`).join(", ");
    const before = toRecord(plan, row);
    for (const property of plan.elements) {
      if (!cells.has(property)) continue;
      this.#removeElements(plan, property, before, position);
      this.#insertElements(plan, property, record, position);
    }
    this.#prepare(`UPDATE main.${table(plan.name)} SET ${assignments} WHERE "position" = ?`).run(
      ...cells.values(),
      position,
    );
  }

  #insertElements(plan: CollectionPlan, property: string, record: StoredRecord, position: number | bigint) {
    for (const value of stringsOf(record[property]))
      this.#prepare(`INSERT OR IGNORE INTO main.${elementTable(plan.name, property)} VALUES (?, ?)`).run(
        value,
        position,
      );
  }

  #removeElements(plan: CollectionPlan, property: string, record: StoredRecord, position: number) {
    for (const value of stringsOf(record[property]))
      this.#prepare(
        `DELETE FROM main.${elementTable(plan.name, property)} WHERE "value" = ? AND "position" = ?`,
      ).run(value, position);
  }

  #insert(plan: CollectionPlan, record: StoredRecord): void {
    const cells = plan.properties.map(({ name, definition }) => toCell(record[name], definition));
    const places = cells.map(() => "?").join(", ");
    const { lastInsertRowid: position } = this.#prepare(
      `INSERT INTO main.${table(plan.name)} VALUES (NULL, ${places})`,
    ).run(...cells);
    if (plan.search.length > 0) {
      const names = plan.search.map((name) => `, "${name}"`).join("");
      const marks = plan.search.map(() => ", ?").join("");
      this.#prepare(`INSERT INTO main.${searchTable(plan.name)} (rowid${names}) VALUES (?${marks})`).run(
        position,
        ...searchedCells(plan, record),
      );
    }
    for (const property of plan.elements) this.#insertElements(plan, property, record, position);
  }

  #remove(plan: CollectionPlan, row: RecordRow): void {
    const position = row[0] as number;
    const record = toRecord(plan, row);
    if (plan.search.length > 0) {
      const search = searchTable(plan.name);
      const names = plan.search.map((name) => `, "${name}"`).join("");
      const marks = plan.search.map(() => ", ?").join("");
      // An index without content of its own is told what to forget.
      this.#prepare(`INSERT INTO main.${search} (${search}, rowid${names}) VALUES ('delete', ?${marks})`).run(
        position,
        ...searchedCells(plan, record),
      );
    }
    for (const property of plan.elements) this.#removeElements(plan, property, record, position);
    this.#prepare(`DELETE FROM main.${table(plan.name)} WHERE "position" = ?`).run(position);
  }
}

function searchedCells(plan: CollectionPlan, record: StoredRecord) {
  return plan.search.map((name) => {
    const property = plan.properties.find((candidate) => candidate.name === name)!;
    return toCell(record[name], property.definition);
  });
}

function stringsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? [...new Set(value.filter((item) => typeof item === "string"))] : [];
}
