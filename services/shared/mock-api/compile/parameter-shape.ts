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
const TEXT: ValueShape = {
  kind: "scalar",
  types: new Set(["string"]),
  items: null,
  properties: new Map(),
  open: false,
};

/** @throws Error for a reference that leads nowhere */
export function shapeAt(document: ApiDocument, pointer: string, depth = 0): ValueShape {
  if (depth > MAX_DEPTH) return TEXT;
  const parts = partsOf(document, pointer, new Set());
  const types = typesOf(parts);
  if (types.has("array")) {
    const items = parts.find(({ value }) => isObject(value.items));
    const shape = items ? shapeAt(document, pointerTo(items.pointer, "items"), depth + 1) : TEXT;
    return { ...TEXT, kind: "array", types, items: shape };
  }
  if (types.has("object")) return objectShape(document, parts, types, depth);
  return { ...TEXT, types };
}

interface Part {
  value: JsonObject;
  pointer: string;
}

/** The schema itself and all it is made of. */
function partsOf(document: ApiDocument, pointer: string, seen: Set<string>): Part[] {
  const value = document.at(pointer);
  if (seen.has(pointer) || !isObject(value) || seen.size > 200) return [];
  seen.add(pointer);
  const parts: Part[] = [{ value, pointer }];
  if (typeof value.$ref === "string") parts.push(...partsOf(document, document.follow(value.$ref), seen));
  for (const keyword of ["allOf", "anyOf", "oneOf"]) {
    const list = value[keyword];
    if (!Array.isArray(list)) continue;
    for (const index of list.keys())
      parts.push(...partsOf(document, pointerTo(pointer, keyword, index), seen));
  }
  return parts;
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

function objectShape(document: ApiDocument, parts: Part[], types: Set<string>, depth: number): ValueShape {
  const properties = new Map<string, ValueShape>();
  for (const { value, pointer } of parts)
    if (isObject(value.properties))
      for (const name of Object.keys(value.properties))
        if (!properties.has(name))
          properties.set(name, shapeAt(document, pointerTo(pointer, "properties", name), depth + 1));
  const open = parts.some(
    ({ value }) => isObject(value.additionalProperties) || value.additionalProperties === true,
  );
  const closed = parts.some(({ value }) => value.additionalProperties === false);
  return { ...TEXT, kind: "object", types, properties, open: open || (!closed && properties.size === 0) };
}
