import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DOCUMENT_KEY, type DocumentApi, serveDocument } from "../../../test/support/document-api.ts";

const ok = { 200: { description: "", content: { "application/json": { schema: { type: "object" } } } } };
const body = (content: object, required = true) => ({ requestBody: { required, content }, responses: ok });
const form = {
  type: "object",
  required: ["name"],
  properties: {
    name: { type: "string" },
    age: { type: "integer" },
    tags: { type: "array", items: { type: "string", maxLength: 3 } },
    meta: { type: "object", properties: { a: { type: "integer" } } },
    file: { type: "string", contentMediaType: "image/png", maxLength: 1000 },
  },
};
const secured = (security: object[]) => ({ get: { security, responses: ok } });
const pet = {
  type: "object",
  required: ["id", "name"],
  properties: {
    id: { type: "integer" },
    name: { type: "string" },
    secret: { type: "string", writeOnly: true },
  },
};

const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "", version: "" },
  servers: [
    {
      url: "https://api.example.com/{version}",
      variables: { version: { default: "v1", enum: ["v1", "v2"] } },
    },
  ],
  components: {
    securitySchemes: {
      header: { type: "apiKey", in: "header", name: "X-Key" },
      query: { type: "apiKey", in: "query", name: "key" },
      cookie: { type: "apiKey", in: "cookie", name: "session" },
      basic: { type: "http", scheme: "basic" },
      bearer: { type: "http", scheme: "bearer" },
      oauth: { type: "oauth2", flows: {} },
    },
  },
  paths: {
    "/json": { post: body({ "application/json": { schema: form }, "application/vnd.x+json": {} }) },
    "/form": {
      post: body({
        "application/x-www-form-urlencoded": {
          schema: form,
          encoding: { tags: { style: "form", explode: false } },
        },
      }),
    },
    "/multipart": {
      post: body({
        "multipart/form-data": { schema: form, encoding: { file: { contentType: "image/png, image/*" } } },
      }),
    },
    "/text": {
      put: body({
        "text/plain": { schema: { type: "string", maxLength: 5 } },
        "application/xml": { schema: form },
      }),
    },
    "/bytes": { put: body({ "image/*": {}, "application/octet-stream": {} }) },
    "/header": secured([{ header: [] }]),
    "/query": secured([{ query: [] }]),
    "/cookie": secured([{ cookie: [] }]),
    "/basic": secured([{ basic: [] }]),
    "/oauth": secured([{ oauth: ["read"] }]),
    "/both": secured([{ header: [], query: [] }]),
    "/either": secured([{ header: [] }, { bearer: [] }]),
    "/open": secured([{ header: [] }, {}]),
    "/pets/{id}": {
      get: {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
        responses: {
          200: {
            description: "",
            headers: {
              "X-Rate": { schema: { type: "integer", minimum: 5, maximum: 5 } },
              "X-Note": { example: "hello", schema: { type: "string" } },
            },
            content: {
              "application/json": {
                schema: pet,
                examples: { cat: { value: { id: 1, name: "Cat" } }, dog: { value: { id: 2, name: "Dog" } } },
              },
              "application/xml": { schema: pet },
            },
          },
          404: { description: "", content: { "application/problem+json": { example: { title: "No pet" } } } },
          "5XX": { description: "" },
        },
      },
      delete: { responses: { 204: { description: "" } } },
    },
    "/generated": {
      get: { responses: { 200: { description: "", content: { "application/json": { schema: pet } } } } },
    },
    "/orders": {
      post: {
        ...body({ "application/json": { schema: { type: "object" } } }),
        callbacks: {
          shipped: { "{$request.body#/callbackUrl}?id={$response.body#/id}": { post: { responses: ok } } },
        },
      },
    },
  },
};

let api: DocumentApi;
beforeAll(async () => {
  api = await serveDocument(DOCUMENT);
});
afterAll(() => api.close());

const JSON_TYPE = { "content-type": "application/json" };
const send = (
  method: string,
  path: string,
  headers: Record<string, string> = {},
  text?: string | Uint8Array,
) => api.send(method, `/v1${path}`, { headers, ...(text === undefined ? {} : { body: text }) });

