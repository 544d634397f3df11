import { describe, expect, test } from "vitest";
import { canonicalPackageName, isPackageName, judgePackage } from "./package-rules.ts";

const rules = (allow: string[], deny: string[]) => ({ enabled: true, allow, deny });

describe("a package", () => {
  test.each([
    ["npm", "left-pad", [], [], true],
    ["npm", "left-pad", ["left-pad"], [], true],
    ["npm", "left-pad", ["right-pad"], [], false],
    ["npm", "left-pad", [], ["left-pad"], false],
    ["npm", "left-pad", ["left-pad"], ["left-*"], false],
    ["npm", "left-padding", [], ["left-pad"], true],
    ["npm", "LEFT-pad", [], ["left-pad"], false],
    ["npm", "left-pad", [], ["Left-Pad"], false],
    ["npm", "left_pad", [], ["left-pad"], true],
    ["npm", "@types/node", ["@types/*"], [], true],
    ["npm", "@typescript/node", ["@types/*"], [], false],
    ["npm", "anything", [], ["*"], false],
    ["npm", "anything", ["*"], [], true],
    ["pypi", "Flask_SQLAlchemy", [], ["flask-sqlalchemy"], false],
    ["pypi", "flask-sqlalchemy", [], ["Flask.SQLAlchemy"], false],
    ["pypi", "types__requests", ["Types_*"], [], true],
    ["pypi", "typesetter", ["types_*"], [], false],
    ["pypi", "pandas", ["numpy", "pandas"], [], true],
  ] as const)("%s %s with %j allowed and %j denied: %s", (ecosystem, name, allow, deny, allowed) => {
    expect(judgePackage(rules([...allow], [...deny]), ecosystem, name).allowed).toBe(allowed);
  });

  test("is refused with the rule it met", () => {
    const verdict = judgePackage(rules([], ["a*", "lodash*"]), "npm", "lodash.get");
    expect(verdict).toEqual({ allowed: false, deniedBy: "lodash*" });
    expect(judgePackage(rules(["a"], []), "npm", "b")).toEqual({ allowed: false, deniedBy: null });
  });
});

describe("a name", () => {
  test.each([
    ["npm", "left-pad", true],
    ["npm", "@scope/name.js", true],
    ["npm", "JSONStream", true],
    ["npm", "..", false],
    ["npm", ".hidden", false],
    ["npm", "_private", false],
    ["npm", "@scope/..", false],
    ["npm", "@../name", false],
    ["npm", "a/b", false],
    ["npm", "@a/b/c", false],
    ["npm", "a b", false],
    ["npm", "", false],
    ["npm", "a".repeat(215), false],
    ["pypi", "zope.interface", true],
    ["pypi", "-a", false],
    ["pypi", "a-", false],
    ["pypi", "a/b", false],
    ["pypi", "..", false],
  ] as const)("%s %j is one: %s", (ecosystem, name, expected) => {
    expect(isPackageName(ecosystem, name)).toBe(expected);
  });

  test("of PyPI is normalised as PEP 503 says", () => {
    for (const name of ["Friendly-Bard", "friendly.bard", "FRIENDLY_bard", "friendly--_.bard"])
      expect(canonicalPackageName("pypi", name)).toBe("friendly-bard");
  });
});
