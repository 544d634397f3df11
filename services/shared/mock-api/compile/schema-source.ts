import { type ApiDocument, isObject, type JsonObject, pointerTo } from "./document.ts";

/** Which way a value goes: `readOnly` properties are not required of requests, `writeOnly` ones not of responses. */
export type Direction = "request" | "response";

type Schema = JsonObject | boolean;

const NUMBERS = ["multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"];
const COUNTS = [
  "maxLength",
  "minLength",
  "maxItems",
  "minItems",
  "maxContains",
  "minContains",
  "maxProperties",
  "minProperties",
];
const PARTS = [
  "items",
  "contains",
  "additionalProperties",
  "propertyNames",
  "not",
  "if",
  "then",
  "else",
  "unevaluatedItems",
  "unevaluatedProperties",
];
const LISTS = ["allOf", "anyOf", "oneOf", "prefixItems"];
const MAPS = ["properties", "patternProperties", "dependentSchemas"];
const TYPES = new Set(["null", "boolean", "object", "array", "number", "string", "integer"]);
const MAX_DEPTH = 100;
const MAX_NODES = 2_000_000;

/** Keyword that counts how often a schema is visited, see {@link WorkBudget}. */
export const COST = "x-visit-cost";

/**
 * Takes schemas out of a document, with the keywords that are known and nothing else: what is compiled to code is
 * made here. Each schema that a reference leads to becomes one of its own.
 */
export class SchemaSource {
  readonly #document: ApiDocument;
  readonly #isPatternSafe: (source: string) => boolean;
  readonly #found = new Map<string, Schema>();
  #nodes = 0;
  /** What is in the document and not checked, each once. */
  readonly notes = new Set<string>();

  constructor(document: ApiDocument, isPatternSafe: (source: string) => boolean) {
    this.#document = document;
    this.#isPatternSafe = isPatternSafe;
  }

  /** Every schema found until now, by key. */
  get(key: string): Schema | undefined {
    return this.#found.get(key);
  }

  /** Key of the schema at a pointer; it and all it refers to are taken out. @throws Error */
  add(pointer: string, direction: Direction): string {
    const target = this.#resolve(pointer);
    const key = `${direction}:${target}`;
    if (this.#found.has(key)) return key;
    this.#found.set(key, true);
    const value = this.#document.at(target);
    const before = this.#nodes;
    const schema = this.#clean(value, target, direction, 0);
    if (typeof schema === "object") schema[COST] = Math.min(10_000, this.#nodes - before);
    this.#found.set(key, schema);
    return key;
  }

  #resolve(pointer: string): string {
    const value = this.#document.at(pointer);
    if (typeof value === "boolean") return pointer;
    if (!isObject(value)) throw new Error(`there is no schema at #${pointer}`);
    return pointer;
  }

  #clean(value: unknown, pointer: string, direction: Direction, depth: number): Schema {
    if (typeof value === "boolean") return value;
    if (!isObject(value)) throw new Error(`there is no schema at #${pointer}`);
    if (depth > MAX_DEPTH) throw new Error(`the schema at #${pointer} nests deeper than ${MAX_DEPTH} levels`);
    this.#nodes += 1 + Object.keys(value).length;
    if (this.#nodes > MAX_NODES) throw new Error("the schemas of the document are too large");
    const clean: JsonObject = {};
    this.#copyPlain(value, clean, pointer);
    const child = (part: unknown, ...path: (string | number)[]) =>
      this.#clean(part, pointerTo(pointer, ...path), direction, depth + 1);
    for (const name of PARTS)
      if (own(value, name) !== undefined)
        clean[name] = withCost(child(value[name], name), this.#weigh(value[name]));
    for (const name of LISTS) {
      const list = own(value, name);
      if (Array.isArray(list) && list.length > 0)
        clean[name] = list.map((part, index) => child(part, name, index));
    }
    for (const name of MAPS) {
      const map = own(value, name);
      if (!isObject(map)) continue;
      const entries = Object.entries(map).filter(
        ([key]) => name !== "patternProperties" || this.#usable(key),
      );
      clean[name] = mapOf(entries.map(([key, part]) => [key, child(part, name, key)]));
    }
    if (Array.isArray(clean.required)) this.#relax(value, clean, direction);
    for (const reference of [own(value, "$ref"), own(value, "$dynamicRef")])
      if (typeof reference === "string") {
        const key = this.add(this.#document.follow(reference), direction);
        clean.allOf = [...((clean.allOf as Schema[] | undefined) ?? []), { $ref: key }];
      }
    return clean;
  }

  /** A part that is applied once for each item counts at each. */
  #weigh(part: unknown): number {
    return isObject(part) ? 1 + Object.keys(part).length : 1;
  }

  #copyPlain(value: JsonObject, clean: JsonObject, pointer: string): void {
    const types = [own(value, "type")].flat().filter((type) => TYPES.has(type as string));
    if (types.length > 0) clean.type = types.length === 1 ? types[0] : [...new Set(types)];
    for (const name of NUMBERS)
      if (typeof own(value, name) === "number" && (name !== "multipleOf" || Number(value[name]) > 0))
        clean[name] = value[name];
    for (const name of COUNTS)
      if (Number.isSafeInteger(own(value, name)) && Number(value[name]) >= 0) clean[name] = value[name];
    if (value.uniqueItems === true) clean.uniqueItems = true;
    if (Object.hasOwn(value, "const")) clean.const = value.const;
    if (Array.isArray(value.enum) && value.enum.length > 0) {
      clean.enum = value.enum;
      this.#nodes += value.enum.length;
    }
    if (typeof value.format === "string") clean.format = value.format;
    if (typeof value.pattern === "string" && this.#usable(value.pattern)) clean.pattern = value.pattern;
    if (typeof value.pattern === "string" && clean.pattern === undefined)
      this.notes.add(`the pattern at #${pointer} cannot be matched in linear time and is not checked`);
    const required = own(value, "required");
    if (Array.isArray(required))
      clean.required = [...new Set(required.filter((name) => typeof name === "string"))];
    const dependent = own(value, "dependentRequired");
    if (isObject(dependent))
      clean.dependentRequired = mapOf(Object.entries(dependent).filter(([, names]) => Array.isArray(names)));
  }

  #usable(pattern: string): boolean {
    return this.#isPatternSafe(pattern);
  }

  #relax(value: JsonObject, clean: JsonObject, direction: Direction): void {
    const marker = direction === "request" ? "readOnly" : "writeOnly";
    const properties = own(value, "properties");
    if (!isObject(properties)) return;
    clean.required = (clean.required as string[]).filter((name) => {
      const property = own(properties, name);
      return !isObject(property) || this.#isMarked(property, marker) !== true;
    });
  }

  #isMarked(property: JsonObject, marker: string): boolean {
    if (property[marker] === true) return true;
    if (typeof property.$ref !== "string") return false;
    const target = this.#document.at(this.#document.follow(property.$ref));
    return isObject(target) && target[marker] === true;
  }
}

function withCost(schema: Schema, cost: number): Schema {
  return typeof schema === "boolean" ? schema : { ...schema, [COST]: cost };
}

function own(value: JsonObject, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Names of a document may be `__proto__`; as an own property that is a name like any other. */
function mapOf(entries: [string, unknown][]): JsonObject {
  return Object.fromEntries(entries);
}
