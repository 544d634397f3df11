/** What somebody who knows Prism would try, and what comes of it there and here. */
export interface PrismBehaviour {
  /** As docs/mock-apis.md names it. */
  name: string;
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** Status, and what the text of the body must hold. */
  ours: { status: number; holds?: string };
  prism: { status: number; holds?: string };
}

const JSON_TYPE = { "content-type": "application/json" };
const text = { description: "", content: { "text/plain": { example: "plain" } } };

export const BEHAVIOUR_DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Pets", version: "1" },
  paths: {
    "/pets/{id}": {
      get: {
        operationId: "getPet",
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "integer" } },
          { name: "limit", in: "query", schema: { type: "integer", maximum: 10 } },
          { name: "X-Trace", in: "header", schema: { type: "string", maxLength: 5 } },
        ],
        responses: {
          200: {
            description: "",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: ["name"],
                  properties: { name: { type: "string", minLength: 30 } },
                },
                examples: { cat: { value: { name: "Cat" } }, dog: { value: { name: "Dog" } } },
              },
              "application/xml": { example: "<pet>Cat</pet>" },
            },
          },
          404: { description: "", content: { "application/json": { example: { error: "no pet" } } } },
        },
      },
    },
    "/pets": {
      post: {
        operationId: "addPet",
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
            },
          },
        },
        responses: {
          201: text,
          422: { description: "", content: { "application/json": { example: { sample: true } } } },
        },
      },
    },
    "/secret": {
      get: { operationId: "getSecret", security: [{ key: [] }], responses: { 200: text } },
    },
  },
  components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } } },
};

export const PRISM_BEHAVIOURS: PrismBehaviour[] = [
  {
    name: "the first example answers",
    method: "GET",
    path: "/pets/1",
    ours: { status: 200, holds: "Cat" },
    prism: { status: 200, holds: "Cat" },
  },
  {
    name: "Prefer: example=name",
    method: "GET",
    path: "/pets/1",
    headers: { prefer: "example=dog" },
    ours: { status: 200, holds: "Dog" },
    prism: { status: 200, holds: "Dog" },
  },
  {
    name: "an example that is not there",
    method: "GET",
    path: "/pets/1",
    headers: { prefer: "example=cow" },
    ours: { status: 404 },
    prism: { status: 404 },
  },
  {
    name: "Prefer: code=404",
    method: "GET",
    path: "/pets/1",
    headers: { prefer: "code=404" },
    ours: { status: 404, holds: "no pet" },
    prism: { status: 404, holds: "no pet" },
  },
  {
    name: "a code that is not documented",
    method: "GET",
    path: "/pets/1",
    headers: { prefer: "code=418" },
    ours: { status: 404 },
    prism: { status: 404 },
  },
  {
    name: "Prefer: dynamic=true",
    method: "GET",
    path: "/pets/1",
    headers: { prefer: "dynamic=true" },
    ours: { status: 200, holds: "name" },
    prism: { status: 200, holds: "name" },
  },
  {
    name: "__code in the query",
    method: "GET",
    path: "/pets/1?__code=404",
    ours: { status: 404, holds: "no pet" },
    prism: { status: 404, holds: "no pet" },
  },
  {
    name: "Accept chooses the media type",
    method: "GET",
    path: "/pets/1",
    headers: { accept: "application/xml" },
    ours: { status: 200, holds: "<pet>" },
    prism: { status: 200, holds: "<pet>" },
  },
  {
    name: "nothing acceptable",
    method: "GET",
    path: "/pets/1",
    headers: { accept: "image/png" },
    ours: { status: 406 },
    prism: { status: 406 },
  },
  { name: "an unknown path", method: "GET", path: "/cats", ours: { status: 404 }, prism: { status: 404 } },
  {
    name: "an unknown method",
    method: "PUT",
    path: "/pets/1",
    ours: { status: 405 },
    prism: { status: 405 },
  },
  {
    name: "a parameter of the wrong type",
    method: "GET",
    path: "/pets/x",
    ours: { status: 422 },
    prism: { status: 422 },
  },
  {
    name: "a query parameter out of bounds",
    method: "GET",
    path: "/pets/1?limit=11",
    ours: { status: 422 },
    prism: { status: 422 },
  },
  {
    name: "a header that is too long",
    method: "GET",
    path: "/pets/1",
    headers: { "x-trace": "too long" },
    ours: { status: 422 },
    prism: { status: 422 },
  },
  {
    name: "a query parameter that is not documented",
    method: "GET",
    path: "/pets/1?colour=red",
    ours: { status: 422 },
    prism: { status: 200 },
  },
  {
    name: "a valid body",
    method: "POST",
    path: "/pets",
    headers: JSON_TYPE,
    body: '{"name":"Cat"}',
    ours: { status: 201, holds: "plain" },
    prism: { status: 201, holds: "plain" },
  },
  {
    name: "an invalid body",
    method: "POST",
    path: "/pets",
    headers: JSON_TYPE,
    body: "{}",
    ours: { status: 422, holds: "/name" },
    prism: { status: 422, holds: "sample" },
  },
  {
    name: "a body of another type",
    method: "POST",
    path: "/pets",
    headers: { "content-type": "text/html" },
    body: "<p>",
    ours: { status: 415 },
    prism: { status: 422, holds: "sample" },
  },
  { name: "no key", method: "GET", path: "/secret", ours: { status: 401 }, prism: { status: 401 } },
  {
    name: "a wrong key",
    method: "GET",
    path: "/secret",
    headers: { "x-key": "anything" },
    ours: { status: 401 },
    prism: { status: 200 },
  },
];

export function isSame({ ours, prism }: PrismBehaviour): boolean {
  return ours.status === prism.status && ours.holds === prism.holds;
}
