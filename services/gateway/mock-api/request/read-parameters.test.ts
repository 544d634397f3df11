import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { compileMockApi } from "../../../shared/mock-api/compile/compile-mock-api.ts";
import { matchRoute } from "./match-route.ts";
import { parseQuery, readParameters } from "./read-parameters.ts";

const NUMBERS = { type: "array", items: { type: "integer" } };
const COLOR = {
  type: "object",
  properties: { R: { type: "integer" }, G: { type: "integer" } },
  additionalProperties: false,
};
type Place = "path" | "query" | "header" | "cookie";

/** The value read of the parameter `p`, or what is wrong. */
function read(parameter: { in: Place; [key: string]: unknown }, text: string): unknown {
  const required = parameter.in === "path";
  const api = compileMockApi(
    {
      openapi: "3.1.0",
      info: { title: "", version: "" },
      paths: {
        [required ? "/x/{p}" : "/x"]: {
          get: {
            parameters: [{ name: "p", required, ...parameter }],
            responses: { 200: { description: "" } },
          },
        },
      },
    },
    { formatVersion: 1, collections: {}, operations: {} },
  );
  const url = required ? `/x/${text}` : parameter.in === "query" ? `/x?${text}` : "/x";
  const match = matchRoute(api, "GET", url);
  if ("allow" in match) throw new Error("no operation");
  const headers = parameter.in === "header" ? { p: text } : parameter.in === "cookie" ? { cookie: text } : {};
  const { parameters, violations } = readParameters(match, parseQuery(match.query), {
    headers,
  } as unknown as IncomingMessage);
  return violations.length > 0
    ? violations.map(({ message }) => message).join("; ")
    : parameters[parameter.in].get("p");
}

const RG = { R: 100, G: 200 };

