import { expect, it } from "vitest";
import type { DatasetTable } from "../../contracts/dataset.ts";
import { proposeBindings } from "../propose-bindings.ts";

/** The api proposes bindings itself, so that a document which takes long holds up everybody. */
const SOON_MS = 3000;

const table = (name: string, columns: string[]): DatasetTable => ({
  name,
  rows: 1,
  columns: columns.map((column) => ({ name: column, type: "text", description: "" })),
  preview: [],
});
const ORDERS = [table("orders", ["id", "status"])];

const documentOf = (schemas: Record<string, object>, paths = ["/orders"]) => ({
  openapi: "3.1.0",
  info: { title: "Hostile", version: "1" },
  paths: Object.fromEntries(
    paths.map((path) => [
      path,
      {
        get: {
          operationId: `list${path}`,
          responses: {
            200: {
              description: "x",
              content: { "application/json": { schema: { $ref: "#/components/schemas/A" } } },
            },
          },
        },
      },
    ]),
  ),
  components: { schemas },
});
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const named = (count: number, make: (index: number) => [string, object]) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));

const HOSTILE: Record<string, () => Record<string, object>> = {
  "an object that holds itself four hundred times": () => ({
    A: { type: "object", properties: named(400, (index) => [`p${index}`, reference("A")]) },
  }),
  "alternatives that name themselves": () => ({
    A: { anyOf: [reference("A"), { anyOf: [reference("A")] }] },
  }),
  "parts of parts of parts": () =>
    named(60, (index) => [
      index === 0 ? "A" : `S${index}`,
      { allOf: Array.from({ length: 59 }, (_, other) => reference(`S${other + 1}`)) },
    ]),
  "a chain of ten thousand": () =>
    named(10_000, (index) => [index === 0 ? "A" : `S${index}`, { anyOf: [reference(`S${index + 1}`)] }]),
};

it.each(Object.keys(HOSTILE))("%s takes no time", (name) => {
  const start = performance.now();
  proposeBindings(documentOf(HOSTILE[name]!()), ORDERS);
  expect(performance.now() - start).toBeLessThan(SOON_MS);
});

it("many resources and many wide tables neither", () => {
  const tables = Array.from({ length: 100 }, (_, index) =>
    table(
      `t${index}`,
      Array.from({ length: 200 }, (_column, column) => `column_${index}_${column}`),
    ),
  );
  const item = { type: "object", properties: { id: { type: "integer" }, status: { type: "string" } } };
  const paths = Array.from({ length: 500 }, (_, index) => `/things${index}`);
  const start = performance.now();
  proposeBindings(documentOf({ A: { type: "array", items: item } }, paths), tables);
  expect(performance.now() - start).toBeLessThan(SOON_MS);
});

it("while parts that are shared are found all the same", () => {
  const A = { type: "object", properties: { data: { type: "array", items: reference("Order") } } };
  const Order = { allOf: [reference("Base"), { anyOf: [reference("Base"), reference("State")] }] };
  const Base = { type: "object", properties: { id: { type: "integer" } } };
  const State = { type: "object", properties: { status: { type: "string" } } };
  const { bindings } = proposeBindings(documentOf({ A, Order, Base, State }), ORDERS);
  const [collection] = Object.values(bindings.collections);
  expect(collection?.properties).toMatchObject({ id: { hidden: false }, status: { hidden: false } });
});
