import { expect, test } from "vitest";
import { MockApiCompileError } from "./compile-error.ts";
import { compileMockApi } from "./compile-mock-api.ts";

const response = { "200": { description: "", content: { "application/json": { schema: true } } } };
const bindings = {
  formatVersion: 1,
  collections: { notes: { table: "notes", id: "id", properties: { id: { type: "string" } } } },
  operations: { read: { kind: "read", collection: "notes", parameter: "id" } },
};

const documentWith = (operation: object, path = "/notes/{id}", more: object = {}) => ({
  openapi: "3.1.0",
  info: { title: "Notes", version: "1" },
  paths: {
    [path]: {
      get: {
        operationId: "read",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: response,
        ...operation,
      },
    },
  },
  ...more,
});

function issuesOf(document: unknown, bound: unknown = bindings): string {
  try {
    compileMockApi(document, bound);
    return "";
  } catch (error) {
    expect(error).toBeInstanceOf(MockApiCompileError);
    return (error as MockApiCompileError).issues.join("\n");
  }
}

test("a document and bindings that fit compile", () => {
  expect(issuesOf(documentWith({}))).toBe("");
});

test("an operation may have no binding, and no operationId", () => {
  expect(issuesOf(documentWith({}), { ...bindings, operations: {} })).toBe("");
  expect(issuesOf(documentWith({ operationId: undefined }), { ...bindings, operations: {} })).toBe("");
});

test("an operation that documents no answer answers 204 unless it is bound", () => {
  const compiled = compileMockApi(documentWith({ responses: undefined }), { ...bindings, operations: {} });
  const operation = compiled.operations.get("read")!;
  expect(operation).toMatchObject({ successStatus: 204, successBody: false });
  expect(operation.responses.get("204")).toEqual({ media: [], headers: [] });
  expect(issuesOf(documentWith({ responses: undefined }))).toMatch(/no response between 200 and 299/);
});

test("an operation without operationId is bound by its method and path", () => {
  const bound = { ...bindings, operations: { "GET /notes/{id}": bindings.operations.read } };
  expect(issuesOf(documentWith({ operationId: undefined }), bound)).toBe("");
});

const scheme = (value: object) => ({
  components: { securitySchemes: { key: value } },
  security: [{ key: [] }],
});
const parameter = (value: object) => ({
  parameters: [
    { name: "id", in: "path", required: true, schema: { type: "string" } },
    { name: "p", ...value },
  ],
});
const withOperation = (operation: object) => ({ ...bindings, operations: { read: operation } });

test.each<[string, unknown, unknown, RegExp]>([
  ["another version", { openapi: "3.0.3" }, bindings, /not OpenAPI 3\.1/],
  ["nothing", null, bindings, /not OpenAPI 3\.1/],
  ["bindings of another shape", documentWith({}), { ...bindings, colections: {} }, /bindings/],
  [
    "a binding without operation",
    documentWith({}),
    { ...bindings, operations: { ...bindings.operations, more: bindings.operations.read } },
    /operations\.more/,
  ],
  [
    "a remote reference",
    documentWith({ requestBody: { $ref: "http://x/y.json" } }),
    bindings,
    /leaves the document/,
  ],
  [
    "a file reference",
    documentWith({ requestBody: { $ref: "../secret.yaml#/a" } }),
    bindings,
    /leaves the document/,
  ],
  [
    "a circular reference",
    documentWith({ requestBody: { $ref: "#/paths/~1notes~1{id}/get/requestBody" } }),
    bindings,
    /do not end/,
  ],
  [
    "a reference to nothing",
    documentWith({ requestBody: { $ref: "#/components/none" } }),
    bindings,
    /no object at/,
  ],
  [
    "a schema reference to nothing",
    documentWith(parameter({ in: "query", schema: { type: "string", allOf: [{ $ref: "#/x" }] } })),
    bindings,
    /#\/x/,
  ],
  [
    "no success",
    documentWith({ responses: { "404": { description: "" } } }),
    bindings,
    /between 200 and 299/,
  ],
  [
    "a style of another place",
    documentWith(parameter({ in: "query", style: "matrix", schema: { type: "object" } })),
    bindings,
    /"matrix" is not one for query/,
  ],
  [
    "a parameter nowhere",
    documentWith(parameter({ in: "body", schema: { type: "string" } })),
    bindings,
    /"body"/,
  ],
  [
    "a scheme that cannot be checked",
    documentWith({}, "/notes/{id}", scheme({ type: "mutualTLS" })),
    bindings,
    /"key" is not supported/,
  ],
  ["parameters that touch", documentWith({}, "/notes/{a}{id}"), bindings, /touch/],
  [
    "an unknown parameter",
    documentWith({}),
    withOperation({ kind: "read", collection: "notes", parameter: "note" }),
    /no path parameter "note"/,
  ],
  [
    "an unknown collection",
    documentWith({}),
    withOperation({ kind: "read", collection: "books", parameter: "id" }),
    /no collection "books"/,
  ],
  [
    "an unknown property",
    documentWith({}),
    withOperation({ kind: "patch", collection: "notes", parameter: "id", accept: ["x"] }),
    /no property "x"/,
  ],
  [
    "a bad name",
    documentWith({}),
    { ...bindings, collections: { 'a"b': bindings.collections.notes } },
    /collections/,
  ],
])("%s is refused with a reason", (_what, document, bound, reason) => {
  expect(issuesOf(document, bound)).toMatch(reason);
});