test.each<[Place, string | undefined, boolean | undefined, object, string, unknown]>([
  ["path", undefined, undefined, { type: "integer" }, "5", 5],
  ["path", "simple", false, NUMBERS, "3,4,5", [3, 4, 5]],
  ["path", "simple", true, NUMBERS, "3,4,5", [3, 4, 5]],
  ["path", "simple", false, COLOR, "R,100,G,200", RG],
  ["path", "simple", true, COLOR, "R=100,G=200", RG],
  ["path", "label", false, { type: "integer" }, ".5", 5],
  ["path", "label", false, NUMBERS, ".3,4,5", [3, 4, 5]],
  ["path", "label", true, NUMBERS, ".3.4.5", [3, 4, 5]],
  ["path", "label", false, COLOR, ".R,100,G,200", RG],
  ["path", "label", true, COLOR, ".R=100.G=200", RG],
  ["path", "label", false, { type: "integer" }, "5", 'must begin with "." (style label)'],
  ["path", "matrix", false, { type: "integer" }, ";p=5", 5],
  ["path", "matrix", false, NUMBERS, ";p=3,4,5", [3, 4, 5]],
  ["path", "matrix", true, NUMBERS, ";p=3;p=4;p=5", [3, 4, 5]],
  ["path", "matrix", false, COLOR, ";p=R,100,G,200", RG],
  ["path", "matrix", true, COLOR, ";R=100;G=200", RG],
  ["path", "matrix", false, { type: "integer" }, ";q=5", "must be written as ;p=… (style matrix)"],
  ["path", "simple", false, { type: "array", items: { type: "string" } }, "a%2Cb,c", ["a,b", "c"]],
  ["query", undefined, undefined, { type: "boolean" }, "p=true", true],
  ["query", "form", true, NUMBERS, "p=3&p=4", [3, 4]],
  ["query", "form", true, NUMBERS, "p=3", [3]],
  ["query", "form", true, NUMBERS, "p[]=3&p[]=4", [3, 4]],
  ["query", "form", false, NUMBERS, "p=3,4", [3, 4]],
  ["query", "form", false, NUMBERS, "p=3%2C4", [3, 4]],
  ["query", "form", false, { type: "array", items: { type: "string" } }, "p=a%2Cb,c", ["a,b", "c"]],
  ["query", "form", false, NUMBERS, "p=3&p=4", "must be given only once"],
  ["query", "form", true, COLOR, "R=100&G=200", RG],
  ["query", "form", false, COLOR, "p=R,100,G,200", RG],
  ["query", "spaceDelimited", false, NUMBERS, "p=3%204+5", [3, 4, 5]],
  ["query", "pipeDelimited", false, NUMBERS, "p=3|4%7C5", [3, 4, 5]],
  ["query", "pipeDelimited", true, NUMBERS, "p=3&p=4", [3, 4]],
  ["query", "deepObject", true, COLOR, "p[R]=100&p[G]=200", RG],
  ["query", "deepObject", true, COLOR, "p%5BR%5D=100", { R: 100 }],
  ["query", "deepObject", true, COLOR, "p[B]=1", "is not a known property"],
  [
    "query",
    "deepObject",
    true,
    { type: "object", properties: { a: { type: "object", properties: { b: NUMBERS } } } },
    "p[a][b]=1&p[a][b]=2",
    { a: { b: [1, 2] } },
  ],
  ["query", "form", true, { type: "string" }, "p=a%2Fb+c%26d", "a/b c&d"],
  ["query", "form", true, { type: ["integer", "null"] }, "p=7", 7],
  ["query", "form", true, { type: ["string", "integer"] }, "p=7", 7],
  ["query", "form", true, { anyOf: [{ type: "integer", maximum: 5 }, { enum: ["7", "all"] }] }, "p=7", "7"],
  ["query", "form", true, { type: "string" }, "p=a&p=b", "must be given only once"],
  ["query", "form", true, { type: "integer" }, "p=", "must be integer"],
  ["query", "form", true, { type: "integer" }, "q=1", "is not a known parameter"],
  ["header", undefined, false, NUMBERS, "3, 4", [3, 4]],
  ["header", undefined, true, COLOR, "R=100,G=200", RG],
  ["header", undefined, false, COLOR, "R,100,G,200", RG],
  ["header", undefined, false, { type: "string" }, "a%20b", "a%20b"],
  ["cookie", undefined, undefined, { type: "integer" }, "a=1; p=5", 5],
  ["cookie", "form", false, NUMBERS, "p=3,4", [3, 4]],
])("%s %s explode=%s %o reads %s", (place, style, explode, schema, text, expected) => {
  expect(read({ in: place, style, explode, schema }, text)).toEqual(expected);
});

test("a parameter may be a document of its own", () => {
  const content = { "application/json": { schema: { type: "object", required: ["a"] } } };
  expect(read({ in: "query", content }, `p=${encodeURIComponent('{"a":[1]}')}`)).toEqual({ a: [1] });
  expect(read({ in: "query", content }, "p={}")).toBe("is required");
  expect(read({ in: "query", content }, "p=nope")).toBe("must be object");
});

test("an empty value goes where the document allows it", () => {
  const schema = { type: "integer" };
  expect(read({ in: "query", allowEmptyValue: true, schema }, "p=")).toBe("");
  expect(read({ in: "query", allowEmptyValue: true, schema }, "p")).toBe("");
  expect(read({ in: "query", allowEmptyValue: true, schema }, "p=x")).toBe("must be integer");
});

test("the default stands in for what is missing", () => {
  expect(read({ in: "query", schema: { type: "integer", default: 3 } }, "")).toBe(3);
  expect(read({ in: "query", required: true, schema: { type: "integer" } }, "")).toBe("is required");
});

test("names that mean something to JavaScript make no mischief", () => {
  const open = { type: "object", additionalProperties: true };
  for (const text of ["p[__proto__][polluted]=1", "p[constructor][prototype][polluted]=1"])
    read({ in: "query", style: "deepObject", schema: open }, text);
  read({ in: "query", schema: open }, "__proto__=1&polluted=1");
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
