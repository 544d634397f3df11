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
const ONE = new Set(PARTS);
const LIST = new Set(LISTS);
const MAP = new Set(MAPS);
const TYPES = new Set(["null", "boolean", "object", "array", "number", "string", "integer"]);
const MAX_DEPTH = 100;
const MAX_NODES = 1_000_000;

/** Keyword that counts how often a schema is visited, see {@link WorkBudget}. */
export const COST = "x-visit-cost";

/**
 * Takes schemas out of a document, with the keywords that are known and nothing else: what is compiled to code is
 * made here. Each schema that a reference leads to becomes one of its own. Schemas are looked over when they are
 * added and taken out when they are asked for: most of a large document never are.
 */
export class SchemaSource {
  readonly #document: ApiDocument;
  readonly #isPatternSafe: (source: string) => boolean;
  /** Pointer -> what one visit costs. */
  readonly #costs = new Map<string, number>();
  #nodes = 0;
  /** What is in the document and not checked, each once. */
  readonly notes = new Set<string>();

  constructor(document: ApiDocument, isPatternSafe: (source: string) => boolean) {
    this.#document = document;
    this.#isPatternSafe = isPatternSafe;
  }

  /** The schema that {@link add} gave this key; undefined for other keys. */
  get(key: string): Schema | undefined {
    const colon = key.indexOf(":");
    const pointer = key.slice(colon + 1);
    const cost = this.#costs.get(pointer);
    if (cost === undefined) return undefined;
    const schema = this.#clean(this.#document.at(pointer), key.slice(0, colon) as Direction);
    return typeof schema === "object" ? { ...schema, [COST]: cost } : schema;
  }

  /** Key of the schema at a pointer, once it and all it refers to are looked over. @throws Error */
  add(pointer: string, direction: Direction): string {
    this.#add(pointer);
    return keyOf(pointer, direction);
  }

  #add(pointer: string): void {
    if (this.#costs.has(pointer)) return;
    const before = this.#nodes;
    this.#costs.set(pointer, 0);
    this.#lookOver({ value: this.#document.at(pointer), parent: null, path: [pointer] }, 0);
    this.#costs.set(pointer, Math.min(10_000, this.#nodes - before));
  }

  /** Counts, and finds what must be said now, without making anything. @throws Error */
  #lookOver(place: Place, depth: number): void {
    const { value } = place;
    if (typeof value === "boolean") return;
    if (!isObject(value)) throw new Error(`there is no schema at #${pointerOf(place)}`);
    if (depth > MAX_DEPTH)
      throw new Error(`the schema at #${pointerOf(place)} nests deeper than ${MAX_DEPTH} levels`);
    const names = Object.keys(value);
    this.#nodes += 1 + names.length + (Array.isArray(value.enum) ? value.enum.length : 0);
    if (this.#nodes > MAX_NODES) throw new Error("the schemas of the document are too large");
    if (typeof value.pattern === "string" && !this.#isPatternSafe(value.pattern))
      this.notes.add(
        `the pattern at #${pointerOf(place)} cannot be matched in linear time and is not checked`,
      );
    for (const name of names) {
      const part = value[name];
      if (ONE.has(name)) {
        if (part !== undefined) this.#lookOver({ value: part, parent: place, path: [name] }, depth + 1);
      } else if (LIST.has(name) ? Array.isArray(part) : MAP.has(name) && isObject(part))
        for (const key of Object.keys(part as object))
          if (name !== "patternProperties" || this.#isPatternSafe(key))
            this.#lookOver({ value: (part as JsonObject)[key], parent: place, path: [name, key] }, depth + 1);
    }
    for (const reference of referencesOf(value)) this.#add(this.#document.follow(reference));
  }

  #clean(value: unknown, direction: Direction): Schema {
    if (!isObject(value)) return value as boolean;
    const clean: JsonObject = {};
    this.#copyPlain(value, clean);
    const child = (part: unknown) => this.#clean(part, direction);
    for (const name of PARTS)
      if (own(value, name) !== undefined) clean[name] = withCost(child(value[name]), weigh(value[name]));
    for (const name of LISTS) {
      const list = own(value, name);
      if (Array.isArray(list) && list.length > 0) clean[name] = list.map(child);
    }
    for (const name of MAPS) {
      const map = own(value, name);
      if (!isObject(map)) continue;
      const entries = Object.entries(map).filter(
        ([key]) => name !== "patternProperties" || this.#isPatternSafe(key),
      );
      clean[name] = mapOf(entries.map(([key, part]) => [key, child(part)]));
    }
    if (Array.isArray(clean.required)) this.#relax(value, clean, direction);
    for (const reference of referencesOf(value)) {
      const $ref = keyOf(this.#document.follow(reference), direction);
      clean.allOf = [...((clean.allOf as Schema[] | undefined) ?? []), { $ref }];
    }
    return clean;
  }

  #copyPlain(value: JsonObject, clean: JsonObject): void {
    const types = [own(value, "type")].flat().filter((type) => TYPES.has(type as string));
    if (types.length > 0) clean.type = types.length === 1 ? types[0] : [...new Set(types)];
    for (const name of NUMBERS)
      if (typeof own(value, name) === "number" && (name !== "multipleOf" || Number(value[name]) > 0))
        clean[name] = value[name];
    for (const name of COUNTS)
      if (Number.isSafeInteger(own(value, name)) && Number(value[name]) >= 0) clean[name] = value[name];
    if (value.uniqueItems === true) clean.uniqueItems = true;
    if (Object.hasOwn(value, "const")) clean.const = value.const;
    if (Array.isArray(value.enum) && value.enum.length > 0) clean.enum = value.enum;
    if (typeof value.format === "string") clean.format = value.format;
    if (typeof value.pattern === "string" && this.#isPatternSafe(value.pattern))
      clean.pattern = value.pattern;
    const required = own(value, "required");
    if (Array.isArray(required))
      clean.required = [...new Set(required.filter((name) => typeof name === "string"))];
    const dependent = own(value, "dependentRequired");
    if (isObject(dependent))
      clean.dependentRequired = mapOf(Object.entries(dependent).filter(([, names]) => Array.isArray(names)));
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

/** Where a schema is, as a pointer only when something is to be said of it. */
interface Place {
  value: unknown;
  parent: Place | null;
  path: string[];
}

function pointerOf({ parent, path }: Place): string {
  return parent === null ? path[0]! : pointerTo(pointerOf(parent), ...path);
}

function keyOf(pointer: string, direction: Direction): string {
  return `${direction}:${pointer}`;
}

function referencesOf(schema: JsonObject): string[] {
  return [own(schema, "$ref"), own(schema, "$dynamicRef")].filter((one) => typeof one === "string");
}

/** A part that is applied once for each item counts at each. */
function weigh(part: unknown): number {
  return isObject(part) ? 1 + Object.keys(part).length : 1;
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
