import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ApiDocument } from "../compile/document.ts";
import { SchemaValidator } from "../compile/schema-validator.ts";
import { generateValue } from "./generate-value.ts";

function generate(schemas: Record<string, unknown>, seed: string, useExamples = false) {
  const document = new ApiDocument({ schemas });
  const check = new SchemaValidator(document).compile("/schemas/a", "response");
  const value = generateValue(document, "/schemas/a", { seed, useExamples, check });
  return { value, flaws: check(value) };
}

const bounds = (least: string, most: string, max: number) =>
  fc
    .tuple(fc.nat(max), fc.nat(max))
    .map(([one, two]) => ({ [least]: Math.min(one, two), [most]: Math.max(one, two) }));
const text = fc.oneof(
  bounds("minLength", "maxLength", 40).map((more) => ({ type: "string", ...more })),
  fc.constantFrom(
    ...[
      "date-time",
      "date",
      "time",
      "duration",
      "email",
      "hostname",
      "ipv4",
      "ipv6",
      "uri",
      "uuid",
      "json-pointer",
      "byte",
    ].map((format) => ({ type: "string", format })),
  ),
  fc
    .constantFrom(
      "^[A-Z]{3}-\\d{4}$",
      "^(foo|ba[rz])+$",
      "^\\w+@\\w+\\.(com|org)$",
      "[a-f0-9]{8}",
      "^[^\\s/]{2,9}$",
      "^v\\d+(\\.\\d+){2}$",
    )
    .map((pattern) => ({ type: "string", pattern })),
);
const number = fc.oneof(
  bounds("minimum", "maximum", 500).map((more) => ({ type: "integer", ...more })),
  fc.nat(100).map((low) => ({ type: "number", exclusiveMinimum: low, exclusiveMaximum: low + 1 })),
  fc
    .constantFrom(0.01, 0.5, 3, 7)
    .map((multipleOf) => ({ type: "number", minimum: 1, maximum: 90, multipleOf })),
);
const leaf = fc.oneof(
  text,
  number,
  fc.constant({ type: "boolean" }),
  fc.constant({ type: ["integer", "null"] }),
  fc
    .array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 })
    .map((list) => ({ enum: list })),
  fc.jsonValue({ maxDepth: 1 }).map((value) => ({ const: value })),
);
const { schema } = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc
      .record({
        properties: fc.dictionary(fc.constantFrom("id", "name", "tags", "__proto", "x y"), tie("schema"), {
          maxKeys: 4,
        }),
        closed: fc.boolean(),
        all: fc.boolean(),
      })
      .map(({ properties, closed, all }) => ({
        type: "object",
        properties,
        ...(closed ? { additionalProperties: false } : {}),
        required: all ? Object.keys(properties) : Object.keys(properties).slice(0, 1),
      })),
    fc
      .tuple(tie("schema"), bounds("minItems", "maxItems", 4))
      .map(([items, more]) => ({ type: "array", items, ...more })),
    fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    tie("schema").map((additionalProperties) => ({
      type: "object",
      additionalProperties,
      minProperties: 1,
      maxProperties: 3,
    })),
    tie("schema").map((one) => ({ allOf: [one, {}] })),
    fc
      .array(tie("schema"), { minLength: 1, maxLength: 2 })
      .map((prefixItems) => ({ type: "array", prefixItems, items: false })),
  ),
}));

test("whatever the schema, the value is one of it", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(schema, fc.string(), (one, seed) => {
      const { value, flaws } = generate({ a: one }, seed);
      expect(flaws, JSON.stringify(value)).toBeNull();
    }),
    { numRuns: 150 },
  );
});

