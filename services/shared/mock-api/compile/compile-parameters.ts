import type { CompiledParameter, ParameterShape, ScalarType } from "./compiled-api.ts";
import { type ApiDocument, isObject, type JsonObject, pointerTo } from "./document.ts";
import type { SchemaValidator } from "./schema-validator.ts";

const SCALARS = new Set<string>(["string", "integer", "number", "boolean"]);

/** Parameters of an operation and its path; the operation's own replace the path's. @throws Error */
export function compileParameters(
  document: ApiDocument,
  validator: SchemaValidator,
  pathPointer: string,
  operationPointer: string,
): CompiledParameter[] {
  const found = new Map<string, CompiledParameter>();
  for (const owner of [pathPointer, operationPointer]) {
    const list = document.locate(owner).value.parameters;
    if (!Array.isArray(list)) continue;
    for (const index of list.keys()) {
      const { value, pointer } = document.locate(pointerTo(owner, "parameters", index));
      const parameter = compileParameter(document, validator, value, pointer);
      found.set(`${parameter.in}:${parameter.name}`, parameter);
    }
  }
  return [...found.values()];
}

function compileParameter(
  document: ApiDocument,
  validator: SchemaValidator,
  value: JsonObject,
  pointer: string,
): CompiledParameter {
  const { name, in: place } = value;
  if (typeof name !== "string" || name === "") throw new Error(`the parameter at #${pointer} has no name`);
  if (place !== "path" && place !== "query" && place !== "header")
    throw new Error(`parameter "${name}": parameters in "${place}" are not supported`);
  const usual = place === "query" ? "form" : "simple";
  const style = value.style ?? usual;
  if (style !== usual) throw new Error(`parameter "${name}": the style "${style}" is not supported`);
  const schemaPointer = pointerTo(pointer, "schema");
  const schema = document.locate(schemaPointer).value;
  return {
    name: place === "header" ? name.toLowerCase() : name,
    in: place,
    required: place === "path" || value.required === true,
    style: usual,
    explode: typeof value.explode === "boolean" ? value.explode : usual === "form",
    shape: shapeOf(document, name, schemaPointer),
    fallback: schema.default,
    check: validator.compile(schemaPointer),
  };
}

function shapeOf(document: ApiDocument, name: string, pointer: string): ParameterShape {
  const { value, pointer: place } = document.locate(pointer);
  const types = typesOf(document, value, place);
  if (types.has("array")) {
    const items = isObject(value.items) ? pointerTo(place, "items") : null;
    return { array: true, type: items ? shapeOf(document, name, items).type : "string" };
  }
  const [type = "string", ...others] = [...types].filter((candidate) => candidate !== "null");
  if (!SCALARS.has(type) || others.length > 0)
    throw new Error(`parameter "${name}": its schema must be of one scalar type or an array of one`);
  return { array: false, type: type as ScalarType };
}

function typesOf(document: ApiDocument, schema: JsonObject, pointer: string): Set<string> {
  if (typeof schema.type === "string") return new Set([schema.type]);
  if (Array.isArray(schema.type)) return new Set(schema.type.map(String));
  const types = new Set<string>();
  for (const keyword of ["anyOf", "oneOf", "allOf"]) {
    const parts = schema[keyword];
    if (!Array.isArray(parts)) continue;
    for (const index of parts.keys()) {
      const part = document.locate(pointerTo(pointer, keyword, index));
      for (const type of typesOf(document, part.value, part.pointer)) types.add(type);
    }
  }
  return types;
}

/** Names between braces in a path template. */
export function templateNames(template: string): string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]!);
}

export function parameterNames(operation: { parameters: CompiledParameter[] }, place: string): Set<string> {
  return new Set(operation.parameters.filter((one) => one.in === place).map((one) => one.name));
}
