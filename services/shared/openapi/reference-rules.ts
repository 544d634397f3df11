import { isObject, type JsonObject, pointerTo } from "../mock-api/compile/document.ts";
import type { Issue } from "./issue.ts";
import { LIMITS } from "./limits.ts";
import type { DocumentIndex } from "./resolve.ts";
import { Child, type Visited } from "./walk.ts";

/** Every reference leads somewhere, to the right kind of thing, and comes to an end. */
export function checkReferences(index: DocumentIndex): Issue[] {
  const issues: Issue[] = [];
  let count = 0;
  for (const visited of index.visited) {
    const { $ref } = visited.value;
    if ($ref === undefined) continue;
    if (++count > LIMITS.references)
      return [
        error("too-many-references", `There are more than ${LIMITS.references} references.`, at(visited)),
      ];
    if (typeof $ref !== "string") {
      issues.push(error("unresolved-reference", "A reference must be a string.", at(visited)));
      continue;
    }
    const issue = faultOf(index, visited, $ref);
    if (issue) issues.push({ ...issue, pointer: at(visited) });
  }
  return issues;
}

function at(visited: Visited): string {
  return pointerTo(visited.pointer, "$ref");
}

function faultOf(index: DocumentIndex, { kind, value }: Visited, reference: string): Issue | null {
  const seen = new Set<object>([value]);
  let next: string = reference;
  for (;;) {
    const target = index.resolve(next);
    // What is wrong with a reference further on is said there.
    if (!("pointer" in target)) return next === reference ? error(target.rule, target.message, "") : null;
    const found = index.kindOf(target.value);
    if (found !== undefined && found !== kind) {
      const message = `A ${kind} is needed here, and "${reference}" is a ${found}.`;
      // A body of a request described as a response can be served; a schema in place of one cannot.
      const severity = kind === "schema" || found === "schema" ? "error" : "warning";
      return { severity, rule: "wrong-reference", message, pointer: "" };
    }
    if (typeof target.value.$ref !== "string") return null;
    if (seen.has(target.value))
      return error("circular-reference", `"${reference}" leads back to itself and never to anything.`, "");
    seen.add(target.value);
    next = target.value.$ref;
  }
}

export interface SchemaCycles {
  issues: Issue[];
  /** Schemas whose `$ref` has to go, so that checking one value comes to an end. */
  cuts: JsonObject[];
}

/**
 * How many sub-schemas are visited to check one value, references followed. What branches too much is refused; a
 * schema that contains itself for the same value (inheritance in both directions, mostly) is cut.
 */
export function checkExpansion(index: DocumentIndex): SchemaCycles {
  const expansion = new Expansion(index);
  for (const visited of index.visited) if (visited.kind === "schema") expansion.costOf(visited);
  return { issues: expansion.issues, cuts: [...expansion.cuts] };
}

class Expansion {
  readonly issues: Issue[] = [];
  readonly cuts = new Set<JsonObject>();
  readonly #index: DocumentIndex;
  readonly #costs = new Map<object, number>();
  readonly #open = new Set<object>();

  constructor(index: DocumentIndex) {
    this.#index = index;
  }

  costOf(visited: Visited): number {
    const schema = visited.value;
    const known = this.#costs.get(schema);
    if (known !== undefined) return known;
    this.#open.add(schema);
    let cost = 1;
    for (const part of inPlaceParts(visited)) cost += this.costOf(part);
    if (typeof schema.$ref === "string") cost += this.#follow(visited, schema.$ref);
    this.#open.delete(schema);
    // Told once, where it becomes too much, and not again wherever that is used.
    if (cost > LIMITS.expansion) {
      this.issues.push(
        error(
          "expansion",
          `Checking one value against this schema would visit more than ${LIMITS.expansion} others.`,
          visited.pointer,
        ),
      );
      cost = 1;
    }
    this.#costs.set(schema, cost);
    return cost;
  }

  #follow(visited: Visited, reference: string): number {
    const target = this.#index.resolve(reference);
    if (!("pointer" in target)) return 0;
    if (!this.#open.has(target.value)) return this.costOf({ kind: "schema", ...target });
    this.cuts.add(visited.value);
    this.issues.push({
      severity: "warning",
      rule: "circular-reference",
      message: `"${reference}" contains this schema for the same value, so checking it would never end. It is left out here.`,
      pointer: at(visited),
    });
    return 0;
  }
}

/** Sub-schemas that look at the same value as their schema does. */
function inPlaceParts(visited: Visited): Visited[] {
  const parts: Visited[] = [];
  for (const keyword of ["allOf", "anyOf", "oneOf", "dependentSchemas"]) {
    const list = visited.value[keyword];
    if (typeof list !== "object" || list === null) continue;
    for (const [key, value] of Object.entries(list))
      if (isObject(value)) parts.push(new Child("schema", value, visited, keyword, key));
  }
  for (const keyword of ["not", "if", "then", "else"]) {
    const value = visited.value[keyword];
    if (isObject(value)) parts.push(new Child("schema", value, visited, keyword));
  }
  return parts;
}

function error(rule: string, message: string, pointer: string): Issue {
  return { severity: "error", rule, message, pointer };
}
