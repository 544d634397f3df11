import { describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { checkUpload } from "./check-upload.ts";

const NOTHING = { bindings: null, weather: null };
const check = (text: string) => checkUpload(() => Buffer.from(text), NOTHING);
const HEAD = 'openapi: "3.0.3"\ninfo: { title: T, version: "1" }\n';
const OK = "responses: { '200': { description: ok } }";

async function faultsOf(text: string): Promise<string[]> {
  const { issues } = await check(text);
  return issues.map(
    ({ severity, rule, line, column, pointer }) => `${severity} ${rule} ${line}:${column} ${pointer}`,
  );
}

describe("what is said about a document", () => {
  it.each<[what: string, text: string, fault: string]>([
    ["Swagger 2", 'swagger: "2.0"\n', "error version 1:1 /swagger"],
    ["OpenAPI 3.2", 'openapi: "3.2.0"\ninfo: {}\n', "error version 1:1 /openapi"],
    ["a version that is a number", "openapi: 3.1\n", "error version 1:1 /openapi"],
    ["no document", "hello: there\n", "error not-openapi 1:1 "],
    ["nothing", " \n", "error empty null:null "],
    ["broken YAML", "openapi: 3.0.0\n  info: [\n", "error syntax 2:7 "],
    ["broken JSON", '{"openapi": "3.0.0",\n "info": {]}', "error syntax 2:11 "],
    ["a missing field", `${HEAD}`, "error specification 1:1 "],
    [
      "an operationId that is there twice",
      `${HEAD}paths:\n  /a: { get: { operationId: x, ${OK} } }\n  /b:\n    get:\n      operationId: x\n      ${OK}\n`,
      "error duplicate-operation-id 7:7 /paths/~1b/get/operationId",
    ],
    [
      "paths that nothing tells apart",
      `${HEAD}paths:\n  /a/{x}: {}\n  /a/{y}: {}\n`,
      "error ambiguous-path 5:3 /paths/~1a~1{y}",
    ],
    [
      "a parameter that is there twice",
      `${HEAD}paths:\n  /a:\n    get:\n      parameters:\n        - { name: q, in: query, schema: {} }\n        - { name: q, in: query, schema: { type: string } }\n      ${OK}\n`,
      "error duplicate-parameter 8:11 /paths/~1a/get/parameters/1",
    ],
    [
      "a path parameter that is not described",
      `${HEAD}paths:\n  /a/{x}:\n    get:\n      ${OK}\n`,
      "warning path-parameter-undeclared 5:5 /paths/~1a~1{x}/get",
    ],
    [
      "a reference to nothing",
      `${HEAD}paths: {}\ncomponents:\n  schemas:\n    A:\n      $ref: '#/components/schemas/B'\n`,
      "error unresolved-reference 7:7 /components/schemas/A/$ref",
    ],
    [
      "a reference to something else",
      `${HEAD}paths: {}\ncomponents:\n  schemas: { A: { $ref: '#/components/responses/R' } }\n  responses: { R: { description: r } }\n`,
      "error wrong-reference 5:19 /components/schemas/A/$ref",
    ],
  ])("%s is found, and where", async (_what, text, fault) => {
    expect(await faultsOf(text)).toContain(fault);
  });

  it("names schemas that are none, of 3.1", async () => {
    const text = `openapi: 3.1.0\ninfo: { title: T, version: "1" }\ncomponents:\n  schemas:\n    A: { properties: { b: { type: strng } } }\n`;
    expect(await faultsOf(text)).toContain("error json-schema 5:29 /components/schemas/A/properties/b/type");
  });
});

describe("normalising", () => {
  it("serves operations that say nothing of their answers, and says so", async () => {
    const { document, errors, issues } = await check(
      `openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths:\n  /a:\n    get: { summary: nothing }\n    put:\n      responses: { "100": { description: go on } }\n    post:\n      ${OK}\n`,
    );
    expect(errors).toBe(0);
    expect(issues.map(({ rule, pointer }) => [rule, pointer])).toEqual([
      ["no-response", "/paths/~1a/get"],
      ["no-response", "/paths/~1a/put"],
    ]);
    expect(document).not.toBeNull();
  });

  it("follows a path to what is among the paths and none itself", async () => {
    const { document, errors } = await check(
      `${HEAD}\npaths:\n  /a: { $ref: "#/paths/x-shared" }\n  x-shared:\n    get:\n      ${OK}\n`,
    );
    expect(errors).toBe(0);
    expect(Object.keys(document!.paths as object)).toEqual(["/a"]);
  });

  it("makes 3.1 of 3.0", async () => {
    const { document, errors } = await check(`${HEAD}
paths:
  /a/{id}:
    get:
      security: [{ key: [] }]
      ${OK}
components:
  schemas:
    A:
      type: object
      properties:
        name: { type: string, nullable: true, enum: [x], example: x }
        size: { type: integer, minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false }
        more: { nullable: true, allOf: [{ $ref: '#/components/schemas/B' }] }
        ref: { $ref: '#/components/schemas/B', description: ignored }
        file: { type: string, format: byte }
    B: { type: string }
`);
    expect(errors).toBe(0);
    expect(document).toMatchObject({ openapi: "3.1.0" });
    const { schemas, securitySchemes } = document!.components as Record<string, Record<string, object>>;
    expect(schemas!.A).toEqual({
      type: "object",
      properties: {
        name: { type: ["string", "null"], enum: ["x", null], examples: ["x"] },
        size: { type: "integer", exclusiveMinimum: 0, maximum: 9 },
        more: { anyOf: [{ allOf: [{ $ref: "#/components/schemas/B" }] }, { type: "null" }] },
        ref: { $ref: "#/components/schemas/B" },
        file: { type: "string", contentEncoding: "base64" },
      },
    });
    // What is asked for and not described is asked for all the same.
    expect(securitySchemes).toEqual({ key: { type: "http", scheme: "bearer" } });
    expect(document!.paths).toEqual({
      "/a/{id}": {
        get: {
          operationId: "GET /a/{id}",
          security: [{ key: [] }],
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          responses: { "200": { description: "ok" } },
        },
      },
    });
  });
});

describe("a zip", () => {
  const main = `${HEAD}paths:\n  /pets: { $ref: 'paths/pets.yaml' }\n`;
  const pets = `get:\n  responses:\n    '200':\n      description: ok\n      content:\n        application/json: { schema: { $ref: '../schemas.json#/Pet' } }\n`;
  const schemas = '{"Pet": {"type": "object", "properties": {"mate": {"$ref": "#/Pet"}}}}';

  it("is made one document of, with references from file to file", async () => {
    const zip = await zipOf({
      "api/openapi.yaml": main,
      "api/paths/pets.yaml": pets,
      "api/schemas.json": schemas,
    });
    const { document, issues } = await checkUpload(() => zip, NOTHING);
    expect(issues).toEqual([]);
    expect(document!.components).toEqual({
      schemas: { Pet: { type: "object", properties: { mate: { $ref: "#/components/schemas/Pet" } } } },
    });
  });

  it("says in which of its files something is wrong", async () => {
    const broken = pets.replace("#/Pet", "#/Cat");
    const zip = await zipOf({ "openapi.yaml": main, "paths/pets.yaml": broken, "schemas.json": schemas });
    const { issues } = await checkUpload(() => zip, NOTHING);
    expect(issues).toMatchObject([{ severity: "error", file: "paths/pets.yaml", line: 6 }]);
  });

  it.each([
    "../secret.yaml",
    "/etc/passwd",
    "http://169.254.169.254/x.yaml",
    "missing.yaml",
    "..%2f..%2fsecret.yaml",
  ])("cannot lead to %s", async (reference) => {
    const zip = await zipOf({
      "openapi.yaml": main.replace("paths/pets.yaml", reference),
      "secret.yaml": pets,
    });
    const { issues } = await checkUpload(() => zip, NOTHING);
    const errors = issues.filter(({ severity }) => severity === "error");
    expect(errors).toMatchObject([{ rule: "outside-reference", file: "openapi.yaml", line: 4 }]);
  });

  it("cannot be larger than it looks", async () => {
    const zip = await zipOf({ "openapi.yaml": `${main}#${" ".repeat(21 * 1024 * 1024)}` });
    expect(zip.length).toBeLessThan(100_000);
    const { issues } = await checkUpload(() => zip, NOTHING);
    expect(issues).toMatchObject([{ severity: "error", rule: "too-large" }]);
  });

  it("cannot hold names that escape, or links", async () => {
    const named = await zipOf({ "AAAopenapi.yaml": main });
    const escaping = Buffer.from(named.toString("latin1").replaceAll("AAAopenapi", "../openapi"), "latin1");
    expect((await checkUpload(() => escaping, NOTHING)).issues).toMatchObject([
      { rule: "zip", severity: "error" },
    ]);
    const link = await zipOf({ "openapi.yaml": "/etc/passwd" }, 0o120777);
    expect((await checkUpload(() => link, NOTHING)).issues).toMatchObject([
      { rule: "zip", severity: "error" },
    ]);
  });
});

async function zipOf(files: Record<string, string>, mode = 0o100644): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name, { mode });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
