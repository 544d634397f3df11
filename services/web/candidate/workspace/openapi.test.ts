import { describe, expect, it } from "vitest";
import { readOperations, searchOperations } from "./openapi.ts";
import { curlFor, exampleOf, keyHeader, schemaRows, typeWords } from "./openapi-schema.ts";

const document = {
  openapi: "3.1.0",
  tags: [{ name: "Tickets", description: "All about tickets" }, { name: "Unused" }],
  security: [{ key: [] }],
  paths: {
    "/v1/tickets/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", example: "T-1" } }],
      get: { tags: ["Tickets"], summary: "Read a ticket", responses: { 200: { description: "It" } } },
      post: {
        tags: ["Tickets"],
        summary: "Reply",
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Reply" } } } },
        responses: {},
      },
    },
    "/healthz": { get: { security: [], responses: {} } },
  },
  components: {
    securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Api-Key" } },
    schemas: {
      Reply: {
        type: "object",
        required: ["body"],
        properties: {
          body: { type: "string", example: "It's done" },
          kind: { enum: ["public", "internal"] },
          author: { $ref: "#/components/schemas/Node" },
        },
      },
      Node: { type: "object", properties: { child: { $ref: "#/components/schemas/Node" } } },
      Loop: { $ref: "#/components/schemas/Loop" },
    },
  },
};

describe("reading an OpenAPI document", () => {
  it("groups operations by tag, with the parameters of their path, and drops empty tags", () => {
    const groups = readOperations(document);
    expect(groups.map((group) => [group.tag, group.operations.map((operation) => operation.id)])).toEqual([
      ["Tickets", ["get /v1/tickets/{id}", "post /v1/tickets/{id}"]],
      ["Operations", ["get /healthz"]],
    ]);
    expect(groups[0]?.operations[0]?.parameters[0]?.name).toBe("id");
    expect(groups[1]?.operations[0]?.secured).toBe(false);
  });

  it("finds operations by all the words given, in any order", () => {
    const groups = readOperations(document);
    expect(searchOperations(groups, "reply TICKETS")[0]?.operations).toHaveLength(1);
    expect(searchOperations(groups, "reply health")).toEqual([]);
    expect(searchOperations(groups, " ")).toEqual(groups);
  });

  it("ends with schemas that refer to themselves", () => {
    const node = { $ref: "#/components/schemas/Node" };
    expect(schemaRows(document, node).length).toBeLessThan(10);
    expect(JSON.stringify(exampleOf(document, node))).toContain("child");
    expect(typeWords(document, { $ref: "#/components/schemas/Loop" })).toBe("any");
    expect(typeWords(document, { $ref: "#/__proto__/polluted" })).toBe("any");
  });

  it.each([
    [{}, 0],
    [{ paths: 3, tags: "text" }, 0],
    [{ paths: { "/a": { get: null } }, tags: [7, null] }, 1],
    [{ paths: { "/a": { get: { parameters: {}, responses: [], requestBody: "text" } } } }, 1],
    [{ paths: { "/a": { $ref: "https://elsewhere.example/a" } } }, 0],
  ])("makes what it can of %j", (odd, operations) => {
    expect(readOperations(odd).flatMap((group) => group.operations)).toHaveLength(operations);
  });
});

describe("the curl command", () => {
  it("holds the key, the example of the path and a body that survives the shell", () => {
    const reply = readOperations(document)[0]!.operations[1]!;
    expect(curlFor(document, reply, "http://helpdesk.internal/", "k-1")).toBe(
      [
        "curl -X POST 'http://helpdesk.internal/v1/tickets/T-1' \\",
        "  -H 'X-Api-Key: k-1' \\",
        "  -H 'Content-Type: application/json' \\",
        `  -d '{"body":"It'\\''s done","kind":"public","author":{"child":{"child":{"child":{"child":null}}}}}'`,
      ].join("\n"),
    );
  });

  it("sends no key where none is asked for", () => {
    const health = readOperations(document)[1]!.operations[0]!;
    expect(curlFor(document, health, "http://helpdesk.internal", "k-1")).toBe(
      "curl 'http://helpdesk.internal/healthz'",
    );
    expect(keyHeader({}, "k")).toBe("Authorization: Bearer k");
  });
});
