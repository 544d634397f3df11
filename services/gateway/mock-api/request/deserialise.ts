import type { CompiledField } from "../../../shared/mock-api/compile/compiled-api.ts";
import type { ValueShape } from "../../../shared/mock-api/compile/parameter-shape.ts";
import type { RawPairs } from "./raw-pairs.ts";

export const MAX_VALUES = 200;
const MAX_NESTING = 5;

/** Text that is not in the style the document asks for; the message says how. */
export class StyleError extends Error {}

type Styled = Pick<CompiledField, "shape" | "style" | "explode">;

/** How text becomes values. */
export interface Reading {
  decode: (text: string) => string;
  /** Where a schema takes text and something else, read it as text. */
  asText: boolean;
}

const DELIMITERS: Record<string, RegExp> = {
  form: /,/,
  spaceDelimited: /%20| /,
  pipeDelimited: /\||%7C/i,
};

/** A named value of a query, form or cookie header; undefined when it is not there. @throws StyleError */
export function readNamed(name: string, field: Styled, pairs: RawPairs, reading: Reading): unknown {
  const { shape, style, explode } = field;
  if (shape.kind === "object" && style === "deepObject") return readDeep(name, shape, pairs, reading);
  if (shape.kind === "object" && explode && style === "form") return readSpread(name, shape, pairs, reading);
  const given = pairs.getAll(name);
  const texts = shape.kind === "array" && given.length === 0 ? pairs.getAll(`${name}[]`) : given;
  if (texts.length === 0) return undefined;
  if (shape.kind === "array" && explode) return readList(shape, texts, reading);
  if (texts.length > 1) throw new StyleError("must be given only once");
  if (shape.kind === "scalar") return readScalar(shape, reading.decode(texts[0]!), reading);
  const parts = splitRaw(texts[0]!, DELIMITERS[style] ?? /,/);
  return shape.kind === "array" ? readList(shape, parts, reading) : readFlat(shape, parts, reading);
}

/** Programs often encode the commas of a list; where no plain one is there, those count. */
function splitRaw(text: string, delimiter: RegExp): string[] {
  const parts = text.split(delimiter);
  return parts.length === 1 && delimiter.source === "," ? text.split(/%2C/i) : parts;
}

/** The value of a path segment or header in one of the styles for them. @throws StyleError */
export function readPlaced(
  name: string,
  { shape, style, explode }: Styled,
  text: string,
  reading: Reading,
): unknown {
  if (style === "matrix") return readMatrix(name, shape, explode, text, reading);
  const isLabel = style === "label";
  if (isLabel && !text.startsWith(".")) throw new StyleError('must begin with "." (style label)');
  const value = isLabel ? text.slice(1) : text;
  if (shape.kind === "scalar") return readScalar(shape, reading.decode(value), reading);
  const parts = value.split(isLabel && explode ? "." : ",").map((part) => part.trim());
  if (shape.kind === "array") return readList(shape, parts, reading);
  return explode ? readEquals(shape, parts, reading) : readFlat(shape, parts, reading);
}

function readMatrix(
  name: string,
  shape: ValueShape,
  explode: boolean,
  text: string,
  reading: Reading,
): unknown {
  if (!text.startsWith(";")) throw new StyleError('must begin with ";" (style matrix)');
  const parts = text.slice(1).split(";");
  if (shape.kind === "object" && explode) return readEquals(shape, parts, reading);
  const values = parts.map((part) => {
    const [key, value] = cut(part);
    if (reading.decode(key) !== name) throw new StyleError(`must be written as ;${name}=… (style matrix)`);
    return value;
  });
  if (shape.kind === "array") return readList(shape, explode ? values : values[0]!.split(","), reading);
  if (values.length > 1) throw new StyleError("must be given only once");
  if (shape.kind === "object") return readFlat(shape, values[0]!.split(","), reading);
  return readScalar(shape, reading.decode(values[0]!), reading);
}

function cut(part: string): [string, string] {
  const equals = part.indexOf("=");
  return equals < 0 ? [part, ""] : [part.slice(0, equals), part.slice(equals + 1)];
}

function readList(shape: ValueShape, texts: string[], reading: Reading): unknown[] {
  if (texts.length > MAX_VALUES) throw new StyleError(`must have at most ${MAX_VALUES} values`);
  return texts.map((text) => readItem(shape.items, reading.decode(text), reading));
}

