import type { ErrorObject } from "ajv/dist/2020.js";
import { isObject, valueAt } from "../mock-api/compile/document.ts";
import { keysOf } from "./json-scanner.ts";
import { settleBound } from "./normalise-schema.ts";

/**
 * Puts right, in place, what documents often carry over from older drafts and whose meaning is plain.
 * @param schema what the error's path is counted from
 * @returns what was done; null when the error is a real one
 */
export function repairSchema(schema: object, error: ErrorObject): string | null {
  const keys = keysOf(error.instancePath);
  const keyword = keys.at(-1);
  const holder = valueAt(schema, error.instancePath.slice(0, error.instancePath.lastIndexOf("/")));
  if (keyword === undefined || !isObject(holder)) return null;
  const value = holder[keyword];
  if (
    error.keyword === "uniqueItems" &&
    (keyword === "required" || keyword === "enum") &&
    Array.isArray(value)
  ) {
    holder[keyword] = [...new Map(value.map((item) => [JSON.stringify(item), item])).values()];
    return "What is listed twice counts once.";
  }
  if (typeof value === "boolean" && (keyword === "exclusiveMinimum" || keyword === "exclusiveMaximum")) {
    settleBound(holder, keyword, keyword === "exclusiveMinimum" ? "minimum" : "maximum");
    return `In JSON Schema 2020-12 ${keyword} is a number; it is read as in draft 4.`;
  }
  if (keyword === "$recursiveAnchor" || keyword === "$recursiveRef") {
    delete holder[keyword];
    return `JSON Schema 2020-12 has no ${keyword}; it is left out.`;
  }
  return null;
}
