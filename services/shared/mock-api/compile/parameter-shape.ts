import { type ApiDocument, isObject, type JsonObject, pointerTo } from "./document.ts";

/** What the text of a parameter or form field is turned into before it is checked. */
export interface ValueShape {
  kind: "scalar" | "array" | "object";
  /** Types of a scalar besides null; none when the schema does not say. */
  types: ReadonlySet<string>;
  items: ValueShape | null;
  properties: ReadonlyMap<string, ValueShape>;
  /** Whether an object may have properties that are not listed. */
  open: boolean;
}

const MAX_DEPTH = 6;
/** Schemas looked at for all parameters and forms of a document. The largest real ones take a tenth of it. */
const MAX_VISITS = 500_000;
const MAX_PARTS = 200;
const TEXT: ValueShape = {
  kind: "scalar",
  types: new Set(["string"]),
  items: null,
  properties: new Map(),
  open: false,
};

const readers = new WeakMap<ApiDocument, ShapeReader>();

/**
 * Shape of the schema at a pointer; schemas of one document share shapes and are counted together.
 * @throws Error for a reference that leads nowhere, and for a document whose parameters and forms hold too much
 */
export function shapeAt(document: ApiDocument, pointer: string): ValueShape {
  const reader = readers.get(document) ?? new ShapeReader(document);
  readers.set(document, reader);
  return reader.at(pointer, 0);
}

interface Part {
  value: JsonObject;
  pointer: string;
}

/**
 * Properties may hold the schema they belong to, several times over: followed each for itself they would be
 * exponentially many. What is the same at the same depth is made once, and all there is to look at is counted.
 */
class ShapeReader {
  readonly #document: ApiDocument;
  readonly #known = new Map<string, ValueShape>();
  #visits = 0;

  constructor(document: ApiDocument) {
    this.#document = document;
  }

  at(given: string, depth: number): ValueShape {
    if (depth > MAX_DEPTH) return TEXT;
    const pointer = this.#standsFor(given);
    const key = `${depth} ${pointer}`;
    const known = this.#known.get(key);
    if (known) return known;
    const shape = this.#read(pointer, depth);
    this.#known.set(key, shape);
    return shape;
  }

  /** Where a reference that stands alone leads in the end. */
  #standsFor(pointer: string): string {
    let current = pointer;
    for (let step = 0; step < 20; step++) {
      const value = this.#document.at(current);
      if (!isObject(value) || typeof value.$ref !== "string" || Object.keys(value).length > 1) break;
      current = this.#document.follow(value.$ref);
    }
    return current;
  }

  #read(pointer: string, depth: number): ValueShape {
    const parts: Part[] = [];
    this.#gather(pointer, new Set(), parts);
    const types = typesOf(parts);
    if (types.has("array")) {
      const items = parts.find(({ value }) => isObject(value.items));
      const shape = items ? this.at(pointerTo(items.pointer, "items"), depth + 1) : TEXT;
      return { ...TEXT, kind: "array", types, items: shape };
    }
    if (types.has("object")) return this.#object(parts, types, depth);
    return { ...TEXT, types };
  }

  /** The schema itself and all it is made of. */
  #gather(pointer: string, seen: Set<string>, parts: Part[]): void {
    this.#visit();
    const value = this.#document.at(pointer);
    if (seen.has(pointer) || !isObject(value) || seen.size > MAX_PARTS) return;
    seen.add(pointer);
    parts.push({ value, pointer });
    if (typeof value.$ref === "string") this.#gather(this.#document.follow(value.$ref), seen, parts);
    for (const keyword of ["allOf", "anyOf", "oneOf"]) {
      const list = value[keyword];
      if (!Array.isArray(list)) continue;
      for (const index of list.keys()) this.#gather(pointerTo(pointer, keyword, index), seen, parts);
    }
  }

  #object(parts: Part[], types: Set<string>, depth: number): ValueShape {
    const properties = new Map<string, ValueShape>();
    for (const { value, pointer } of parts)
      for (const name of isObject(value.properties) ? Object.keys(value.properties) : []) {
        this.#visit();
        if (!properties.has(name))
          properties.set(name, this.at(pointerTo(pointer, "properties", name), depth + 1));
      }
    const open = parts.some(
      ({ value }) => isObject(value.additionalProperties) || value.additionalProperties === true,
    );
    const closed = parts.some(({ value }) => value.additionalProperties === false);
    return { ...TEXT, kind: "object", types, properties, open: open || (!closed && properties.size === 0) };
  }

  #visit(): void {
    if (++this.#visits > MAX_VISITS)
      throw new Error("the parameters and forms of the document hold too many properties within each other");
  }
}

function typesOf(parts: Part[]): Set<string> {
  const types = new Set<string>();
  for (const { value } of parts) {
    for (const type of [value.type].flat()) if (typeof type === "string" && type !== "null") types.add(type);
    if (value.type !== undefined) continue;
    if (isObject(value.properties)) types.add("object");
    if (isObject(value.items)) types.add("array");
    for (const one of Array.isArray(value.enum) ? value.enum : [])
      if (one !== null) types.add(Array.isArray(one) ? "array" : typeof one);
  }
  return types;
}
