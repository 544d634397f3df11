import { describe, expect, it } from "vitest";
import { freeAlias, raised } from "./change-models.ts";

describe("freeAlias", () => {
  it.each([
    ["gpt-5-mini", [], "gpt-5-mini"],
    ["meta-llama/Llama-3.1-8B-Instruct", [], "Llama-3.1-8B-Instruct"],
    ["gpt-5-mini", ["gpt-5-mini", "gpt-5-mini-2"], "gpt-5-mini-3"],
    ["@cf/", [], "model"],
    ["llama3:8b", [], "llama3:8b"],
    ["-odd name", [], "odd-name"],
  ])("of %s beside %o is %s", (name, taken, alias) => expect(freeAlias(name, taken)).toBe(alias));
});

it.each([
  [1, ["b", "a", "c"]],
  [2, ["a", "c", "b"]],
  [0, ["a", "b", "c"]],
])("raises what is at %d", (index, expected) => expect(raised(["a", "b", "c"], index)).toEqual(expected));
