import type { MockApiBindings } from "../../contracts/mock-api.ts";
import { compileBody, kindOf } from "./compile-body.ts";
import { compileParameters } from "./compile-parameters.ts";
import { callbacksOf, compileResponses, responseChecker, responseFor } from "./compile-responses.ts";
import { compileSecurity } from "./compile-security.ts";
import type { CompiledOperation, CompiledResponse } from "./compiled-api.ts";
import { type ApiDocument, isObject, type JsonObject, pointerTo } from "./document.ts";
import type { SchemaValidator } from "./schema-validator.ts";

/** @throws Error */
export function compileOperation(
  document: ApiDocument,
  validator: SchemaValidator,
  place: { template: string; pathPointer: string; method: string },
  bindings: MockApiBindings,
): CompiledOperation {
  const pointer = pointerTo(place.pathPointer, place.method);
  const { value } = document.locate(pointer);
  const operationId = operationKey(value, place);
  const binding = Object.hasOwn(bindings.operations, operationId) ? bindings.operations[operationId]! : null;
  const parameters = compileParameters(document, validator, place.pathPointer, pointer);
  const security = compileSecurity(document, value);
  const responses = compileResponses(document, validator, pointer);
  if (binding === null && !hasAnswer(responses)) responses.set("204", { media: [], headers: [] });
  const successStatus = successOf(responses, binding !== null);
  const success = responseFor(responses, successStatus);
  return {
    operationId,
    method: place.method.toUpperCase(),
    template: place.template,
    parameters,
    queryNames: queryNames(parameters, security),
    body: isObject(value.requestBody)
      ? compileBody(document, validator, pointerTo(pointer, "requestBody"))
      : null,
    security,
    responses,
    successStatus,
    successBody: success !== undefined && success.media.length > 0 && successStatus !== 204,
    successTypes: orderTypes(success),
    callbacks: callbacksOf(document, value, pointer),
    binding,
    checkResponse: responseChecker(responses),
  };
}

/** What bindings call an operation: its `operationId`, or for example `GET /tickets/{id}` when it has none. */
function operationKey(
  operation: JsonObject,
  { method, template }: { method: string; template: string },
): string {
  const { operationId } = operation;
  return typeof operationId === "string" && operationId !== ""
    ? operationId
    : `${method.toUpperCase()} ${template}`;
}

/** In OpenAPI 3.1 an operation need not say what it answers; 1XX alone are no answers. */
export function hasAnswer(responses: ReadonlyMap<string, unknown>): boolean {
  return [...responses.keys()].some((status) => !status.startsWith("1"));
}

/** Lowest success; else what `2XX` or `default` stand for. Without any, an operation that is not bound redirects or fails. */
function successOf(responses: ReadonlyMap<string, CompiledResponse>, isBound: boolean): number {
  const statuses = [...responses.keys()].sort();
  const success = statuses.find((status) => /^2\d\d$/.test(status));
  if (success) return Number(success);
  if (responses.has("2XX") || responses.has("default")) return 200;
  const lowest = statuses.find((status) => /^[345]\d\d$/.test(status));
  if (isBound || !lowest) throw new Error("no response between 200 and 299 is documented");
  return Number(lowest);
}

function orderTypes(response: CompiledResponse | undefined): string[] {
  const types = response?.media.map(({ type }) => type) ?? [];
  const isJson = (type: string) => kindOf(type.split(";")[0]!.trim()) === "json";
  return [...types.filter(isJson), ...types.filter((type) => !isJson(type))];
}

function queryNames(
  parameters: CompiledOperation["parameters"],
  security: CompiledOperation["security"],
): ReadonlySet<string> | null {
  const names = new Set<string>(["__code", "__example", "__dynamic"]);
  for (const place of security.flat()) if (place.in === "query") names.add(place.name);
  for (const { in: place, name, style, explode, shape } of parameters) {
    if (place !== "query") continue;
    names.add(name);
    if (shape.kind === "array") names.add(`${name}[]`);
    if (shape.kind !== "object" || style !== "form" || !explode) continue;
    if (shape.open) return null;
    for (const property of shape.properties.keys()) names.add(property);
  }
  return names;
}
