import type { CollectionPlan } from "../../../shared/mock-api/storage-plan.ts";
import { fromCell, type StoredRecord } from "./column-value.ts";

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

/** An identifier as its column holds it; null for text that cannot be one. */
export function identifier(plan: CollectionPlan, text: string): string | number | null {
  if (plan.idType !== "integer") return text;
  return /^(0|-?[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}
