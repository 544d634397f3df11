import { isObject, type JsonObject } from "../mock-api/compile/document.ts";

/** A schema of OpenAPI 3.0 becomes one of 3.1 (JSON Schema 2020-12), in place; its parts are not looked at. */
export function upgradeSchema(schema: JsonObject): void {
  if (typeof schema.$ref === "string") return;
  settleBound(schema, "exclusiveMinimum", "minimum");
  settleBound(schema, "exclusiveMaximum", "maximum");
  if (schema.nullable === true) nullableSchema(schema);
  if ("example" in schema && !("examples" in schema)) schema.examples = [schema.example];
  delete schema.example;
  // In 3.1 these two are said in words of JSON Schema.
  if (schema.type === "string" && schema.format === "byte") {
    schema.contentEncoding = "base64";
    delete schema.format;
  } else if (schema.type === "string" && schema.format === "binary") {
    schema.contentMediaType = "application/octet-stream";
    delete schema.format;
  }
}

/** In 3.0 a bound is made exclusive by a flag. */
export function settleBound(schema: JsonObject, flag: string, bound: string): void {
  if (typeof schema[flag] !== "boolean") return;
  const isExclusive = schema[flag] === true && typeof schema[bound] === "number";
  if (isExclusive) schema[flag] = schema[bound];
  else delete schema[flag];
  if (isExclusive) delete schema[bound];
}

/** Lets the schema take null as well, whichever way it says what it takes. */
export function nullableSchema(schema: JsonObject): void {
  if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum = [...schema.enum, null];
  if (typeof schema.type === "string") {
    if (schema.type !== "null") schema.type = [schema.type, "null"];
    return;
  }
  if (Array.isArray(schema.type)) {
    if (!schema.type.includes("null")) schema.type = [...schema.type, "null"];
    return;
  }
  for (const keyword of ["anyOf", "oneOf"]) {
    const parts = schema[keyword];
    if (Array.isArray(parts) && !parts.some((part) => isObject(part) && part.type === "null"))
      schema[keyword] = [...parts, { type: "null" }];
    if (Array.isArray(parts)) return;
  }
  for (const keyword of ["allOf", "$ref"]) {
    if (schema[keyword] === undefined) continue;
    schema.anyOf = [{ [keyword]: schema[keyword] }, { type: "null" }];
    delete schema[keyword];
    return;
  }
}
