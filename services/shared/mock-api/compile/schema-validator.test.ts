import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { MAX_FLAWS, SchemaValidator } from "./schema-validator.ts";

const documentWith = (schemas: object) => ({ components: { schemas } });
const check = (schemas: object, name = "a") =>
  new SchemaValidator(documentWith(schemas)).compile(`/components/schemas/${name}`);

/** Takes at most this long, whatever the document and the value. */
function quickly<T>(action: () => T, limitMs = 2000): T {
  const begin = performance.now();
  const result = action();
  expect(performance.now() - begin).toBeLessThan(limitMs);
  return result;
}

test("everything that is wrong is named, up to a bound", () => {
  const of = check({ a: { type: "object", required: ["x", "y"], properties: { z: { type: "integer" } } } });
  expect(of({ x: 1, y: 2, z: 3 })).toBeNull();
  expect(of({ z: "3" })).toEqual([
    { pointer: "/x", message: "is required" },
    { pointer: "/y", message: "is required" },
    { pointer: "/z", message: "must be integer" },
  ]);
  const list = check({ a: { type: "array", items: { type: "integer" } } });
  expect(list(Array.from({ length: 500 }, () => "x"))).toHaveLength(MAX_FLAWS);
});

test("what only answers hold is not asked of requests, and the other way round", () => {
  const validator = new SchemaValidator(
    documentWith({
      a: {
        type: "object",
        required: ["id", "password"],
        properties: { id: { readOnly: true }, password: { $ref: "#/components/schemas/b" } },
      },
      b: { type: "string", writeOnly: true },
    }),
  );
  const request = validator.compile("/components/schemas/a", "request");
  const response = validator.compile("/components/schemas/a", "response");
  expect(request({ password: "x" })).toBeNull();
  expect(request({ id: 1 })).not.toBeNull();
  expect(response({ id: 1 })).toBeNull();
  expect(response({ password: "x" })).not.toBeNull();
});

const EVIL = "^(a+)+$";

test("an expression that makes others backtrack for ever is matched in linear time", () => {
  const of = check({ a: { type: "string", pattern: EVIL } });
  expect(of("aaaa")).toBeNull();
  expect(quickly(() => of(`${"a".repeat(5000)}!`))).not.toBeNull();
  const keys = check({ a: { patternProperties: { [EVIL]: false } } });
  expect(keys({ aaaa: 1 })).not.toBeNull();
  expect(quickly(() => keys({ [`${"a".repeat(5000)}!`]: 1 }))).toBeNull();
});

test("control: the same expression takes exponentially long where it backtracks", () => {
  const validate = new Ajv2020().compile({ type: "string", pattern: EVIL });
  const time = (length: number) => {
    const begin = performance.now();
    validate(`${"a".repeat(length)}!`);
    return performance.now() - begin;
  };
  time(10);
  expect(time(24)).toBeGreaterThan(20 * time(12));
});

test("an expression that needs looking around is left out, and that is noted", () => {
  const validator = new SchemaValidator(documentWith({ a: { type: "string", pattern: "^(?!x)" } }));
  expect(validator.compile("/components/schemas/a")("x")).toBeNull();
  expect(validator.notes).toEqual([expect.stringContaining("#/components/schemas/a")]);
});

test("expressions are told apart", () => {
  const of = check({ a: { properties: { x: { pattern: "^a$" }, y: { pattern: "^b$" } } } });
  expect(of({ x: "a", y: "b" })).toBeNull();
  expect(of({ x: "b", y: "b" })).toHaveLength(1);
  expect(of({ x: "a", y: "a" })).toHaveLength(1);
});

/** Each schema asks for the next one twice: 2^40 visits of one number. */
const doubling = (last: object) =>
  Object.fromEntries([
    ...Array.from({ length: 40 }, (_, index) => [
      `s${index}`,
      {
        allOf: [
          { $ref: `#/components/schemas/s${index + 1}` },
          { $ref: `#/components/schemas/s${index + 1}` },
        ],
      },
    ]),
    ["s40", last],
  ]);

test("schemas that visit one value exponentially often are given up", () => {
  const of = check(doubling({ type: "integer" }), "s0");
  expect(quickly(() => of(1))).toEqual([{ pointer: "", message: "is too complex to check" }]);
});

test("control: a few doublings fewer are checked", () => {
  expect(check(doubling({ type: "integer" }), "s30")(1)).toBeNull();
  expect(check(doubling({ type: "integer" }), "s30")("x")).not.toBeNull();
});

test("a schema that leads back to itself is given up", () => {
  const of = check({ a: { allOf: [{ $ref: "#/components/schemas/a" }] } });
  expect(quickly(() => of(1))).toEqual([{ pointer: "", message: "is too complex to check" }]);
});

test("telling many items apart takes no quadratic time", () => {
  const of = check({ a: { type: "array", uniqueItems: true } });
  const items = Array.from({ length: 60_000 }, (_, index) => [index % 59_999]);
  expect(quickly(() => of(items))).toHaveLength(1);
  expect(
    of([
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ]),
  ).toHaveLength(1);
  expect(of([1, "1", [1], true])).toBeNull();
});

test("a long text does not keep the expressions of formats busy", () => {
  const of = check({ a: { type: "string", format: "url" } });
  expect(of("https://example.com/x")).toBeNull();
  expect(quickly(() => of(`http://${":".repeat(200_000)}`))).not.toBeNull();
});

test("keywords of the validator that OpenAPI does not have do nothing", () => {
  const of = check({ a: { $async: true, type: "integer", id: "x", $id: "https://evil.example/", $data: 1 } });
  expect(of("text")).not.toBeNull();
  expect(of(1)).toBeNull();
});

test("names that mean something to JavaScript are names like any other", () => {
  const schema = JSON.parse(
    '{"type":"object","properties":{"__proto__":{"type":"integer"},"constructor":{"type":"string"}},"required":["constructor"]}',
  );
  const of = check({ a: schema });
  expect(of({})).toEqual([{ pointer: "/constructor", message: "is required" }]);
  expect(of(JSON.parse('{"constructor":"x","__proto__":{"polluted":true}}'))).toSatisfy(() => true);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  const code = check({
    a: { properties: { '"];process.exit(1);//': { type: "integer" } }, required: ["`+process.exit(1)+`"] },
  });
  expect(code({})).toHaveLength(1);
});

test("references by pointer and by anchor are followed", () => {
  const of = check({
    a: { type: "object", properties: { next: { $ref: "#/components/schemas/a" }, b: { $ref: "#b" } } },
    b: { $anchor: "b", type: "integer" },
  });
  expect(of({ next: { next: { b: 1 } } })).toBeNull();
  expect(of({ next: { next: { b: "1" } } })).toEqual([
    { pointer: "/next/next/b", message: "must be integer" },
  ]);
});
