import { isObject, type JsonObject, pointerTo } from "../mock-api/compile/document.ts";

/** The kinds of objects that an OpenAPI document consists of, as far as something is done with them. */
export type Kind =
  | "document"
  | "components"
  | "pathItem"
  | "operation"
  | "parameter"
  | "header"
  | "requestBody"
  | "mediaType"
  | "encoding"
  | "response"
  | "callback"
  | "example"
  | "link"
  | "securityScheme"
  | "schema";

type Shape = "one" | "list" | "map";
type Fields = Record<string, readonly [shape: Shape, kind: Kind]>;

const SCHEMA_FIELDS: Fields = {
  properties: ["map", "schema"],
  patternProperties: ["map", "schema"],
  additionalProperties: ["one", "schema"],
  items: ["one", "schema"],
  prefixItems: ["list", "schema"],
  contains: ["one", "schema"],
  propertyNames: ["one", "schema"],
  allOf: ["list", "schema"],
  anyOf: ["list", "schema"],
  oneOf: ["list", "schema"],
  not: ["one", "schema"],
  if: ["one", "schema"],
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: ["one", "schema"],
  else: ["one", "schema"],
  dependentSchemas: ["map", "schema"],
  unevaluatedItems: ["one", "schema"],
  unevaluatedProperties: ["one", "schema"],
  contentSchema: ["one", "schema"],
  $defs: ["map", "schema"],
  definitions: ["map", "schema"],
};

const PARAMETER_FIELDS: Fields = {
  schema: ["one", "schema"],
  content: ["map", "mediaType"],
  examples: ["map", "example"],
};

export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

const FIELDS: Record<Kind, Fields> = {
  document: {
    paths: ["map", "pathItem"],
    webhooks: ["map", "pathItem"],
    components: ["one", "components"],
  },
  components: {
    schemas: ["map", "schema"],
    responses: ["map", "response"],
    parameters: ["map", "parameter"],
    examples: ["map", "example"],
    requestBodies: ["map", "requestBody"],
    headers: ["map", "header"],
    securitySchemes: ["map", "securityScheme"],
    links: ["map", "link"],
    callbacks: ["map", "callback"],
    pathItems: ["map", "pathItem"],
  },
  pathItem: {
    parameters: ["list", "parameter"],
    ...Object.fromEntries(METHODS.map((method) => [method, ["one", "operation"] as const])),
  },
  operation: {
    parameters: ["list", "parameter"],
    requestBody: ["one", "requestBody"],
    responses: ["map", "response"],
    callbacks: ["map", "callback"],
  },
  parameter: PARAMETER_FIELDS,
  header: PARAMETER_FIELDS,
  requestBody: { content: ["map", "mediaType"] },
  mediaType: {
    schema: ["one", "schema"],
    examples: ["map", "example"],
    encoding: ["map", "encoding"],
  },
  encoding: { headers: ["map", "header"] },
  response: { headers: ["map", "header"], content: ["map", "mediaType"], links: ["map", "link"] },
  callback: {},
  example: {},
  link: {},
  securityScheme: {},
  schema: SCHEMA_FIELDS,
};

/** The field of `components` that holds objects of a kind. */
export const SECTION_OF: Partial<Record<Kind, string>> = Object.fromEntries(
  Object.entries(FIELDS.components).map(([section, [, kind]]) => [kind, section]),
);

export interface Visited {
  readonly kind: Kind;
  readonly value: JsonObject;
  readonly pointer: string;
  /** Whatever it was found in; nothing of what the walk begins with. */
  readonly parent?: Visited;
}

/** Knows its pointer by its parent: most are never asked for, and together they would be larger than the document. */
export class Child implements Visited {
  readonly kind: Kind;
  readonly value: JsonObject;
  readonly parent: Visited;
  readonly #field: string;
  readonly #key: string | null;

  constructor(kind: Kind, value: JsonObject, parent: Visited, field: string, key: string | null = null) {
    this.kind = kind;
    this.value = value;
    this.parent = parent;
    this.#field = field;
    this.#key = key;
  }

  get pointer(): string {
    const at = pointerTo(this.parent.pointer, this.#field);
    return this.#key === null ? at : pointerTo(at, this.#key);
  }
}

/** What a field of an object of a kind holds; undefined for fields that hold plain values. */
export function fieldOf(kind: Kind, name: string): readonly [Shape, Kind] | undefined {
  // Whatever key a callback has is an expression that leads to a path item.
  if (kind === "callback") return name.startsWith("x-") ? undefined : ["one", "pathItem"];
  return Object.hasOwn(FIELDS[kind], name) ? FIELDS[kind][name] : undefined;
}

/** Keys of these maps beginning with `x-` are extensions and no entries. */
const EXTENSIBLE = new Set<string>(["document.paths", "operation.responses"]);

/**
 * Visits every object of the document that has a kind, parents first, in the order of the document. `$ref`s are
 * visited as what they stand for (look for `value.$ref`), not followed.
 */
export function walk(root: JsonObject, visit: (visited: Visited) => void): void {
  walkFrom({ kind: "document", value: root, pointer: "" }, visit);
}

export function walkFrom(from: Visited, visit: (visited: Visited) => void): void {
  visit(from);
  for (const child of childrenOf(from)) walkFrom(child, visit);
}

/** The objects directly below that have a kind. */
export function childrenOf(parent: Visited): Visited[] {
  const { kind, value } = parent;
  const children: Visited[] = [];
  for (const name of Object.keys(value)) {
    const part = value[name];
    if (typeof part !== "object" || part === null) continue;
    const field = fieldOf(kind, name);
    if (!field) continue;
    const [shape, childKind] = field;
    if (shape === "one") {
      if (isObject(part)) children.push(new Child(childKind, part, parent, name));
      continue;
    }
    const isExtensible = EXTENSIBLE.has(`${kind}.${name}`);
    for (const key of Object.keys(part)) {
      const child = (part as JsonObject)[key];
      if (isObject(child) && !(isExtensible && key.startsWith("x-")))
        children.push(new Child(childKind, child, parent, name, key));
    }
  }
  return children;
}
