import type { CollectionPlan } from "../../../shared/mock-api/storage-plan.ts";
import { type Cell, fromCell, type StoredRecord, toCell } from "./column-value.ts";
import { cellType } from "./table-layout.ts";

/** A row of a collection's table with all its columns in order, behind its position. An object for each would cost more. */
export type RecordRow = unknown[];

export function toRecord({ properties }: CollectionPlan, row: RecordRow): StoredRecord {
  const record: StoredRecord = {};
  for (let index = 0; index < properties.length; index++) {
    const { name, definition } = properties[index]!;
    record[name] = fromCell(row[index + 1], definition);
  }
  return record;
}

/** As the table would give the record back; null where SQLite would convert a cell to its column's type. */
export function toRow({ properties }: CollectionPlan, record: StoredRecord): RecordRow | null {
  const row: RecordRow = [null];
  for (const { name, definition } of properties) {
    const cell = toCell(record[name], definition);
    if (!fits(cell, cellType(definition))) return null;
    row.push(cell);
  }
  return row;
}

function fits(cell: Cell, type: ReturnType<typeof cellType>): boolean {
  if (cell === null) return true;
  if (type === "TEXT") return typeof cell === "string";
  return type === "INTEGER" ? Number.isSafeInteger(cell) : typeof cell === "number";
}

/** An identifier as its column holds it; null for text that cannot be one. */
export function identifier(plan: CollectionPlan, text: string): string | number | null {
  if (plan.idType !== "integer") return text;
  return /^(0|-?[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}