describe("where it is", () => {
  test("every base path of the servers leads there, and nothing else", async () => {
    for (const [path, status] of [
      ["/v1/generated", 200],
      ["/v2/generated", 200],
      ["/v3/generated", 404],
      ["/generated", 404],
    ] as const)
      expect((await api.send("GET", path)).status, path).toBe(status);
  });

  test("HEAD, OPTIONS and other methods", async () => {
    const head = await send("HEAD", "/pets/1");
    expect([head.status, head.text]).toEqual([200, ""]);
    expect(Number(head.headers["content-length"])).toBeGreaterThan(10);
    const options = await send("OPTIONS", "/pets/1");
    expect([options.status, options.headers.allow]).toEqual([204, "GET, DELETE, HEAD, OPTIONS"]);
    const put = await send("PUT", "/pets/1");
    expect([put.status, put.headers.allow]).toEqual([405, "GET, DELETE, HEAD, OPTIONS"]);
  });
});

describe("bodies", () => {
  const MULTI = { "content-type": "multipart/form-data; boundary=b" };
  const part = (name: string, text: string, more = "") =>
    `--b\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${text}\r\n`;
  const png = (type: string) =>
    `--b\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: ${type}\r\n\r\nx\r\n`;

  test.each<[string, string, Record<string, string>, string, number, RegExp?]>([
    ["POST", "/json", JSON_TYPE, '{"name":"a"}', 200],
    ["POST", "/json", { "content-type": "application/vnd.x+json" }, "[1]", 200],
    ["POST", "/json", JSON_TYPE, '{"age":"x","tags":["abcd"]}', 422, /\/name.*\/age.*\/tags\/0/],
    ["POST", "/json", JSON_TYPE, "{", 400],
    ["POST", "/json", {}, '{"name":"a"}', 415],
    ["POST", "/json", { "content-type": "text/html" }, "<p>", 415],
    [
      "POST",
      "/form",
      { "content-type": "application/x-www-form-urlencoded" },
      "name=a+b&age=5&tags=x,y&a=1",
      200,
    ],
    [
      "POST",
      "/form",
      { "content-type": "application/x-www-form-urlencoded" },
      "age=five&tags=abcd",
      422,
      /\/name.*\/age.*\/tags\/0/,
    ],
    ["POST", "/form", { "content-type": "application/x-www-form-urlencoded" }, "a=%zz", 422, /\/name/],
    [
      "POST",
      "/multipart",
      MULTI,
      `${part("name", "a")}${part("age", "5")}${part("tags", "x")}${part("tags", "y")}${png("image/png")}--b--`,
      200,
    ],
    ["POST", "/multipart", MULTI, `${part("name", "a")}${part("meta", '{"a":"x"}')}--b--`, 422, /\/meta\/a/],
    ["POST", "/multipart", MULTI, `${part("name", "a")}${png("text/html")}--b--`, 422, /\/file.*image\/png/],
    ["POST", "/multipart", MULTI, part("name", "a"), 400],
    ["POST", "/multipart", { "content-type": "multipart/form-data" }, "x", 400],
    ["POST", "/multipart", MULTI, `${part("x", "a").repeat(300)}--b--`, 400],
    ["PUT", "/text", { "content-type": "text/plain; charset=utf-8" }, "short", 200],
    ["PUT", "/text", { "content-type": "text/plain" }, "too long", 422],
    ["PUT", "/text", { "content-type": "text/plain; charset=latin1" }, "short", 415],
    ["PUT", "/text", { "content-type": "application/xml" }, "<anything", 200],
    ["PUT", "/bytes", { "content-type": "image/png" }, "\u0000\u0001", 200],
    ["PUT", "/bytes", { "content-type": "video/mp4" }, "x", 415],
    ["PUT", "/bytes", { "content-type": "image/png", "content-encoding": "gzip" }, "x", 415],
    ["PUT", "/bytes", { "content-type": "image/png", "content-length": "0" }, "", 400],
  ])("%s %s %o %j is answered %i", async (method, path, headers, text, status, named) => {
    const answer = await send(method, path, headers, text);
    expect(answer.status, answer.text).toBe(status);
    if (status >= 400) expect(answer.headers["content-type"]).toBe("application/problem+json");
    if (named) expect(JSON.stringify(answer.body.errors)).toMatch(named);
  });

  test("more than is allowed is refused", async () => {
    const answer = await send("PUT", "/bytes", { "content-type": "image/png" }, Buffer.alloc(300_000));
    expect(answer.status).toBe(413);
  });
});

