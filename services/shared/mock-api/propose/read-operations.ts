import { followIn } from "../../openapi/summarise.ts";
import { METHODS } from "../../openapi/walk.ts";
import { isObject, type JsonObject, objectAt } from "../compile/document.ts";

export interface QueryParameter {
  name: string;
  schema: JsonObject;
}

/** An operation as far as bindings depend on it; references are followed. */
export interface ReadOperationShape {
  operationId: string;
  method: string;
  path: string;
  segments: string[];
  query: QueryParameter[];
  /** JSON schema of the first success that has one. */
  answer: JsonObject | null;
  body: JsonObject | null;
}

/** A field of an object schema, references followed. */
export interface Field {
  name: string;
  schema: JsonObject;
  required: boolean;
}

/** @param root a normalised document */
export function readOperations(root: JsonObject): ReadOperationShape[] {
  return Object.entries(objectAt(root, "paths")).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = objectAt(item, method);
      if (Object.keys(operation).length === 0) return [];
      return [
        {
          operationId: String(operation.operationId),
          method,
          path,
          segments: path.split("/").filter(Boolean),
          query: queryOf(root, item, operation),
          answer: answerOf(root, operation),
          body: jsonSchemaOf(root, followIn(root, operation.requestBody)),
        },
      ];
    }),
  );
}

function queryOf(root: JsonObject, item: unknown, operation: JsonObject): QueryParameter[] {
  const lists = [isObject(item) ? item.parameters : undefined, operation.parameters];
  return lists
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((given) => followIn(root, given))
    .filter((parameter) => parameter.in === "query" && typeof parameter.name === "string")
    .map((parameter) => ({ name: String(parameter.name), schema: followIn(root, parameter.schema) }));
}

function answerOf(root: JsonObject, operation: JsonObject): JsonObject | null {
  const responses = objectAt(operation, "responses");
  const status = Object.keys(responses)
    .filter((code) => /^2(\d\d|XX)$/.test(code))
    .sort()[0];
  return status === undefined ? null : jsonSchemaOf(root, followIn(root, responses[status]));
}

function jsonSchemaOf(root: JsonObject, holder: JsonObject): JsonObject | null {
  const content = objectAt(holder, "content");
  const types = Object.keys(content);
  const type =
    types.find((name) => /^(application|text)\/([a-z0-9.+-]+\+)?json/i.test(name)) ??
    types.find((name) => /^(\*|application)\/\*/i.test(name));
  const schema = type === undefined ? undefined : objectAt(content, type).schema;
  return isObject(schema) ? followIn(root, schema) : null;
}

/** Parts of one schema, however they are nested: a chain of them must not fill the stack either. */
const MOST_PARTS = 1000;

/**
 * Fields of an object schema and of what it is composed of. Each schema is looked at once (`seen`): parts that name
 * one another would else be visited exponentially often.
 */
export function fieldsOf(root: JsonObject, given: unknown, seen = new Set<unknown>()): Field[] {
  const schema = followIn(root, given);
  if (seen.has(schema) || seen.size > MOST_PARTS) return [];
  seen.add(schema);
  const required = Array.isArray(schema.required) ? schema.required : [];
  const own = Object.entries(objectAt(schema, "properties")).map(([name, part]) => ({
    name,
    schema: followIn(root, part),
    required: required.includes(name),
  }));
  const parts = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => {
    const list = schema[keyword];
    return Array.isArray(list) ? list : [];
  });
  const found = new Map(own.map((field) => [field.name, field]));
  for (const part of parts)
    for (const field of fieldsOf(root, part, seen)) if (!found.has(field.name)) found.set(field.name, field);
  return [...found.values()];
}

/** JSON Schema type without null; the items of an array are looked at apart. */
export function schemaType(root: JsonObject, given: unknown, seen = new Set<unknown>()): string | null {
  const schema = followIn(root, given);
  if (seen.has(schema) || seen.size > MOST_PARTS) return null;
  seen.add(schema);
  const types = [schema.type].flat().filter((type) => typeof type === "string" && type !== "null");
  if (types.length > 0) return String(types[0]);
  if (isObject(schema.properties)) return "object";
  for (const keyword of ["allOf", "anyOf", "oneOf"])
    for (const part of Array.isArray(schema[keyword]) ? (schema[keyword] as unknown[]) : []) {
      const type = schemaType(root, part, seen);
      if (type !== null) return type;
    }
  return null;
}

export function takesNull(root: JsonObject, schema: JsonObject, seen = new Set<unknown>()): boolean {
  if (seen.has(schema) || seen.size > MOST_PARTS) return false;
  seen.add(schema);
  if ([schema.type].flat().includes("null")) return true;
  return ["anyOf", "oneOf"].some((keyword) => {
    const parts = schema[keyword];
    return Array.isArray(parts) && parts.some((part) => takesNull(root, followIn(root, part), seen));
  });
}

export function isParameter(segment: string): boolean {
  return /^\{[^{}]+\}$/.test(segment);
}

export function parameterIn(segment: string): string {
  return segment.slice(1, -1);
}
