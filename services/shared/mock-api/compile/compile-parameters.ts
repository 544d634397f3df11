import type { CompiledParameter, ParameterPlace, ParameterStyle } from "./compiled-api.ts";
import { type ApiDocument, type JsonObject, objectAt, pointerTo } from "./document.ts";
import { shapeAt } from "./parameter-shape.ts";
import type { SchemaValidator } from "./schema-validator.ts";

const PLACES: readonly ParameterPlace[] = ["path", "query", "header", "cookie"];
/** The first of each place is the usual one. */
export const STYLES: Record<ParameterPlace, readonly ParameterStyle[]> = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form"],
};
/** Said elsewhere in a document; as parameters they mean nothing. */
const RESERVED_HEADERS = new Set(["accept", "content-type", "authorization"]);

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
      if (parameter.in === "header" && RESERVED_HEADERS.has(parameter.name)) continue;
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
  if (!isPlace(place)) throw new Error(`parameter "${name}": there are no parameters in "${place}"`);
  const style = (value.style ?? STYLES[place][0]) as ParameterStyle;
  if (!STYLES[place].includes(style))
    throw new Error(`parameter "${name}": the style "${style}" is not one for ${place}`);
  const mediaType = Object.keys(objectAt(value, "content"))[0];
  const schemaPointer =
    mediaType === undefined
      ? pointerTo(pointer, "schema")
      : pointerTo(pointer, "content", mediaType, "schema");
  const known = document.at(schemaPointer) !== undefined;
  const shape = shapeAt(document, schemaPointer);
  return {
    name: place === "header" ? name.toLowerCase() : name,
    in: place,
    required: place === "path" || value.required === true,
    style,
    explode: typeof value.explode === "boolean" ? value.explode : style === "form",
    mediaType: mediaType?.toLowerCase() ?? null,
    allowEmptyValue: place === "query" && value.allowEmptyValue === true,
    shape,
    fallback: known ? defaultAt(document, schemaPointer) : undefined,
    check: known ? validator.compile(schemaPointer) : () => null,
  };
}

function isPlace(place: unknown): place is ParameterPlace {
  return (PLACES as unknown[]).includes(place);
}

function defaultAt(document: ApiDocument, pointer: string): unknown {
  const value = document.at(pointer);
  return typeof value === "object" && value !== null ? document.locate(pointer).value.default : undefined;
}

/** Names between braces in a path template. */
export function templateNames(template: string): string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]!);
}

export function parameterNames(operation: { parameters: CompiledParameter[] }, place: string): Set<string> {
  return new Set(operation.parameters.filter((one) => one.in === place).map((one) => one.name));
}
