import { expect, it } from "vitest";
import { ApiDocument } from "../compile/document.ts";
import { generateValue } from "./generate-value.ts";
import { PatternReader } from "./pattern-parts.ts";

/** Documents come from outside, and whoever works in a sandbox may ask for values as often as they like. */
const SOON_MS = 2500;

const list = (items: object) => ({ type: "array", minItems: 1000, items });
const nothing = { type: "string", pattern: "(?:){1000000000}" };
const HOSTILE: Record<string, object> = {
  "an expression that repeats nothing": nothing,
  "an expression that repeats a repetition": { type: "string", pattern: "((?:){60000}){60000}" },
  "texts that are never as long as they must be": list({
    type: "string",
    pattern: "^(ab)*$",
    minLength: 9999,
    maxLength: 9999,
  }),
  "long texts that are never right": list({ type: "string", minLength: 10_000, not: {} }),
  "many values that are never right": {
    ...list({
      type: "object",
      required: ["a", "b"],
      properties: { a: { type: "number" }, b: { type: "number" } },
    }),
    not: {},
  },
  "choices without end": list({ enum: Array.from({ length: 5000 }, (_, index) => `${index}`) }),
};

const make = (schema: object) =>
  generateValue(new ApiDocument({ schemas: { a: schema } } as never), "/schemas/a", {
    seed: "seed",
    useExamples: false,
    check:
      "not" in schema || JSON.stringify(schema).includes('"not"')
        ? () => [{ pointer: "", message: "no" }]
        : null,
  });

it.each(Object.keys(HOSTILE))("%s are given up soon, the same each time", (name) => {
  const start = performance.now();
  const value = make(HOSTILE[name]!);
  expect(performance.now() - start).toBeLessThan(SOON_MS);
  expect(make(HOSTILE[name]!)).toEqual(value);
});

it("while as much as an honest answer has is made whole", () => {
  const value = make(
    list({ type: "object", required: ["id"], properties: { id: { type: "string", minLength: 40 } } }),
  );
  expect(value).toHaveLength(1000);
  expect((value as { id: string }[]).every(({ id }) => id.length >= 40)).toBe(true);
});

it("they would take minutes: the expression asks for a billion steps", () => {
  expect(JSON.stringify(new PatternReader(nothing.pattern).read())).toContain('"least":1000000000');
});
