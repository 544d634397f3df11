import type { Expansion } from "../../../shared/contracts/mock-api.ts";
import { setAt } from "../../../shared/mock-api/collection-shape.ts";
import type { CompiledApi } from "../../../shared/mock-api/compile/compiled-api.ts";
import type { Json, StoredRecord } from "../state/column-value.ts";

type Find = (collection: string, id: string) => StoredRecord | null;

/** A record as the API shows it: without hidden properties, with the related records its binding asks for. */
export function presentRecord(
  api: Pick<CompiledApi, "shapes">,
  collection: string,
  record: StoredRecord,
  expand: Record<string, Expansion>,
  find: Find,
): StoredRecord {
  const { shown: properties, id, jsonApiType } = api.shapes.get(collection)!;
  const shown: StoredRecord = {};
  for (const { name, path, definition } of properties) {
    const value = record[name] ?? null;
    if (value === null && definition.optional) continue;
    if (path.length > 1) setAt(shown, path, value);
    else if (jsonApiType === null || name !== id) shown[path[0]!] = value;
  }
  for (const name in expand) shown[name] = expanded(api, expand[name]!, record[expand[name]!.from], find);
  return jsonApiType === null
    ? shown
    : { type: jsonApiType, id: String(record[id] ?? ""), attributes: shown };
}

function expanded(
  api: Pick<CompiledApi, "shapes">,
  expansion: Expansion,
  id: Json | undefined,
  find: Find,
): Json {
  const related =
    typeof id === "string" || typeof id === "number" ? find(expansion.collection, String(id)) : null;
  if (!related) return null;
  const { properties } = api.shapes.get(expansion.collection)!;
  const part: StoredRecord = {};
  for (const name of expansion.properties) setAt(part, properties.get(name)!.path, related[name] ?? null);
  return part;
}

/** A record where the binding's `wrap` wants it. */
export function wrapRecord(
  api: Pick<CompiledApi, "shapes">,
  collection: string,
  wrap: string | undefined,
  shown: StoredRecord,
) {
  const path = wrap ?? (api.shapes.get(collection)!.jsonApiType === null ? null : "data");
  if (path === null) return shown;
  const answer: Record<string, unknown> = {};
  setAt(answer, path.split("."), shown);
  return answer;
}
