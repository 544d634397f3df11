import { expect, it } from "vitest";
import { loadHelpdeskApi } from "../../../datasets/support-tickets/api/load-helpdesk-api.ts";
import { compileMockApi } from "./compile/compile-mock-api.ts";
import { proposeBindings } from "./propose-bindings.ts";

const { document, bindings: byHand } = loadHelpdeskApi();

const COLUMN_TYPES: Record<string, string> = {
  time: "timestamp",
  integer: "integer",
  number: "double",
  boolean: "boolean",
};
/** As profiling describes the tables. */
const tables = Object.values(byHand.collections).map(({ table, properties }) => ({
  name: table,
  rows: 1,
  columns: Object.entries(properties).map(([name, { column, type }]) => ({
    name: column ?? name,
    type: COLUMN_TYPES[type] ?? "text",
    description: "",
  })),
  preview: [],
}));

it("proposes for an API of tickets what a person bound by hand, and what compiles", () => {
  const { bindings, unbound, reasons } = proposeBindings(document, tables);
  expect(() => compileMockApi(document, bindings)).not.toThrow();
  const kinds = Object.entries(byHand.operations).filter(
    ([, { kind }]) => kind !== "constant" && kind !== "action",
  );
  for (const [id, { kind }] of kinds) expect([id, bindings.operations[id]?.kind]).toEqual([id, kind]);
  expect(bindings.operations.listTickets).toMatchObject({
    page: { style: "cursor" },
    sort: { default: "-created_at" },
  });
  expect(bindings.operations.createTicketMessage).toMatchObject({
    parent: { collection: "tickets", property: "ticket_id" },
  });
  expect(unbound.map(({ operationId }) => operationId)).toEqual([
    "getHealth",
    "getMe",
    "addTicketTag",
    "removeTicketTag",
  ]);
  const said = reasons.flatMap(({ of }) => (of.kind === "operation" ? [of.operationId] : []));
  expect(said.toSorted()).toEqual(Object.keys(bindings.operations).toSorted());
});

it("proposes nothing for tables that are like nothing in the document", () => {
  const weather = [
    { ...tables[0]!, name: "rainfall", columns: [{ name: "millimetres", type: "double", description: "" }] },
  ];
  const { bindings, unbound } = proposeBindings(document, weather);
  expect(bindings.collections).toEqual({});
  expect(unbound.length).toBe(Object.keys(byHand.operations).length);
});
