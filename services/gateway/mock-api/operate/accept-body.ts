import type { MockApiProperty } from "../../../shared/contracts/mock-api.ts";
import type { ShownProperty } from "../../../shared/mock-api/collection-shape.ts";
import { valueAt } from "../../../shared/mock-api/collection-shape.ts";
import { pointerTo } from "../../../shared/mock-api/compile/document.ts";
import { ApiProblem, type Violation } from "../api-problem.ts";
import { TimeReader } from "../state/canonical-time.ts";
import type { Json, StoredRecord } from "../state/column-value.ts";
import type { Exchange } from "./exchange.ts";

const UTC = new TimeReader("UTC");

export interface Acceptance {
  collection: string;
  accept: readonly string[];
  bodyAt?: string | undefined;
}

/**
 * Own properties of the body that the binding allows; nothing else of it ever reaches a record.
 * @throws ApiProblem 422 for values that the collection cannot hold, whatever the document allows
 */
export function acceptedFrom(exchange: Exchange, binding: Acceptance): StoredRecord {
  const shape = exchange.api.shapes.get(binding.collection)!;
  const source = valueAt(exchange.body, rootOf(exchange, binding));
  const given: StoredRecord = {};
  const violations: Violation[] = [];
  for (const name of binding.accept) {
    const property = shape.properties.get(name)!;
    const value = valueAt(source, property.path);
    if (value === undefined) continue;
    const stored = storable(value as Json, property.definition);
    if (stored === undefined)
      violations.push({
        in: "body",
        pointer: pointerIn(exchange, binding, property),
        message: `cannot be kept as ${property.definition.type}`,
      });
    else given[name] = stored;
  }
  if (violations.length > 0) throw ApiProblem.invalid(violations);
  return given;
}

/** JSON pointer of a property within the body. */
export function pointerIn(exchange: Exchange, binding: Acceptance, property: ShownProperty): string {
  return pointerTo("", ...rootOf(exchange, binding), ...property.path);
}

function rootOf({ api }: Exchange, { bodyAt, collection }: Acceptance): string[] {
  if (bodyAt !== undefined) return bodyAt.split(".");
  return api.shapes.get(collection)!.jsonApiType === null ? [] : ["data", "attributes"];
}

/** The value as the property keeps it; undefined when it cannot. */
function storable(value: Json, property: MockApiProperty): Json | undefined {
  if (value === null) return property.nullable ? null : undefined;
  switch (property.type) {
    case "json":
      return value;
    case "strings":
      return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
    case "integer":
      return Number.isSafeInteger(value) ? value : undefined;
    case "number":
      return typeof value === "number" ? value : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "string":
      return typeof value === "string" ? value : undefined;
    case "time":
      return typeof value === "string" ? (UTC.read(value) ?? undefined) : undefined;
    case "date":
      return typeof value === "string" ? UTC.read(value)?.slice(0, 10) : undefined;
  }
}
