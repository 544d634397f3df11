import { expect, it } from "vitest";
import { MockApiCollection } from "../../contracts/mock-api.ts";
import { missingValues } from "./missing-values.ts";

const collection = (closedAt: object) =>
  MockApiCollection.parse({
    table: "tickets",
    id: "id",
    properties: { id: { type: "string" }, closedAt: { column: "closed_at", type: "time", ...closedAt } },
  });
const table = (...closed: (string | null)[]) => ({
  name: "tickets",
  rows: closed.length,
  columns: [
    { name: "id", type: "text", description: "" },
    { name: "closed_at", type: "timestamp", description: "" },
  ],
  preview: closed.map((value, index) => [String(index), value]),
});

it("says which zero stands for what a column lacks and the document requires", () => {
  const [said] = missingValues(collection({}), table(null, null));
  expect(said).toMatch(/"closed_at" is empty.*1970-01-01T00:00:00Z/);
  expect(missingValues(collection({}), table(null, "2025-01-01"))[0]).toMatch(/lacks values/);
});

it.each([
  ["takes null", collection({ nullable: true }), table(null)],
  ["may be absent", collection({ optional: true }), table(null)],
  ["is never sent", collection({ hidden: true }), table(null)],
  ["is always there", collection({}), table("2025-01-01")],
  ["is not known", collection({}), table()],
])("says nothing where the value %s", (_why, of, tables) => {
  expect(missingValues(of, tables)).toEqual([]);
});
