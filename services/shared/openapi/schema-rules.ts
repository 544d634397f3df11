import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { isObject, pointerTo } from "../mock-api/compile/document.ts";
import type { Issue } from "./issue.ts";
import { LIMITS } from "./limits.ts";
import type { Line } from "./official-schema.ts";
import { patternFault } from "./patterns.ts";
import { repairSchema } from "./repair-schema.ts";
import type { DocumentIndex } from "./resolve.ts";
import type { Visited } from "./walk.ts";

const META_SCHEMA = "https://json-schema.org/draft/2020-12/schema";
const DIALECTS =
  /^https:\/\/(spec\.openapis\.org\/oas\/3\.1\/dialect\/|json-schema\.org\/draft\/2020-12\/schema)/;
const MAX_REPAIRS = 100;
let metaSchema: ValidateFunction | undefined;

/** What is said about schemas: of 3.1, that they are JSON Schemas at all, and of both, that they can be served. */
export function checkSchemas(index: DocumentIndex, line: Line): Issue[] {
  const issues: Issue[] = [];
  const { jsonSchemaDialect } = index.root;
  if (typeof jsonSchemaDialect === "string" && !DIALECTS.test(jsonSchemaDialect))
    issues.push(
      warning(
        "dialect",
        "Schemas are read as JSON Schema 2020-12, whatever this says.",
        "/jsonSchemaDialect",
      ),
    );
  const patterns = new Map<string, string | null>();
  for (const visited of index.visited) {
    const { kind, value } = visited;
    if (kind === "example" && typeof value.externalValue === "string")
      issues.push(
        warning(
          "external-example",
          "Examples are not fetched from elsewhere.",
          pointerTo(visited.pointer, "externalValue"),
        ),
      );
    if (kind !== "schema") continue;
    // The meta-schema follows a schema into its parts; they are not looked at again.
    if (line === "3.1" && visited.parent?.kind !== "schema") issues.push(...metaIssues(visited));
    issues.push(...keywordIssues(visited, line), ...patternIssues(visited, patterns));
    if (patterns.size > LIMITS.patterns)
      return [
        {
          severity: "error",
          rule: "too-many-patterns",
          message: `There are more than ${LIMITS.patterns} patterns.`,
          pointer: visited.pointer,
        },
      ];
  }
  return issues;
}

/** All of what can be put right, and the first fault that cannot. */
function metaIssues(visited: Visited): Issue[] {
  const { value } = visited;
  metaSchema ??= new Ajv2020({ strict: false, logger: false }).getSchema(META_SCHEMA)!;
  const issues: Issue[] = [];
  while (!metaSchema(value)) {
    const error = metaSchema.errors![0]!;
    const repair = issues.length < MAX_REPAIRS ? repairSchema(value, error) : null;
    const at = visited.pointer + error.instancePath;
    if (repair === null) {
      const message = `JSON Schema does not allow this: it ${error.message ?? "is not valid"}.`;
      return [...issues, { severity: "error", rule: "json-schema", message, pointer: at }];
    }
    issues.push(warning("json-schema", repair, at));
  }
  return issues;
}

function keywordIssues(visited: Visited, line: Line): Issue[] {
  if (line === "3.0") return [];
  const { value } = visited;
  const issues: Issue[] = [];
  if (value.nullable !== undefined)
    issues.push(
      warning(
        "nullable",
        'OpenAPI 3.1 says type: [..., "null"]; nullable is read as that.',
        pointerTo(visited.pointer, "nullable"),
      ),
    );
  if (value.$dynamicRef !== undefined)
    issues.push(
      warning(
        "dynamic-reference",
        "This is read as an ordinary reference.",
        pointerTo(visited.pointer, "$dynamicRef"),
      ),
    );
  if (typeof value.$schema === "string" && !DIALECTS.test(value.$schema))
    issues.push(
      warning(
        "dialect",
        "Schemas are read as JSON Schema 2020-12, whatever this says.",
        pointerTo(visited.pointer, "$schema"),
      ),
    );
  return issues;
}

function patternIssues(visited: Visited, known: Map<string, string | null>): Issue[] {
  const { value } = visited;
  if (value.pattern === undefined && value.patternProperties === undefined) return [];
  const faultOf = (pattern: string): string | null => {
    if (!known.has(pattern)) known.set(pattern, patternFault(pattern));
    return known.get(pattern)!;
  };
  const found: [pattern: string, at: string][] = [];
  if (typeof value.pattern === "string") found.push([value.pattern, pointerTo(visited.pointer, "pattern")]);
  if (isObject(value.patternProperties))
    for (const pattern of Object.keys(value.patternProperties))
      found.push([pattern, pointerTo(visited.pointer, "patternProperties", pattern)]);
  return found.flatMap(([pattern, at]) => {
    const fault = faultOf(pattern);
    return fault === null
      ? []
      : [warning("pattern", `This pattern is not checked, since RE2 cannot run it: ${fault}.`, at)];
  });
}

function warning(rule: string, message: string, pointer: string): Issue {
  return { severity: "warning", rule, message, pointer };
}
