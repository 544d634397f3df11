import { describe, expect, it } from "vitest";
import { MockApiBindings } from "../../../../shared/contracts/mock-api.ts";
import { readBindings, writeBindings } from "./read-bindings.ts";

describe("bindings written by hand", () => {
  it("come back as they were written", () => {
    const bindings = MockApiBindings.parse({ formatVersion: 1, collections: {}, operations: {} });
    expect(readBindings(writeBindings(bindings))).toEqual({ bindings, problems: null });
    expect(readBindings(writeBindings(null))).toEqual({ bindings: null, problems: null });
  });

  it("say that they are no JSON", () => {
    expect(readBindings('{ "formatVersion": 1,').problems?.[0]?.message).toContain("no JSON");
  });

  it("say where they are not as they must be", () => {
    const { problems } = readBindings(
      '{"formatVersion":1,"collections":{},"operations":{"getTicket":{"kind":"read","collection":"Tickets"}}}',
    );
    expect(problems?.map(({ path }) => path)).toContain("operations.getTicket.collection");
  });
});
