import { type ApiDocument, isObject } from "../compile/document.ts";
import type { Check } from "../compile/schema-validator.ts";
import { type GatheredSchema, gather } from "./gathered-schema.ts";
import { generateNumber } from "./generate-number.ts";
import { generateText } from "./generate-text.ts";
import { GenerationBudget } from "./generation-budget.ts";
import { SeededRandom } from "./seeded-random.ts";

export interface Generation {
  /** Decides the value. */
  seed: string;
  /** Whether what schemas give as `example`, `examples` or `default` is taken. */
  useExamples: boolean;
  /** Tells whether a value will do; null takes the first. */
  check: Check | null;
}

const ATTEMPTS = 12;
/** Values in one made-up document. */
const MAX_VALUES = 3000;
/** Steps of the budget that a value takes before anything in it is made, and each name of its schema. */
const STEPS_OF_VALUE = 30;
const DEEP = 5;
const TOO_DEEP = 30;

/**
 * A value of the schema at a pointer, the same for the same seed. Schemas that contradict themselves get a value that
 * does not match them.
 */
export function generateValue(document: ApiDocument, pointer: string, generation: Generation): unknown {
  const budget = new GenerationBudget();
  let value: unknown = null;
  for (let attempt = 0; attempt < ATTEMPTS && !budget.isSpent; attempt++) {
    value = new Generator(document, generation, attempt, budget).make([pointer], 0) ?? null;
    if (!generation.check?.(value)) return value;
  }
  return value;
}

class Generator {
  readonly #document: ApiDocument;
  readonly #random: SeededRandom;
  /** How likely a given example is taken, and a property that may be left out is there. */
  readonly #examples: number;
  readonly #optional: number;
  readonly #budget: GenerationBudget;
  #made = 0;

  constructor(
    document: ApiDocument,
    { seed, useExamples }: Generation,
    attempt: number,
    budget: GenerationBudget,
  ) {
    this.#document = document;
    this.#budget = budget;
    this.#random = new SeededRandom(attempt === 0 ? seed : `${seed} ${attempt}`);
    this.#examples = !useExamples || attempt >= 4 ? 0 : [1, 1, 0.5, 0.2][attempt]!;
    this.#optional = [1, 0.5, 0, 0.7][attempt % 4]!;
  }

