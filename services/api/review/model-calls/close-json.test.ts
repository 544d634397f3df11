import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closeJson } from "./close-json.ts";

it.each([
  ['{"a":1,"b":"he said', '{"a":1,"b":"he said"}'],
  ['{"a":1,"b', '{"a":1}'],
  ['{"a":1,"b":', '{"a":1}'],
  ['{"a":1,"b":tr', '{"a":1}'],
  ['{"a":12', "{}"],
  ['{"a":[1,2', '{"a":[1]}'],
  ['[{"a":"x\\', '[{"a":"x"}]'],
  ['[{"a":"x\\u00', '[{"a":"x"}]'],
  ['["x\\\\', '["x\\\\"]'],
  ['["x\\"', '["x\\""]'],
  ['{"a":{"b":[', '{"a":{"b":[]}}'],
  ['{"a":1}', '{"a":1}'],
  ['["a", ', '["a"]'],
])("makes %s %s", (beginning, closed) => {
  expect(closeJson(beginning)).toBe(closed);
  expect(() => JSON.parse(closed)).not.toThrow();
});

describe("of any JSON", () => {
  const json = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));

  it("a beginning with its first bracket becomes JSON", () =>
    fc.assert(
      fc.property(json, fc.nat(), (value, cut) => {
        const text = JSON.stringify(value);
        expect(() => JSON.parse(closeJson(text.slice(0, 1 + (cut % text.length))))).not.toThrow();
      }),
    ));

  it("the whole stays as it is", () =>
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify(value);
        expect(closeJson(text)).toBe(text);
      }),
    ));
});
