import { ApiDocument, isObject, type JsonObject } from "../../shared/mock-api/compile/document.ts";
import { SchemaValidator } from "../../shared/mock-api/compile/schema-validator.ts";
import { generateValue } from "../../shared/mock-api/generate/generate-value.ts";

/**
 * A value of a JSON Schema, the same for the same schema and text. Where the text quotes something (`ls`, "Berlin",
 * “Paris”), the required texts of an object are that, in order, as far as the schema lets them.
 */
export function makeUp(schema: JsonObject, said: string): unknown {
  // References in it mean the schema itself, so it is the root of its own document.
  const document = new ApiDocument(schema);
  const check = new SchemaValidator(document).compile("", "request");
  const value = generateValue(document, "", { seed: said, useExamples: true, check });
  if (!isObject(value)) return value;
  const quoted = { ...value, ...quotedTexts(schema, value, said) };
  return check(quoted) ? value : quoted;
}

function quotedTexts(schema: JsonObject, value: JsonObject, said: string): JsonObject {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const texts = required.filter((name) => typeof value[name] === "string");
  const quotes = [...said.matchAll(/`([^`]+)`|"([^"]+)"|“([^”]+)”/g)].map((match) =>
    match.slice(1).find(Boolean),
  );
  return Object.fromEntries(texts.slice(0, quotes.length).map((name, index) => [name, quotes[index]]));
}