  /** @param pointers of schemas that must all hold; undefined when nothing can */
  make(pointers: readonly string[], depth: number): unknown {
    const random = this.#random;
    if (++this.#made > MAX_VALUES || depth > TOO_DEEP || this.#budget.isSpent) return undefined;
    const schema = this.#gather(pointers, depth > DEEP);
    if (schema.isNever) return undefined;
    if (schema.constant) return schema.constant.value;
    if (schema.examples.length > 0 && random.next() < this.#examples) return schema.examples[0];
    if (schema.choices) return schema.choices.length > 0 ? random.pick(this.#fitting(schema)) : undefined;
    const value = this.#ofType(this.#typeOf(schema), schema, depth);
    const { discriminator } = schema;
    if (discriminator && isObject(value) && this.#isFree(schema, discriminator.name))
      value[discriminator.name] = discriminator.value;
    return value;
  }

  #gather(pointers: readonly string[], plain: boolean): GatheredSchema {
    const found = gather(pointers, { document: this.#document, random: this.#random, plain });
    const names = found.properties.size + found.required.size + found.patternProperties.size;
    this.#budget.spend(STEPS_OF_VALUE + names + (found.choices?.length ?? 0));
    return found;
  }

  /** Rather something than null. */
  #fitting({ choices, types }: GatheredSchema): unknown[] {
    const real = choices!.filter(
      (one) => one !== null && (!types || types.has(typeNameOf(one)) || types.has("number")),
    );
    return real.length > 0 ? real : choices!;
  }

  #isFree(schema: GatheredSchema, name: string): boolean {
    const property = schema.properties.get(name);
    if (!property) return schema.additional !== null;
    const { constant, choices } = this.#gather(property, true);
    return !constant && !choices;
  }

  #typeOf(schema: GatheredSchema): string {
    const { types, limits } = schema;
    if (types) {
      const real = [...types].filter((type) => type !== "null");
      return real.length > 0 ? this.#random.pick(real) : "null";
    }
    const names = [...limits.keys()];
    if (
      schema.properties.size > 0 ||
      schema.required.size > 0 ||
      names.some((name) => name.endsWith("Properties"))
    )
      return "object";
    if (schema.items?.length || schema.prefix.length > 0 || schema.contains.length > 0) return "array";
    if (names.some((name) => name.endsWith("Items"))) return "array";
    if (names.some((name) => /imum$/.test(name)) || schema.multiples.length > 0) return "number";
    return schema.additional?.length || schema.patternProperties.size > 0 ? "object" : "string";
  }

  #ofType(type: string, schema: GatheredSchema, depth: number): unknown {
    const { limits, multiples, patterns, format } = schema;
    switch (type) {
      case "object":
        return this.#object(schema, depth);
      case "array":
        return this.#array(schema, depth);
      case "integer":
      case "number":
        return generateNumber({ limits, multiples, whole: type === "integer", format }, this.#random);
      case "boolean":
        return this.#random.next() < 0.5;
      case "null":
        return null;
      default: {
        const least = limits.get("minLength") ?? 0;
        const most = limits.get("maxLength") ?? Number.POSITIVE_INFINITY;
        return generateText({ least, most, patterns, format }, this.#random, this.#budget);
      }
    }
  }

  #object(schema: GatheredSchema, depth: number): Record<string, unknown> {
    const { limits, required, properties } = schema;
    const most = limits.get("maxProperties") ?? Number.POSITIVE_INFINITY;
    const entries = new Map<string, unknown>();
    const optional = [...properties.keys()].filter((name) => !required.has(name));
    for (const name of [...required, ...optional]) {
      const isRequired = required.has(name);
      if (!isRequired && (entries.size >= most || !this.#wants(depth))) continue;
      if (!isRequired && this.#isHidden(properties.get(name)!)) continue;
      const value = this.make(this.#schemasOf(schema, name), depth + 1);
      if (value !== undefined) entries.set(name, value);
    }
    for (const [name, needed] of schema.dependentRequired)
      if (entries.has(name))
        for (const other of needed)
          if (!entries.has(other))
            entries.set(other, this.make(this.#schemasOf(schema, other), depth + 1) ?? null);
    this.#fillUp(schema, entries, depth);
    return Object.fromEntries(entries);
  }

  #wants(depth: number): boolean {
    return depth <= DEEP && this.#random.next() < this.#optional;
  }

  #isHidden(pointers: string[]): boolean {
    return pointers.some((pointer) => {
      const property = this.#document.at(pointer);
      return isObject(property) && property.writeOnly === true;
    });
  }

  /** All that a name must be: its own schemas and those of expressions that it matches, or else the one for others. */
  #schemasOf({ properties, patternProperties, additional }: GatheredSchema, name: string): string[] {
    const own = properties.get(name) ?? [];
    const matching = [...patternProperties].flatMap(([pattern, pointers]) =>
      looksLike(pattern, name) ? pointers : [],
    );
    return own.length + matching.length > 0 ? [...own, ...matching] : (additional ?? []);
  }

  /** Names of its own where the schema lists none, or asks for more. */
  #fillUp(schema: GatheredSchema, entries: Map<string, unknown>, depth: number): void {
    const { limits, patternProperties, additional, properties } = schema;
    const isMap = properties.size === 0 && (additional?.length || patternProperties.size > 0);
    const least = Math.max(
      limits.get("minProperties") ?? 0,
      isMap && depth <= DEEP && this.#optional > 0 ? 2 : 0,
    );
    const goal = Math.min(least, limits.get("maxProperties") ?? least, 200);
    for (const [name, pointers] of properties) {
      if (entries.size >= goal) return;
      if (!entries.has(name)) entries.set(name, this.make(pointers, depth + 1) ?? null);
    }
    const [pattern] = patternProperties.keys();
    if (additional === null && pattern === undefined) return;
    for (let count = 0; entries.size < goal && count < goal * 4; count++) {
      const name = this.#newName(schema, pattern);
      const value = this.make(this.#schemasOf(schema, name), depth + 1);
      if (value !== undefined && !entries.has(name)) entries.set(name, value);
    }
  }

  #newName({ propertyNames }: GatheredSchema, pattern: string | undefined): string {
    if (pattern !== undefined)
      return generateText(
        { least: 1, most: 100, patterns: [pattern], format: undefined },
        this.#random,
        this.#budget,
      );
    const random = this.#random;
    if (propertyNames.length === 0)
      return `${generateText({ least: 0, most: 20, patterns: [], format: undefined }, random, this.#budget)}${random.int(1, 999)}`;
    const { limits, patterns, format, choices } = this.#gather(propertyNames, true);
    if (choices?.length) return String(random.pick(choices));
    const least = limits.get("minLength") ?? 1;
    return generateText(
      { least, most: limits.get("maxLength") ?? least + 20, patterns, format },
      random,
      this.#budget,
    );
  }

  #array(schema: GatheredSchema, depth: number): unknown[] {
    const { limits, prefix, items, contains, unique } = schema;
    const wanted = contains.length > 0 ? (limits.get("minContains") ?? 1) : 0;
    const least = Math.max(limits.get("minItems") ?? 0, wanted);
    const usual =
      depth > DEEP || this.#optional === 0 ? least : Math.max(least, prefix.length, this.#random.int(1, 3));
    const most = Math.min(limits.get("maxItems") ?? usual, items === null ? prefix.length : usual, 1000);
    const goal = Math.max(Math.min(usual, most), Math.min(least, 1000));
    const list: unknown[] = [];
    const seen = new Set<string>();
    for (let tries = 0; list.length < goal && tries < goal + 50; tries++) {
      const position = list.length;
      const own = prefix[position] ?? items;
      if (own === null) break;
      const value = this.make(goal - position <= wanted ? [...own, ...contains] : own, depth + 1);
      if (value === undefined) break;
      if (unique && seen.size === seen.add(JSON.stringify(value)).size) continue;
      list.push(value);
    }
    return list;
  }
}

function typeNameOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return value === null ? "null" : typeof value;
}

/** Only for expressions that cannot take long: letters, digits and anchors. Whether the value fits is checked later. */
function looksLike(pattern: string, name: string): boolean {
  if (!/^\^?[\w-]*\$?$/.test(pattern)) return true;
  return new RegExp(pattern).test(name);
}
