import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { JsonObject } from "../mock-api/compile/document.ts";
import type { Issue } from "./issue.ts";

export type Line = "3.0" | "3.1";

const MAX_LISTED = 50;
const first = new Map<Line, ValidateFunction>();

/**
 * What the specification's own JSON Schema says against a document; nothing when it agrees.
 * @param size of the document's text in bytes
 */
export function validateAgainstSchema(document: JsonObject, line: Line, size: number): Issue[] {
  const validate = first.get(line) ?? compile(line, false);
  first.set(line, validate);
  if (validate(document)) return [];
  // Listing all faults of something huge takes long; its first one is told at once.
  if (size > 3_000_000) return describe(validate.errors ?? []);
  const all = compile(line, true);
  all(document);
  return describe(all.errors ?? validate.errors ?? []);
}

function compile(line: Line, allErrors: boolean): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors, validateSchema: false, logger: false });
  formats.default(ajv);
  ajv.addFormat("media-range", true);
  return ajv.compile(officialSchema(line));
}

function officialSchema(line: Line): object {
  const path = createRequire(import.meta.url).resolve(
    `@seriousme/openapi-schema-validator/schemas/v${line}/schema.json`,
  );
  const schema = JSON.parse(readFileSync(path, "utf8"), modernise) as Record<string, unknown>;
  if (line === "3.1") return schema;
  const { id: _, $schema: __, ...rest } = schema;
  return rest;
}

/** The schema of 3.0 is written in draft 4, whose exclusive bounds are flags. */
function modernise(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("exclusiveMinimum" in value)) return value;
  if (value.exclusiveMinimum !== true || !("minimum" in value)) return value;
  const { minimum, ...rest } = value;
  return { ...rest, exclusiveMinimum: minimum };
}

/**
 * Of the errors of alternatives, those deepest in the document say what was meant; an alternative that is just
 * another thing (a reference, say) is no news. One issue for each place.
 */
function describe(errors: ErrorObject[]): Issue[] {
  const noise = new Set(["oneOf", "anyOf", "if", "not", "$ref", "unevaluatedProperties", "allOf"]);
  const isReference = ({ keyword, params }: ErrorObject) =>
    keyword === "required" && params.missingProperty === "$ref";
  const telling = errors.filter((error) => !noise.has(error.keyword) && !isReference(error));
  const candidates = telling.length > 0 ? telling : errors;
  const places = new Map<string, ErrorObject>();
  for (const error of candidates) if (!places.has(error.instancePath)) places.set(error.instancePath, error);
  const pointers = [...places.keys()];
  return pointers
    .filter((pointer) => !pointers.some((other) => other.startsWith(`${pointer}/`)))
    .slice(0, MAX_LISTED)
    .map((pointer) => {
      const error = places.get(pointer)!;
      return { severity: "error", rule: "specification", message: sentence(error), pointer };
    });
}

function sentence({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case "required":
      return `The field "${params.missingProperty}" is missing.`;
    case "additionalProperties":
    case "unevaluatedProperties":
      return `There must be no field "${params.additionalProperty ?? params.unevaluatedProperty}" here.`;
    case "type":
      return `This must be of type ${[params.type].flat().join(" or ")}.`;
    case "enum":
      return `This must be one of ${(params.allowedValues as unknown[]).map(String).join(", ")}.`;
    case "const":
      return `This must be ${JSON.stringify(params.allowedValue)}.`;
    default:
      return `The specification does not allow this: it ${message ?? "is not valid"}.`;
  }
}
