import { expect, it } from "vitest";
import { nameVariables } from "./mock-api-variables.ts";

const keyOf = (wanted: string | null) =>
  nameVariables([{ hostname: "help-desk.internal", wanted }]).get("help-desk.internal")!.key;

it("names the address and the key of a mock API", () => {
  expect(nameVariables([{ hostname: "help-desk.internal", wanted: null }])).toEqual(
    new Map([["help-desk.internal", { address: "HELP_DESK_BASE_URL", key: "HELP_DESK_API_KEY" }]]),
  );
});

it.each([
  ["DESK_API_KEY", "DESK_API_KEY"],
  ["DESK_TOKEN", "DESK_TOKEN"],
  ["PATH", "HELP_DESK_API_KEY"],
  ["LD_PRELOAD", "HELP_DESK_API_KEY"],
  ["HELP_DESK_BASE_URL", "HELP_DESK_API_KEY"],
])("calls the key %s in bindings %s in the sandbox", (wanted, name) => {
  expect(keyOf(wanted)).toBe(name);
});

it("never gives one name to two keys", () => {
  const names = nameVariables([
    { hostname: "a.internal", wanted: "SHARED_KEY" },
    { hostname: "b.internal", wanted: "SHARED_KEY" },
    { hostname: "c.internal", wanted: "D_API_KEY" },
    { hostname: "d.internal", wanted: null },
  ]);
  expect([...names.values()].map(({ key }) => key)).toEqual([
    "SHARED_KEY",
    "B_API_KEY",
    "C_API_KEY",
    "D_API_KEY",
  ]);
});
