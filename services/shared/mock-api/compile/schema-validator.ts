import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { JsonObject } from "./document.ts";

/** Null when the value matches, else what is wrong, the first violation only. */
export type Check = (value: unknown) => { pointer: string; message: string } | null;

const ROOT = "document";

/**
 * Compiles the schemas of one document. It is the only place that turns a document into code, and the only one to
 * change when documents are no longer trusted.
 *
 * Checks stop at the first violation: collecting all would let a small body cause very long work.
 */
export class SchemaValidator {
  readonly #ajv: Ajv2020;

  constructor(document: JsonObject) {
    this.#ajv = new Ajv2020({ strict: false, allErrors: false, validateSchema: false, logger: false });
    formats.default(this.#ajv);
    this.#ajv.addSchema(document, ROOT);
  }

  /** @param pointer JSON pointer of the schema within the document. @throws Error when it cannot be compiled */
  compile(pointer: string): Check {
    const validate: ValidateFunction = this.#ajv.compile({ $ref: `${ROOT}#${encodePointer(pointer)}` });
    return (value) => {
      if (validate(value)) return null;
      return describe(validate.errors![0]!);
    };
  }
}

function encodePointer(pointer: string): string {
  return pointer.split("/").map(encodeURIComponent).join("/");
}

function describe(error: ErrorObject): { pointer: string; message: string } {
  const { params, instancePath } = error;
  switch (error.keyword) {
    case "additionalProperties":
    case "unevaluatedProperties": {
      const name = params.additionalProperty ?? params.unevaluatedProperty;
      return { pointer: `${instancePath}/${escapeName(name)}`, message: "is not a known property" };
    }
    case "required":
      return { pointer: `${instancePath}/${escapeName(params.missingProperty)}`, message: "is required" };
    case "enum":
      return {
        pointer: instancePath,
        message: `must be one of ${(params.allowedValues as unknown[]).map(String).join(", ")}`,
      };
    case "const":
      return { pointer: instancePath, message: `must be ${JSON.stringify(params.allowedValue)}` };
    default:
      return { pointer: instancePath, message: error.message ?? "is not valid" };
  }
}

function escapeName(name: unknown): string {
  return String(name).replaceAll("~", "~0").replaceAll("/", "~1");
}
