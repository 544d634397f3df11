import { type ApiDocument, isObject, type JsonObject, pointerTo } from "../compile/document.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** Everything that several schemas ask of one value, with one alternative chosen wherever there are some. */
export class GatheredSchema {
  /** Null when nothing is said. */
  types: Set<string> | null = null;
  isNever = false;
  constant: { value: unknown } | null = null;
  choices: unknown[] | null = null;
  examples: unknown[] = [];
  format: string | undefined;
  patterns: string[] = [];
  /** The strictest of each keyword: the greatest of the least, the least of the greatest. */
  readonly limits = new Map<string, number>();
  readonly multiples: number[] = [];
  readonly properties = new Map<string, string[]>();
  readonly patternProperties = new Map<string, string[]>();
  readonly required = new Set<string>();
  readonly dependentRequired = new Map<string, string[]>();
  /** Pointers of the schemas of other properties; null where there must be none. */
  additional: string[] | null = [];
  propertyNames: string[] = [];
  prefix: string[][] = [];
  /** Null where there must be none behind `prefix`. */
  items: string[] | null = [];
  contains: string[] = [];
  unique = false;
  /** Name that tells alternatives apart, with the value for the chosen one. */
  discriminator: { name: string; value: string } | null = null;
}

const GREATEST = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"];
const LEAST = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
const MAX_PARTS = 300;

export interface Gathering {
  document: ApiDocument;
  random: SeededRandom;
  /** Take alternatives that refer to nothing else: the value is nested deep enough. */
  plain: boolean;
}

export function gather(pointers: readonly string[], gathering: Gathering): GatheredSchema {
  const found = new GatheredSchema();
  const waiting = [...pointers];
  const seen = new Set<string>();
  for (let pointer = waiting.pop(); pointer !== undefined; pointer = waiting.pop()) {
    if (seen.has(pointer) || seen.size > MAX_PARTS) continue;
    seen.add(pointer);
    const schema = gathering.document.at(pointer);
    if (schema === false) found.isNever = true;
    if (isObject(schema)) waiting.push(...add(found, schema, pointer, gathering));
  }
  return found;
}

/** Adds what one schema says itself; returns where the rest of it stands. */
function add(found: GatheredSchema, schema: JsonObject, pointer: string, gathering: Gathering): string[] {
  addPlain(found, schema);
  addObject(found, schema, pointer);
  addArray(found, schema, pointer);
  const more: string[] = [];
  for (const reference of [schema.$ref, schema.$dynamicRef])
    if (typeof reference === "string") more.push(gathering.document.follow(reference));
  if (Array.isArray(schema.allOf))
    for (const index of schema.allOf.keys()) more.push(pointerTo(pointer, "allOf", index));
  for (const keyword of ["oneOf", "anyOf"]) {
    const chosen = choose(schema[keyword], gathering);
    if (chosen === null) continue;
    more.push(pointerTo(pointer, keyword, chosen));
    addDiscriminator(found, schema, (schema[keyword] as unknown[])[chosen]);
  }
  if (schema.if !== undefined) {
    const branch = gathering.random.next() < 0.5 ? ["if", "then"] : ["else"];
    for (const keyword of branch) if (schema[keyword] !== undefined) more.push(pointerTo(pointer, keyword));
  }
  return more;
}

/** Rather something than null. */
function choose(list: unknown, { random, plain }: Gathering): number | null {
  if (!Array.isArray(list) || list.length === 0) return null;
  const all = [...list.keys()];
  const real = all.filter((index) => !isObject(list[index]) || list[index].type !== "null");
  const ends = all.filter((index) => isObject(list[index]) && !("$ref" in list[index]));
  if (plain && ends.length > 0) return random.pick(ends);
  return random.pick(real.length > 0 ? real : all);
}