describe("what schemas ask for", () => {
  test.each<[string, Record<string, unknown>]>([
    [
      "one of several objects",
      {
        a: {
          oneOf: [
            { type: "object", required: ["x"], properties: { x: { const: 1 } } },
            { type: "object", required: ["y"], properties: { y: { type: "string" }, x: false } },
          ],
        },
      },
    ],
    [
      "parts of several schemas",
      {
        a: {
          allOf: [
            { $ref: "#/schemas/b" },
            { required: ["z"], properties: { z: { minimum: 5 }, y: { maxLength: 4 } } },
          ],
        },
        b: {
          type: "object",
          required: ["y"],
          properties: { y: { type: "string", minLength: 3 }, z: { type: "integer", maximum: 6 } },
        },
      },
    ],
    [
      "a tree",
      {
        a: {
          type: "object",
          required: ["children"],
          properties: { children: { type: "array", items: { $ref: "#/schemas/a" } } },
        },
      },
    ],
    [
      "a list that is linked",
      {
        a: {
          type: "object",
          required: ["next"],
          properties: { next: { oneOf: [{ $ref: "#/schemas/a" }, { type: "null" }] } },
        },
      },
    ],
    [
      "different items",
      { a: { type: "array", uniqueItems: true, minItems: 4, items: { enum: [1, 2, 3, 4] } } },
    ],
    [
      "an item among others",
      {
        a: {
          type: "array",
          items: { type: "integer" },
          contains: { minimum: 100_000, maximum: 100_001 },
          minItems: 3,
        },
      },
    ],
    [
      "names of a kind",
      {
        a: {
          type: "object",
          propertyNames: { pattern: "^[a-z]{3}$" },
          minProperties: 2,
          additionalProperties: { type: "integer" },
        },
      },
    ],
    [
      "names by expression",
      {
        a: {
          type: "object",
          patternProperties: { "^x-\\d$": { type: "boolean" } },
          additionalProperties: false,
          minProperties: 1,
        },
      },
    ],
    [
      "what depends on something",
      {
        a: {
          type: "object",
          required: ["card"],
          properties: { card: { type: "string" }, address: { type: "string" } },
          dependentRequired: { card: ["address"] },
        },
      },
    ],
    ["not something", { a: { type: "integer", minimum: 0, maximum: 3, not: { const: 2 } } }],
    [
      "one thing or another",
      {
        a: {
          type: "object",
          properties: { kind: { enum: ["a", "b"] } },
          required: ["kind"],
          if: { properties: { kind: { const: "a" } } },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { required: ["x"], properties: { x: { type: "integer" } } },
          else: { required: ["y"] },
        },
      },
    ],
    ["nothing in particular", { a: {} }],
    [
      "a bad example",
      { a: { type: "object", required: ["n"], properties: { n: { type: "integer", example: "seven" } } } },
    ],
  ])("%s", (_what, schemas) => {
    for (const seed of ["1", "2", "3", "4", "5"]) {
      const { value, flaws } = generate(schemas, seed, true);
      expect(flaws, JSON.stringify(value)).toBeNull();
    }
  });

  test("a name that tells alternatives apart says which it is", () => {
    const { value } = generate(
      {
        a: {
          oneOf: [{ $ref: "#/schemas/Cat" }],
          discriminator: { propertyName: "kind", mapping: { cat: "#/schemas/Cat" } },
        },
        Cat: { type: "object", required: ["kind"], properties: { kind: { type: "string" } } },
      },
      "x",
    );
    expect(value).toEqual({ kind: "cat" });
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "a format called %s is one that nobody knows",
    (format) => {
      expect(generate({ a: { type: "string", format } }, "x").value).toMatch(/^[a-z]+$/);
    },
  );

  test("a schema that nothing can match ends", () => {
    const begin = performance.now();
    generate({ a: { allOf: [{ type: "string" }, { type: "integer" }] } }, "x");
    generate({ a: { type: "object", required: ["a"], properties: { a: { $ref: "#/schemas/a" } } } }, "x");
    const wide = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`p${index}`, { $ref: "#/schemas/a" }]),
    );
    generate({ a: { type: "object", properties: wide, required: Object.keys(wide) } }, "x");
    expect(performance.now() - begin).toBeLessThan(3000);
  });
});
