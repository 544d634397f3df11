import type { CompiledResponse, ResponseMedia } from "./compiled-api.ts";
import { type ApiDocument, isObject, type JsonObject, objectAt, pointerTo } from "./document.ts";
import { typesMeant } from "./media-range.ts";
import type { Check, Flaw, SchemaValidator } from "./schema-validator.ts";

/** Answers that an operation documents, by `200`, `4XX` or `default`. @throws Error for a reference to nothing */
export function compileResponses(
  document: ApiDocument,
  validator: SchemaValidator,
  operationPointer: string,
): Map<string, CompiledResponse> {
  const responses = new Map<string, CompiledResponse>();
  const { value } = document.locate(operationPointer);
  for (const key of Object.keys(objectAt(value, "responses"))) {
    if (!/^([1-5]\d\d|[1-5]XX|default)$/i.test(key)) continue;
    const located = document.locate(pointerTo(operationPointer, "responses", key));
    responses.set(key.toUpperCase() === "DEFAULT" ? "default" : key.toUpperCase(), {
      media: mediaOf(document, validator, located.value, located.pointer),
      headers: headersOf(document, located.value, located.pointer),
    });
  }
  return responses;
}

function mediaOf(
  document: ApiDocument,
  validator: SchemaValidator,
  response: JsonObject,
  pointer: string,
): ResponseMedia[] {
  // What no header can say is no type: an answer of it could not be sent.
  const names = Object.keys(objectAt(response, "content")).filter((name) =>
    /^[\x21-\x7e][\x20-\x7e]*$/.test(name),
  );
  const content = pointerTo(pointer, "content");
  const typeOf = (name: string) => typesMeant(document, content, name)[0] ?? name.toLowerCase();
  // A range says less than a type that is named beside it.
  const stands = (name: string) => typeOf(name) === name.toLowerCase() || !names.includes(typeOf(name));
  return names.filter(stands).map((name) => {
    const { value, pointer: place } = document.locate(pointerTo(pointer, "content", name));
    const schema = pointerTo(place, "schema");
    const hasSchema = document.at(schema) !== undefined;
    return {
      type: typeOf(name),
      schema: hasSchema ? schema : null,
      check: hasSchema ? validator.compile(schema, "response") : () => null,
      examples: examplesOf(document, value, place),
    };
  });
}

/** By name; the one of `example` is called `default`. Those that are only linked to are left out. */
function examplesOf(document: ApiDocument, media: JsonObject, pointer: string): Map<string, unknown> {
  const examples = new Map<string, unknown>();
  if (Object.hasOwn(media, "example")) examples.set("default", media.example);
  for (const name of Object.keys(objectAt(media, "examples"))) {
    const { value } = document.locate(pointerTo(pointer, "examples", name));
    if (Object.hasOwn(value, "value")) examples.set(name, value.value);
  }
  return examples;
}

function headersOf(
  document: ApiDocument,
  response: JsonObject,
  pointer: string,
): CompiledResponse["headers"] {
  return Object.keys(objectAt(response, "headers"))
    .filter((name) => /^[A-Za-z0-9-]{1,100}$/.test(name) && name.toLowerCase() !== "content-type")
    .map((name) => {
      const { value, pointer: place } = document.locate(pointerTo(pointer, "headers", name));
      const schema = pointerTo(place, "schema");
      const examples = examplesOf(document, value, place);
      return {
        name: name.toLowerCase(),
        schema: document.at(schema) === undefined ? null : schema,
        example: [...examples.values()][0],
      };
    });
}

/** The answer documented for a status: its own, that of its class, or the default one. */
export function responseFor(
  responses: ReadonlyMap<string, CompiledResponse>,
  status: number,
): CompiledResponse | undefined {
  return responses.get(String(status)) ?? responses.get(`${String(status)[0]}XX`) ?? responses.get("default");
}

/** Is this answer as documented? @throws Error when the status is not documented at all */
export function responseChecker(
  responses: ReadonlyMap<string, CompiledResponse>,
): (status: number, body: unknown) => Flaw[] | null {
  return (status, body) => {
    const response = responseFor(responses, status);
    if (!response) throw new Error(`the status ${status} is not documented`);
    const media = response.media.find(({ type }) => /json/.test(type)) ?? response.media[0];
    if (media) return (media.check satisfies Check)(body);
    return body === undefined ? null : [{ pointer: "", message: "must have no body" }];
  };
}

/** Callbacks an operation would make: they are noted, never sent. Name -> the expressions of where to, with methods. */
export function callbacksOf(document: ApiDocument, operation: JsonObject, pointer: string) {
  const found: { name: string; method: string; expression: string }[] = [];
  for (const name of Object.keys(objectAt(operation, "callbacks")).slice(0, 20)) {
    const callback = document.locate(pointerTo(pointer, "callbacks", name)).value;
    for (const expression of Object.keys(callback).slice(0, 20))
      for (const method of ["get", "put", "post", "patch", "delete"])
        if (isObject(callback[expression]) && isObject((callback[expression] as JsonObject)[method]))
          found.push({ name, method: method.toUpperCase(), expression });
  }
  return found;
}