/** `key,value,key,value` */
function readFlat(shape: ValueShape, parts: string[], reading: Reading): unknown {
  if (parts.length % 2 === 1) throw new StyleError("must be names and values in turn");
  const pairs: [string, string][] = [];
  for (let index = 0; index < parts.length; index += 2) pairs.push([parts[index]!, parts[index + 1]!]);
  return toObject(shape, pairs, reading);
}

/** `key=value` in each part */
function readEquals(shape: ValueShape, parts: string[], reading: Reading): unknown {
  return toObject(shape, parts.map(cut), reading);
}

function toObject(shape: ValueShape, pairs: [string, string][], reading: Reading): unknown {
  if (pairs.length > MAX_VALUES) throw new StyleError(`must have at most ${MAX_VALUES} values`);
  return Object.fromEntries(
    pairs.map(([key, value]) => {
      const name = reading.decode(key);
      return [name, readItem(shape.properties.get(name) ?? null, reading.decode(value), reading)];
    }),
  );
}

/** An object whose properties are parameters of their own. */
function readSpread(own: string, shape: ValueShape, pairs: RawPairs, reading: Reading): unknown {
  const entries: [string, unknown][] = [];
  const names = shape.open ? [...pairs.names] : [...shape.properties.keys()];
  for (const name of names) {
    const texts = pairs.getAll(name);
    if (texts.length === 0) continue;
    const property = shape.properties.get(name) ?? null;
    if (property?.kind === "array") entries.push([name, readList(property, texts, reading)]);
    else if (texts.length > 1) throw new StyleError(`"${name.slice(0, 100)}" must be given only once`);
    else entries.push([name, readItem(property, reading.decode(texts[0]!), reading)]);
  }
  // Some programs send the whole object as JSON under its own name.
  const whole = pairs.getAll(own);
  if (entries.length === 0 && whole.length === 1) return parseJson(reading.decode(whole[0]!));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

interface DeepNode {
  texts: string[];
  children: Map<string, DeepNode>;
}

/** `name[a]=1&name[b][c]=2`, also with `[]` at the end for lists. */
function readDeep(name: string, shape: ValueShape, pairs: RawPairs, reading: Reading): unknown {
  const root: DeepNode = { texts: [], children: new Map() };
  for (const key of pairs.names) {
    if (!key.startsWith(`${name}[`) || !key.endsWith("]")) continue;
    const path = key.slice(name.length + 1, -1).split("][");
    if (path.length > MAX_NESTING) throw new StyleError(`must not nest deeper than ${MAX_NESTING} levels`);
    if (path.at(-1) === "") path.pop();
    let node = root;
    for (const part of path) {
      const child = node.children.get(part) ?? { texts: [], children: new Map() };
      node.children.set(part, child);
      node = child;
    }
    node.texts.push(...pairs.getAll(key));
  }
  return root.children.size === 0 ? undefined : deepValue(root, shape, reading);
}

function deepValue(node: DeepNode, shape: ValueShape | null, reading: Reading): unknown {
  if (node.children.size > 0) {
    if (shape?.kind === "array")
      return [...node.children.values()].map((child) => deepValue(child, shape.items, reading));
    return Object.fromEntries(
      [...node.children].map(([name, child]) => [
        name,
        deepValue(child, shape?.properties.get(name) ?? null, reading),
      ]),
    );
  }
  if (shape?.kind === "array") return readList(shape, node.texts, reading);
  if (node.texts.length > 1) throw new StyleError("must be given only once");
  return readItem(shape, reading.decode(node.texts[0] ?? ""), reading);
}

/** A value within another: text of a scalar, or JSON of something larger. */
function readItem(shape: ValueShape | null, text: string, reading: Reading): unknown {
  if (text.includes("\0")) throw new StyleError("must not hold NUL characters");
  if (!shape) return text;
  return shape.kind === "scalar" ? readScalar(shape, text, reading) : parseJson(text);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Text that is not of the type stays text, and the schema says what it should have been. */
function readScalar({ types }: ValueShape, text: string, { asText }: Reading): unknown {
  if (text.includes("\0")) throw new StyleError("must not hold NUL characters");
  if (types.size === 0 || (asText && types.has("string"))) return text;
  if (types.has("integer") && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (types.has("number") && /^-?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,2})?$/.test(text)) return Number(text);
  if (types.has("boolean") && (text === "true" || text === "false")) return text === "true";
  return text;
}

/** Whether text could be meant in two ways. */
export function isAmbiguous({ kind, types, items, properties }: ValueShape): boolean {
  if (kind === "scalar") return types.size > 1 && types.has("string");
  return (items !== null && isAmbiguous(items)) || [...properties.values()].some(isAmbiguous);
}
