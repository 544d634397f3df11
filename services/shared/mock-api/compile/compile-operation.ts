import type { MockApiBindings } from "../../contracts/mock-api.ts";
import { compileParameters } from "./compile-parameters.ts";
import { compileSecurity } from "./compile-security.ts";
import type { CompiledBody, CompiledOperation } from "./compiled-api.ts";
import { type ApiDocument, isObject, type JsonObject, objectAt, pointerTo } from "./document.ts";
import type { Check, SchemaValidator } from "./schema-validator.ts";

/** @throws Error */
export function compileOperation(
  document: ApiDocument,
  validator: SchemaValidator,
  place: { template: string; pathPointer: string; method: string },
  bindings: MockApiBindings,
): CompiledOperation {
  const pointer = pointerTo(place.pathPointer, place.method);
  const { value } = document.locate(pointer);
  const success = successOf(value);
  const operationId = operationKey(value, place);
  return {
    operationId,
    method: place.method.toUpperCase(),
    template: place.template,
    parameters: compileParameters(document, validator, place.pathPointer, pointer),
    body: isObject(value.requestBody)
      ? compileBody(document, validator, pointerTo(pointer, "requestBody"))
      : null,
    security: compileSecurity(document, value),
    successStatus: success,
    successBody: success !== 204,
    binding: Object.hasOwn(bindings.operations, operationId) ? bindings.operations[operationId]! : null,
    checkResponse: responseChecker(document, validator, pointer),
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

function successOf(operation: JsonObject): number {
  const statuses = Object.keys(objectAt(operation, "responses")).filter((status) => /^2\d\d$/.test(status));
  if (statuses.length === 0) throw new Error("no response between 200 and 299 is documented");
  return Number(statuses.sort()[0]);
}

function compileBody(document: ApiDocument, validator: SchemaValidator, pointer: string): CompiledBody {
  const located = document.locate(pointer);
  const mediaTypes = new Map<string, Check>();
  for (const mediaType of Object.keys(objectAt(located.value, "content"))) {
    if (!/^application\/([a-z0-9.+-]+\+)?json$/i.test(mediaType))
      throw new Error(`bodies of type ${mediaType} are not supported`);
    mediaTypes.set(
      mediaType.toLowerCase(),
      validator.compile(pointerTo(located.pointer, "content", mediaType, "schema")),
    );
  }
  return { required: located.value.required === true, mediaTypes };
}

/** Compiled when first asked for: serving requests does not need it. */
function responseChecker(
  document: ApiDocument,
  validator: SchemaValidator,
  operationPointer: string,
): CompiledOperation["checkResponse"] {
  const checks = new Map<number, Check>();
  return (status, body) => {
    const responses = objectAt(document.locate(operationPointer).value, "responses");
    const key = [String(status), `${String(status)[0]}XX`, "default"].find((name) =>
      Object.hasOwn(responses, name),
    );
    if (!key) throw new Error(`the status ${status} is not documented`);
    const response = document.locate(pointerTo(operationPointer, "responses", key));
    const content = objectAt(response.value, "content");
    const mediaType = Object.keys(content)[0];
    if (!mediaType) return body === undefined ? null : { pointer: "", message: "must have no body" };
    let check = checks.get(status);
    if (!check) {
      check = validator.compile(pointerTo(response.pointer, "content", mediaType, "schema"));
      checks.set(status, check);
    }
    return check(body);
  };
}
