import { expect, it } from "vitest";
import { ApiDocument } from "./document.ts";
import { shapeAt } from "./parameter-shape.ts";

const POINTER = "/components/schemas/A";
const shapeOf = (schemas: object) => shapeAt(new ApiDocument({ components: { schemas } }), POINTER);

/** `count` properties, each of which holds the whole schema again. */
function recursive(count: number, hold: (reference: object) => object = (reference) => reference) {
  const properties = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`p${index}`, hold({ $ref: `#${POINTER}` })]),
  );
  return { A: { type: "object", properties } };
}

function quickly<T>(action: () => T): T {
  const begin = performance.now();
  const result = action();
  expect(performance.now() - begin).toBeLessThan(2000);
  return result;
}

it("follows properties and items as far as a form can name them", () => {
  const shape = shapeOf({
    A: {
      allOf: [{ $ref: "#/components/schemas/B" }, { properties: { list: { items: { type: "integer" } } } }],
    },
    B: { type: "object", properties: { name: { type: ["string", "null"] } } },
  });
  expect(shape).toMatchObject({ kind: "object", open: false });
  expect(shape.properties.get("name")).toMatchObject({ kind: "scalar", types: new Set(["string"]) });
  expect(shape.properties.get("list")).toMatchObject({
    kind: "array",
    items: { types: new Set(["integer"]) },
  });
});

it("cannot be made to grow exponentially by properties that hold their own schema", () => {
  const shape = quickly(() => shapeOf(recursive(200)));
  expect(shape.properties.get("p0")?.properties.get("p199")?.kind).toBe("object");
  // Control: each for itself, already eight of them are a third of a million shapes; 200 would be 10^14.
  const count = (depth: number): number => (depth > 6 ? 1 : 1 + 8 * count(depth + 1));
  expect(count(0)).toBeGreaterThan(300_000);
});

it("refuses what is too much even when nothing is looked at twice", () => {
  const hold = (reference: object) => ({ allOf: [reference] });
  expect(() => quickly(() => shapeOf(recursive(1000, hold)))).toThrow(/too many properties/);
  // Control: a tenth of it is fine.
  expect(quickly(() => shapeOf(recursive(100, hold))).properties.size).toBe(100);
});

it("counts all parameters and forms of a document together", () => {
  const wide = { type: "object", properties: recursive(2000).A.properties };
  const names = Array.from({ length: 300 }, (_, index) => `N${index}`);
  const schemas = { A: { type: "string" }, ...Object.fromEntries(names.map((name) => [name, wide])) };
  const document = new ApiDocument({ components: { schemas } });
  expect(() => {
    for (const name of names) shapeAt(document, `/components/schemas/${name}`);
  }).toThrow(/too many properties/);
});
