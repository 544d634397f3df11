import type { z } from "zod";
import type { MockApiOperationSummary, MockApiParameterSummary } from "../contracts/mock-api-studio.ts";
import { isObject, type JsonObject, objectAt, valueAt } from "../mock-api/compile/document.ts";

import { METHODS } from "./walk.ts";

type ParameterSummary = z.infer<typeof MockApiParameterSummary>;

const PLACES = new Set<unknown>(["path", "query", "header", "cookie"]);

/** Operations of a normalised document, in its order. */
export function summariseOperations(root: JsonObject): MockApiOperationSummary[] {
  const summaries: MockApiOperationSummary[] = [];
  for (const [path, item] of Object.entries(objectAt(root, "paths"))) {
    if (!isObject(item)) continue;
    for (const method of METHODS) {
      const operation = item[method];
      if (!isObject(operation)) continue;
      const body = followIn(root, operation.requestBody);
      summaries.push({
        operationId: String(operation.operationId),
        method: method.toUpperCase(),
        path,
        summary: textOf(operation.summary) || textOf(operation.description).split("\n")[0]!.slice(0, 200),
        tags: (Array.isArray(operation.tags) ? operation.tags : []).map(String).slice(0, 10),
        deprecated: operation.deprecated === true,
        parameters: parametersOf(root, item, operation),
        requestTypes: Object.keys(objectAt(body, "content")),
        responses: Object.keys(objectAt(operation, "responses")).filter((status) => !status.startsWith("x-")),
      });
    }
  }
  return summaries;
}

function parametersOf(root: JsonObject, item: JsonObject, operation: JsonObject): ParameterSummary[] {
  const found = new Map<string, ParameterSummary>();
  for (const list of [item.parameters, operation.parameters])
    for (const given of Array.isArray(list) ? list : []) {
      const parameter = followIn(root, given);
      if (typeof parameter.name !== "string" || !PLACES.has(parameter.in)) continue;
      const place = parameter.in as ParameterSummary["in"];
      found.set(`${place} ${parameter.name}`, {
        name: parameter.name,
        in: place,
        required: place === "path" || parameter.required === true,
        type: typeOf(root, parameter.schema),
      });
    }
  return [...found.values()];
}

/** Of a schema, in a word or two. */
export function typeOf(root: JsonObject, given: unknown, depth = 0): string {
  const schema = followIn(root, given);
  const types = [schema.type].flat().filter((type) => typeof type === "string" && type !== "null");
  if (types.length === 1)
    return types[0] === "array" && depth < 3
      ? `${typeOf(root, schema.items, depth + 1)}[]`
      : String(types[0]);
  for (const keyword of ["allOf", "anyOf", "oneOf"]) {
    const parts = schema[keyword];
    if (types.length > 0 || !Array.isArray(parts) || depth > 5) continue;
    const known = parts.map((part) => typeOf(root, part, depth + 1)).filter((type) => type !== "any");
    if (new Set(known).size === 1) return known[0]!;
  }
  return "any";
}

/** What a part of a normalised document stands for once its references are followed. */
export function followIn(root: JsonObject, given: unknown): JsonObject {
  let found = isObject(given) ? given : {};
  for (let step = 0; step < 20 && typeof found.$ref === "string"; step++) {
    const target = valueAt(root, decodeURIComponent(found.$ref.slice(1)));
    if (!isObject(target)) return {};
    found = target;
  }
  return found;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