function addDiscriminator(found: GatheredSchema, schema: JsonObject, chosen: unknown): void {
  const { discriminator } = schema;
  if (!isObject(discriminator) || typeof discriminator.propertyName !== "string") return;
  const reference = isObject(chosen) && typeof chosen.$ref === "string" ? chosen.$ref : "";
  const mapping = isObject(discriminator.mapping) ? Object.entries(discriminator.mapping) : [];
  const name = reference.split("/").at(-1) ?? "";
  const mapped = mapping.find(([, target]) => target === reference || target === name)?.[0];
  const value = mapped ?? name;
  if (value !== "") found.discriminator = { name: discriminator.propertyName, value };
}

function addPlain(found: GatheredSchema, schema: JsonObject): void {
  const types = [schema.type].flat().filter((type) => typeof type === "string");
  if (types.length > 0) found.types = found.types ? narrow(found.types, types) : new Set(types);
  if (Object.hasOwn(schema, "const")) found.constant ??= { value: schema.const };
  if (Array.isArray(schema.enum)) {
    const known = found.choices && new Set(found.choices.map((one) => JSON.stringify(one)));
    found.choices = known ? schema.enum.filter((one) => known.has(JSON.stringify(one))) : schema.enum;
  }
  if (Object.hasOwn(schema, "example")) found.examples.push(schema.example);
  if (Array.isArray(schema.examples)) found.examples.push(...schema.examples);
  if (Object.hasOwn(schema, "default")) found.examples.push(schema.default);
  if (typeof schema.format === "string") found.format ??= schema.format;
  if (typeof schema.pattern === "string") found.patterns.push(schema.pattern);
  if (typeof schema.multipleOf === "number" && schema.multipleOf > 0) found.multiples.push(schema.multipleOf);
  for (const name of GREATEST) limit(found, schema, name, Math.max);
  for (const name of LEAST) limit(found, schema, name, Math.min);
}

/** An integer is a number. */
function narrow(known: Set<string>, types: string[]): Set<string> {
  const both = types.filter((type) => known.has(type) || (type === "integer" && known.has("number")));
  if (known.has("integer") && types.includes("number") && !both.includes("integer")) both.push("integer");
  return new Set(both);
}

function limit(
  { limits }: GatheredSchema,
  schema: JsonObject,
  name: string,
  stricter: (a: number, b: number) => number,
): void {
  const value = schema[name];
  if (typeof value !== "number") return;
  const known = limits.get(name);
  limits.set(name, known === undefined ? value : stricter(known, value));
}

function addObject(found: GatheredSchema, schema: JsonObject, pointer: string): void {
  for (const keyword of ["properties", "patternProperties"] as const) {
    const map = schema[keyword];
    if (!isObject(map)) continue;
    for (const name of Object.keys(map)) {
      const pointers = found[keyword].get(name) ?? [];
      pointers.push(pointerTo(pointer, keyword, name));
      found[keyword].set(name, pointers);
    }
  }
  if (Array.isArray(schema.required))
    for (const name of schema.required) if (typeof name === "string") found.required.add(name);
  if (isObject(schema.dependentRequired))
    for (const [name, needed] of Object.entries(schema.dependentRequired))
      if (Array.isArray(needed)) found.dependentRequired.set(name, needed.map(String));
  for (const keyword of ["additionalProperties", "unevaluatedProperties"]) {
    if (schema[keyword] === false) found.additional = null;
    else if (isObject(schema[keyword])) found.additional?.push(pointerTo(pointer, keyword));
  }
  if (isObject(schema.propertyNames)) found.propertyNames.push(pointerTo(pointer, "propertyNames"));
}

function addArray(found: GatheredSchema, schema: JsonObject, pointer: string): void {
  if (Array.isArray(schema.prefixItems))
    for (const index of schema.prefixItems.keys()) {
      found.prefix[index] ??= [];
      found.prefix[index].push(pointerTo(pointer, "prefixItems", index));
    }
  for (const keyword of ["items", "unevaluatedItems"]) {
    if (schema[keyword] === false) found.items = null;
    else if (isObject(schema[keyword])) found.items?.push(pointerTo(pointer, keyword));
  }
  if (isObject(schema.contains)) found.contains.push(pointerTo(pointer, "contains"));
  if (schema.uniqueItems === true) found.unique = true;
}
