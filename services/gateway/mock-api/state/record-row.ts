import type { CollectionPlan } from "../../../shared/mock-api/storage-plan.ts";
import { fromCell, type StoredRecord } from "./column-value.ts";

/** @param row of the collection's table, with all its columns */
export function toRecord(plan: CollectionPlan, row: Record<string, unknown>): StoredRecord {
  const record: StoredRecord = {};
  for (const { name, definition } of plan.properties) record[name] = fromCell(row[name], definition);
  return record;
}

/** An identifier as its column holds it; null for text that cannot be one. */
export function identifier(plan: CollectionPlan, text: string): string | number | null {
  if (plan.idType !== "integer") return text;
  return /^(0|-?[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}