describe("keys", () => {
  const key = DOCUMENT_KEY;
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
  test.each<[string, Record<string, string>, number]>([
    ["/header", { "x-key": key }, 200],
    ["/header", { "x-key": "other" }, 401],
    ["/header", { authorization: `Bearer ${key}` }, 401],
    [`/query?key=${key}`, {}, 200],
    ["/query", {}, 401],
    ["/cookie", { cookie: `a=b; session=${key}` }, 200],
    ["/cookie", { cookie: `sessions=${key}` }, 401],
    ["/basic", basic(`user:${key}`), 200],
    ["/basic", basic(`${key}:`), 200],
    ["/basic", basic("user:other"), 401],
    ["/oauth", { authorization: `Bearer ${key}` }, 200],
    ["/oauth", {}, 401],
    [`/both?key=${key}`, { "x-key": key }, 200],
    [`/both?key=${key}`, {}, 401],
    ["/both", { "x-key": key }, 401],
    ["/either", { "x-key": key }, 200],
    ["/either", { authorization: `Bearer ${key}` }, 200],
    ["/either", {}, 401],
    ["/open", {}, 200],
  ])("%s with %o is answered %i", async (path, headers, status) => {
    const answer = await send("GET", path, headers);
    expect(answer.status).toBe(status);
    if (status === 401) expect(answer.headers["www-authenticate"]).toMatch(/^(Bearer|Basic) realm="api"/);
  });
});

describe("answers of what is not bound", () => {
  test("the first example, the one preferred, or one made up", async () => {
    expect((await send("GET", "/pets/1")).body).toEqual({ id: 1, name: "Cat" });
    expect((await send("GET", "/pets/1", { prefer: "example=dog" })).body).toEqual({ id: 2, name: "Dog" });
    expect((await send("GET", "/pets/1?__example=dog")).body).toEqual({ id: 2, name: "Dog" });
    expect((await send("GET", "/pets/1", { prefer: "example=cow" })).status).toBe(404);
    const made = await send("GET", "/pets/1", { prefer: "dynamic=true" });
    expect(made.body).toEqual({ id: expect.any(Number), name: expect.any(String) });
    expect(made.body).not.toEqual({ id: 1, name: "Cat" });
  });

  test("another documented status", async () => {
    const answer = await send("GET", "/pets/1", { prefer: "code=404" });
    expect([answer.status, answer.body]).toEqual([404, { title: "No pet" }]);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect((await send("GET", "/pets/1", { prefer: "code=503" })).status).toBe(503);
    expect((await send("GET", "/pets/1", { prefer: "code=418" })).body.code).toBe("not_documented");
    expect((await send("GET", "/pets/1", { prefer: "code=abc" })).status).toBe(400);
  });

  test("the same request gets the same answer, another one another", async () => {
    const first = (await send("GET", "/generated")).text;
    expect((await send("GET", "/generated")).text).toBe(first);
    const other = await serveDocument(DOCUMENT, "another seed");
    expect((await other.send("GET", "/v1/generated")).text).not.toBe(first);
    await other.close();
  });

  test("what may only be sent is never answered, headers are as documented", async () => {
    const answer = await send("GET", "/pets/1", { prefer: "dynamic=true" });
    expect(answer.body).not.toHaveProperty("secret");
    expect(answer.headers).toMatchObject({ "x-rate": "5", "x-note": "hello" });
  });

  test("the media type is what the caller takes", async () => {
    const xml = await send("GET", "/pets/1", { accept: "application/xml" });
    expect([xml.status, xml.headers["content-type"]]).toEqual([200, "application/xml"]);
    expect(xml.text).toMatch(/<id>\d+<\/id>/);
    const both = await send("GET", "/pets/1", { accept: "application/xml;q=0.5, application/json" });
    expect(both.headers["content-type"]).toBe("application/json");
    expect((await send("GET", "/pets/1", { accept: "text/html" })).status).toBe(406);
    expect((await send("DELETE", "/pets/1", { accept: "text/html" })).status).toBe(204);
  });

  test("callbacks are noted and never sent", async () => {
    api.answers.length = 0;
    await send("POST", "/orders", JSON_TYPE, '{"callbackUrl":"http://169.254.169.254/x"}');
    expect(api.answers[0]?.callbacks).toEqual([
      { name: "shipped", method: "POST", url: "http://169.254.169.254/x?id=" },
    ]);
  });
});
