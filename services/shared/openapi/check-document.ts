import { isObject, type JsonObject } from "../mock-api/compile/document.ts";
import type { Issue } from "./issue.ts";
import { UnreadableDocumentError } from "./issue.ts";
import { normalise } from "./normalise.ts";
import { type Line, validateAgainstSchema } from "./official-schema.ts";
import { checkOperations } from "./operation-rules.ts";
import { checkExpansion, checkReferences } from "./reference-rules.ts";
import { DocumentIndex } from "./resolve.ts";
import { checkSchemas } from "./schema-rules.ts";

export interface CheckedDocument {
  /** As the document says; null when it says nothing usable. */
  openapi: string | null;
  title: string | null;
  version: string | null;
  /** Errors first, otherwise in the order of the rules. */
  issues: Issue[];
  /** Normalised (see `normalise.ts`); null when there are errors. */
  document: JsonObject | null;
}

/**
 * Judges what `read-source.ts` read, and makes it ready to serve; `root` itself becomes the normalised document.
 * @param bytes how large the text was
 * @throws UnreadableDocumentError when it is no OpenAPI document of a version served here
 */
export function checkDocument(root: unknown, bytes: number): CheckedDocument {
  const line = lineOf(root);
  const document = root as JsonObject;
  const { info } = document;
  const about = {
    openapi: String(document.openapi),
    title: isObject(info) && typeof info.title === "string" ? info.title : null,
    version: isObject(info) && typeof info.version === "string" ? info.version : null,
  };
  const faults = validateAgainstSchema(document, line, bytes);
  if (faults.length > 0) return { ...about, issues: faults, document: null };
  const index = new DocumentIndex(document);
  const references = checkReferences(index);
  const issues = [...references, ...checkOperations(index), ...checkSchemas(index, line)];
  // References that go in circles would be followed for ever.
  const cycles = hasErrors(references) ? { issues: [], cuts: [] } : checkExpansion(index);
  issues.push(...cycles.issues);
  if (hasErrors(issues)) return { ...about, issues: errorsFirst(issues), document: null };
  normalise(index, line, cycles.cuts);
  return { ...about, issues, document };
}

/** @throws UnreadableDocumentError */
function lineOf(root: unknown): Line {
  if (!isObject(root))
    throw new UnreadableDocumentError("not-openapi", "The document is not a mapping of fields.");
  const { openapi, swagger } = root;
  if (swagger !== undefined)
    throw new UnreadableDocumentError(
      "version",
      "This is Swagger 2.0. Convert it to OpenAPI 3 (editor.swagger.io does it under Edit), and upload that.",
      { pointer: "/swagger" },
    );
  if (openapi === undefined)
    throw new UnreadableDocumentError(
      "not-openapi",
      'The field "openapi" is missing, so this is not an OpenAPI document.',
    );
  if (typeof openapi !== "string")
    throw new UnreadableDocumentError(
      "version",
      'The version must be text in quotation marks, such as "3.1.0".',
      {
        pointer: "/openapi",
      },
    );
  const line = /^(3\.[01])\.\d+(?:-.+)?$/.exec(openapi)?.[1];
  if (line) return line as Line;
  const message = openapi.startsWith("3.2")
    ? 'OpenAPI 3.2 is not served yet. If the document uses nothing new in 3.2, write openapi: "3.1.1".'
    : `"${openapi.slice(0, 40)}" is no version of OpenAPI that is served here: 3.0 and 3.1 are.`;
  throw new UnreadableDocumentError("version", message, { pointer: "/openapi" });
}

function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some(({ severity }) => severity === "error");
}

function errorsFirst(issues: Issue[]): Issue[] {
  return [
    ...issues.filter(({ severity }) => severity === "error"),
    ...issues.filter(({ severity }) => severity === "warning"),
  ];
}
