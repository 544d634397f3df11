import { describe, expect, it } from "vitest";
import { MockApiBindings } from "../../../../shared/contracts/mock-api.ts";
import { acceptProposal, collectionOf, unbind } from "./accept-proposal.ts";

const read = { kind: "read", collection: "tickets", parameter: "id" } as const;
const bindings = MockApiBindings.parse({
  formatVersion: 1,
  collections: { tickets: { table: "tickets", id: "id", properties: { id: { type: "string" } } } },
  operations: { getTicket: read, getOther: read },
});

describe("accepting a proposal", () => {
  it("takes the accepted operations and leaves the others to the document", () => {
    const accepted = acceptProposal({ bindings }, new Set(["getTicket"]), null);
    expect(Object.keys(accepted.operations)).toEqual(["getTicket"]);
    expect(accepted.collections).toEqual(bindings.collections);
  });

  it("keeps the settings there were, and nothing else of them", () => {
    const present = MockApiBindings.parse({
      formatVersion: 1,
      timeZone: "Europe/Dublin",
      apiKey: { environment: "HELPDESK_API_KEY" },
      collections: { old: { table: "old", id: "id", properties: { id: { type: "string" } } } },
      operations: { health: { kind: "constant", body: {} } },
    });
    expect(acceptProposal({ bindings }, new Set(["getOther"]), present)).toEqual({
      ...bindings,
      timeZone: "Europe/Dublin",
      apiKey: { environment: "HELPDESK_API_KEY" },
      operations: { getOther: bindings.operations.getOther },
    });
  });

  it("lets a single operation go again", () => {
    expect(Object.keys(unbind(bindings, "getTicket").operations)).toEqual(["getOther"]);
    expect(Object.keys(bindings.operations)).toHaveLength(2);
  });

  it("knows what an operation works on", () => {
    expect(collectionOf(bindings.operations.getTicket)).toBe("tickets");
    expect(collectionOf({ kind: "constant", body: null })).toBeNull();
    expect(collectionOf(undefined)).toBeNull();
  });
});
