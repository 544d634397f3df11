import { expect, it } from "vitest";
import { MockApiBindings } from "../../../shared/contracts/mock-api.ts";
import { shapeCollections } from "../../../shared/mock-api/collection-shape.ts";
import { presentRecord } from "./present-record.ts";

it("leaves out an optional property without a value, and sends null for others", () => {
  const bindings = MockApiBindings.parse({
    formatVersion: 1,
    collections: {
      tickets: {
        table: "tickets",
        id: "id",
        properties: {
          id: { type: "string" },
          closedAt: { type: "time", nullable: true, optional: true },
          openedAt: { type: "time", nullable: true, optional: true },
          assignee: { type: "string", nullable: true },
        },
      },
    },
    operations: {},
  });
  const api = { shapes: shapeCollections(bindings) };
  const record = { id: "T-1", closedAt: null, openedAt: "2026-03-01T09:00:00.000Z", assignee: null };
  expect(presentRecord(api, "tickets", record, {}, () => null)).toEqual({
    id: "T-1",
    openedAt: "2026-03-01T09:00:00.000Z",
    assignee: null,
  });
});
