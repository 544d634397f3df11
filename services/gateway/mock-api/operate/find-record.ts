import type { RecordKey } from "../../../shared/contracts/mock-api.ts";
import { valueAt } from "../../../shared/mock-api/collection-shape.ts";
import { notFound } from "../api-problem.ts";
import type { Cell, StoredRecord } from "../state/column-value.ts";
import type { Exchange } from "./exchange.ts";

export interface Identification {
  collection: string;
  parameter: RecordKey;
  key?: string | undefined;
  within: Record<string, string>;
}

type Find = (collection: string, id: string) => StoredRecord | null;

/** Text of the value a binding finds its record by; empty when the request has none. */
export function keyOf({ parameters, body }: Exchange, key: RecordKey): string {
  const value =
    typeof key === "string"
      ? parameters.path.get(key)
      : "query" in key
        ? queryValue(parameters.query, key.query)
        : valueAt(body, key.body.split("."));
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A query parameter, or the property of a deepObject parameter: `page[size]`. */
export function queryValue(query: ReadonlyMap<string, unknown>, name: string): unknown {
  const value = query.get(name);
  if (value !== undefined) return value;
  const parts = /^([^[\]]+)\[([^[\]]+)\]$/.exec(name);
  return parts ? valueAt(query.get(parts[1]!), [parts[2]!]) : undefined;
}

/** The record that a request is about, as `find` sees it. @throws ApiProblem 404 */
export function findRecord(exchange: Exchange, binding: Identification, find: Find): StoredRecord {
  const id = keyOf(exchange, binding.parameter);
  const record = lookUp(exchange, binding, id, find);
  if (!record || !isWithin(exchange, binding.within, record)) throw notFound(`There is no record "${id}".`);
  return record;
}

function lookUp(exchange: Exchange, binding: Identification, id: string, find: Find): StoredRecord | null {
  const { collection, key } = binding;
  const shape = exchange.api.shapes.get(collection)!;
  if (!key || key === shape.id) return find(collection, id);
  const { records } = exchange.state.database.list({
    collection,
    filters: [
      { property: key, comparison: "eq", value: cellOf(exchange, collection, key, id) },
      ...withinFilters(exchange, collection, binding.within),
    ],
    search: null,
    sort: { property: shape.id, descending: false },
    after: null,
    skip: 0,
    limit: 1,
  });
  return records[0] ? find(collection, String(records[0][shape.id])) : null;
}

export function withinFilters(exchange: Exchange, collection: string, within: Record<string, string>) {
  return Object.entries(within).map(([parameter, property]) => ({
    property,
    comparison: "eq" as const,
    value: cellOf(exchange, collection, property, String(exchange.parameters.path.get(parameter) ?? "")),
  }));
}

function isWithin(exchange: Exchange, within: Record<string, string>, record: StoredRecord): boolean {
  for (const parameter in within)
    if (String(record[within[parameter]!] ?? "") !== String(exchange.parameters.path.get(parameter) ?? ""))
      return false;
  return true;
}

/** Text of a path as a cell of the property: numbers compare as numbers. */
export function cellOf(exchange: Exchange, collection: string, property: string, text: string): Cell {
  const type = exchange.api.shapes.get(collection)!.properties.get(property)!.definition.type;
  return (type === "integer" || type === "number") && text !== "" && Number.isFinite(Number(text))
    ? Number(text)
    : text;
}
