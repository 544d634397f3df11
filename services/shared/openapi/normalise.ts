import { isObject, type JsonObject, objectAt } from "../mock-api/compile/document.ts";
import { nullableSchema, upgradeSchema } from "./normalise-schema.ts";
import type { Line } from "./official-schema.ts";
import { isUnservable } from "./operation-rules.ts";
import { patternFault } from "./patterns.ts";
import type { DocumentIndex } from "./resolve.ts";
import { METHODS, type Visited } from "./walk.ts";

/**
 * Turns a checked document into what the engine serves, in place: OpenAPI 3.1 whose references are all of the form
 * `#/…`, whose operations all have an id, and whose schemas hold nothing that changes what a reference means or
 * that must not run.
 */
export function normalise(index: DocumentIndex, line: Line, cuts: readonly JsonObject[]): void {
  for (const cut of cuts) delete cut.$ref;
  // Before any name or place changes.
  for (const visited of index.visited) settleReference(index, visited, line);
  for (const { kind, value } of index.visited) {
    if (kind !== "schema") continue;
    if (line === "3.0") upgradeSchema(value);
    else if (value.nullable === true) nullableSchema(value);
    delete value.nullable;
    dropNames(value);
    dropPatterns(value);
  }
  const { root } = index;
  root.openapi = "3.1.0";
  delete root.jsonSchemaDialect;
  settleOperations(index);
  settleSecurity(index);
  // Last: until here a path may refer to what is under one of these.
  const paths = objectAt(root, "paths");
  for (const template of Object.keys(paths))
    if (!template.startsWith("/") || isUnservable(template)) delete paths[template];
}

function settleReference(index: DocumentIndex, visited: Visited, line: Line): void {
  const { kind, value } = visited;
  if (kind === "schema" && typeof value.$dynamicRef === "string" && value.$ref === undefined)
    value.$ref = value.$dynamicRef;
  if (typeof value.$ref !== "string") return;
  const target = index.resolve(value.$ref);
  if (!("pointer" in target)) {
    delete value.$ref;
    return;
  }
  value.$ref = `#${target.pointer.split("/").map(encodeURIComponent).join("/")}`;
  // In 3.0 nothing beside a reference counts; neither does it in 3.1, but for path items and schemas.
  if (kind === "pathItem" || (kind === "schema" && line === "3.1")) return;
  for (const key of Object.keys(value)) if (key !== "$ref") delete value[key];
  if (visited.pointer === target.pointer) delete value.$ref;
}

function dropNames(schema: JsonObject): void {
  for (const keyword of ["$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$schema", "$vocabulary", "id"])
    if (typeof schema[keyword] !== "object") delete schema[keyword];
}

function dropPatterns(schema: JsonObject): void {
  if (typeof schema.pattern === "string" && patternFault(schema.pattern) !== null) delete schema.pattern;
  if (!isObject(schema.patternProperties)) return;
  for (const pattern of Object.keys(schema.patternProperties))
    if (patternFault(pattern) !== null) delete schema.patternProperties[pattern];
}

function settleOperations(index: DocumentIndex): void {
  for (const { operation, method, template, item } of operationsOf(index)) {
    if (typeof operation.operationId !== "string" || operation.operationId === "")
      operation.operationId = `${method.toUpperCase()} ${template}`;
    settlePathParameters(index, operation, item, template);
  }
}

function* operationsOf(index: DocumentIndex) {
  const paths = objectAt(index.root, "paths");
  for (const [template, given] of Object.entries(paths)) {
    if (!isObject(given) || !template.startsWith("/")) continue;
    const item = inlined(index, given);
    paths[template] = item;
    for (const method of METHODS) {
      const operation = item[method];
      if (isObject(operation)) yield { operation, method, template, item };
    }
  }
}

/** A path item that is a reference becomes a copy: two paths must not share operations, whose ids are their own. */
function inlined(index: DocumentIndex, item: JsonObject): JsonObject {
  let found = item;
  for (let step = 0; step < 20 && typeof found.$ref === "string"; step++) {
    const target = index.resolve(found.$ref);
    if (!("pointer" in target)) break;
    const { $ref: _, ...beside } = found;
    found = { ...structuredClone(target.value), ...beside };
  }
  if (found !== item)
    for (const method of METHODS) {
      const operation = found[method];
      if (isObject(operation)) delete operation.operationId;
    }
  return found;
}

function settlePathParameters(
  index: DocumentIndex,
  operation: JsonObject,
  item: JsonObject,
  template: string,
): void {
  const names = [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]!);
  const isUsed = (parameter: unknown) => {
    const { in: place, name } = follow(index, parameter);
    return place !== "path" || names.includes(String(name));
  };
  for (const owner of [item, operation])
    if (Array.isArray(owner.parameters)) owner.parameters = owner.parameters.filter(isUsed);
  const declared = [item.parameters, operation.parameters]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((parameter) => follow(index, parameter))
    .filter((parameter) => parameter.in === "path")
    .map((parameter) => parameter.name);
  const missing = names.filter((name) => !declared.includes(name));
  if (missing.length === 0) return;
  operation.parameters = [
    ...(Array.isArray(operation.parameters) ? operation.parameters : []),
    ...missing.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
  ];
}

/** A scheme that is asked for and not described must not leave the door open. */
function settleSecurity(index: DocumentIndex): void {
  const { root } = index;
  const requirements = [
    root.security,
    ...[...operationsOf(index)].map(({ operation }) => operation.security),
  ];
  const names = requirements
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .flatMap((requirement) => (isObject(requirement) ? Object.keys(requirement) : []));
  const components = objectAt(root, "components");
  const schemes = objectAt(components, "securitySchemes");
  for (const name of names)
    if (!Object.hasOwn(schemes, name)) schemes[name] = { type: "http", scheme: "bearer" };
  if (Object.keys(schemes).length === 0) return;
  components.securitySchemes = schemes;
  root.components = components;
}

function follow(index: DocumentIndex, given: unknown): JsonObject {
  let found = isObject(given) ? given : {};
  for (let step = 0; step < 20 && typeof found.$ref === "string"; step++) {
    const target = index.resolve(found.$ref);
    if (!("pointer" in target)) return {};
    found = target.value;
  }
  return found;
}
