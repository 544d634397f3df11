import type { Expansion, MockApiBindings } from "../../../shared/contracts/mock-api.ts";
import type { Json, StoredRecord } from "../state/column-value.ts";

type Find = (collection: string, id: string) => StoredRecord | null;

/** A record as the API shows it: without hidden properties, with the related records its binding asks for. */
export function presentRecord(
  bindings: MockApiBindings,
  collection: string,
  record: StoredRecord,
  expand: Record<string, Expansion>,
  find: Find,
): StoredRecord {
  const shown: StoredRecord = {};
  for (const [name, property] of Object.entries(bindings.collections[collection]!.properties))
    if (!property.hidden) shown[name] = record[name] ?? null;
  for (const [name, expansion] of Object.entries(expand))
    shown[name] = expanded(expansion, record[expansion.from], find);
  return shown;
}

function expanded(expansion: Expansion, id: Json | undefined, find: Find): Json {
  const related = typeof id === "string" ? find(expansion.collection, id) : null;
  if (!related) return null;
  return Object.fromEntries(expansion.properties.map((name) => [name, related[name] ?? null]));
}
