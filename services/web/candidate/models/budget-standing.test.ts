import { expect, it } from "vitest";
import type { ModelBudgetView } from "../../../shared/contracts/models.ts";
import { measuresOf, standingOf } from "./budget-standing.ts";

const line = (changes: Partial<ModelBudgetView> = {}): ModelBudgetView => ({
  ...{ line: "product", models: [], requests: 0 },
  ...{ limitUsd: 10, spentUsd: 0, reservedUsd: 0 },
  ...{ limitTokens: null, spentTokens: 0, reservedTokens: 0 },
  ...changes,
});

it.each<[string, Partial<ModelBudgetView>, string]>([
  ["nothing", {}, "unused"],
  ["something reserved", { reservedUsd: 0.1 }, "fine"],
  ["less than four fifths", { spentUsd: 7.9 }, "fine"],
  ["four fifths", { spentUsd: 8 }, "low"],
  ["four fifths with what is reserved", { spentUsd: 2, reservedUsd: 6 }, "low"],
  ["all of it reserved", { reservedUsd: 10 }, "low"],
  ["as good as all", { spentUsd: 9.96 }, "used_up"],
  ["all tokens", { spentUsd: 1, limitTokens: 100, spentTokens: 100 }, "used_up"],
  ["most tokens", { spentUsd: 1, limitTokens: 100, spentTokens: 85 }, "low"],
])("a budget of which %s is spent stands so", (_name, changes, standing) =>
  expect(standingOf(line(changes))).toBe(standing),
);

it("never has less than nothing left", () =>
  expect(measuresOf(line({ spentUsd: 10, reservedUsd: 0.5 }))[0]).toMatchObject({ left: 0 }));
