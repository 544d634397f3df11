import { expect, it } from "vitest";
import { jsonChunks } from "./write-json.ts";

const leaf = { text: 'ä\u2028"\\', number: 1e21, nothing: null, not: undefined, list: [undefined, 1, []] };
const nested = (depth: number): unknown =>
  depth === 0 ? leaf : { one: nested(depth - 1), two: [nested(0)] };

it.each([
  ["a scalar", "text"],
  ["nothing", null],
  ["empty objects", { a: {}, b: [], c: [{}] }],
  ["what JSON leaves out", { a: undefined, b: () => 1, c: [undefined], d: Number.NaN }],
  ["a date", { at: new Date(0) }],
  ["odd keys", JSON.parse('{"__proto__":{"a":1},"":2,"\\"":3}')],
  ["more levels than are taken apart", nested(9)],
])("writes %s as JSON.stringify does", (_what, value) => {
  expect([...jsonChunks(value)].join("")).toBe(JSON.stringify(value));
});

it("writes a large value in small pieces", () => {
  const value = {
    document: { paths: Object.fromEntries([...Array(2000).keys()].map((key) => [key, leaf])) },
  };
  const chunks = [...jsonChunks(value)];
  expect(chunks.join("")).toBe(JSON.stringify(value));
  expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(70_000);
});
