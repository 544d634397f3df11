/**
 * Reads what the reference page shows out of an OpenAPI 3.1 document. The document was uploaded by someone, so
 * nothing about its shape is taken for granted, and recursion ends at a fixed depth.
 */
export type Json = Record<string, unknown>;

export interface Parameter {
  name: string;
  in: string;
  required: boolean;
  description: string;
  schema: Json;
}

export interface Body {
  contentType: string;
  schema: Json;
  example: unknown;
}

export interface Answer {
  status: string;
  description: string;
  body: Body | null;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  deprecated: boolean;
  parameters: Parameter[];
  body: Body | null;
  answers: Answer[];
  /** Whether the key has to be sent. */
  secured: boolean;
}

export interface OperationGroup {
  tag: string;
  description: string;
  operations: Operation[];
}

const METHODS = ["get", "post", "put", "patch", "delete"] as const;
const DEEPEST_REFERENCE = 8;

export const asObject = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const asText = (value: unknown): string => (typeof value === "string" ? value : "");

/** Follows `$ref` inside the document; a reference that leads nowhere (or elsewhere) is an empty object. */
export function follow(document: Json, value: unknown, depth = 0): Json {
  const object = asObject(value);
  const reference = object.$ref;
  if (typeof reference !== "string") return object;
  if (!reference.startsWith("#/") || depth >= DEEPEST_REFERENCE) return {};
  let target: unknown = document;
  for (const part of reference.slice(2).split("/")) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    target = Object.hasOwn(asObject(target), key) ? asObject(target)[key] : undefined;
  }
  return follow(document, target, depth + 1);
}

/** All operations by their first tag, in the document's order. */
export function readOperations(document: Json): OperationGroup[] {
  const groups = new Map<string, OperationGroup>();
  for (const tag of asList(document.tags).map(asObject)) {
    const name = asText(tag.name);
    groups.set(name, { tag: name, description: asText(tag.description), operations: [] });
  }
  for (const [path, value] of Object.entries(asObject(document.paths))) {
    const item = follow(document, value);
    for (const method of METHODS) {
      if (!Object.hasOwn(item, method)) continue;
      const source = asObject(item[method]);
      const tag = asText(asList(source.tags)[0]) || "Operations";
      const group = groups.get(tag) ?? { tag, description: "", operations: [] };
      groups.set(tag, group);
      group.operations.push(readOperation(document, path, method, item, source));
    }
  }
  return [...groups.values()].filter((group) => group.operations.length > 0);
}

function readOperation(document: Json, path: string, method: string, item: Json, source: Json): Operation {
  const parameters = [...asList(item.parameters), ...asList(source.parameters)].map((value) => {
    const parameter = follow(document, value);
    return {
      name: asText(parameter.name),
      in: asText(parameter.in),
      required: parameter.required === true,
      description: asText(parameter.description),
      schema: follow(document, parameter.schema),
    };
  });
  const security = source.security ?? document.security;
  return {
    id: `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    summary: asText(source.summary),
    description: asText(source.description),
    deprecated: source.deprecated === true,
    parameters,
    body: readBody(document, follow(document, source.requestBody).content),
    answers: Object.entries(asObject(source.responses)).map(([status, value]) => {
      const answer = follow(document, value);
      return { status, description: asText(answer.description), body: readBody(document, answer.content) };
    }),
    secured: asList(security).some((entry) => Object.keys(asObject(entry)).length > 0),
  };
}

function readBody(document: Json, content: unknown): Body | null {
  const entries = Object.entries(asObject(content));
  const [contentType, value] = entries.find(([type]) => type.includes("json")) ?? entries[0] ?? [];
  if (contentType === undefined) return null;
  // A range is no type to send; the mock API takes it as JSON first.
  const type = /^(\*|application)\/\*$/.test(contentType) ? "application/json" : contentType;
  const media = asObject(value);
  const named = follow(document, Object.values(asObject(media.examples))[0]).value;
  return { contentType: type, schema: follow(document, media.schema), example: media.example ?? named };
}

/** Operations whose path, name or description holds every word of the query. */
export function searchOperations(groups: readonly OperationGroup[], query: string): OperationGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...groups];
  return groups
    .map((group) => ({
      ...group,
      operations: group.operations.filter((operation) => {
        const text = `${operation.method} ${operation.path} ${operation.summary} ${operation.description} ${group.tag}`;
        return words.every((word) => text.toLowerCase().includes(word));
      }),
    }))
    .filter((group) => group.operations.length > 0);
}
