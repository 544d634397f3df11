import { describe, expect, it } from "vitest";
import type { PackagePolicy } from "../../contracts/assessment-draft.ts";
import { SpecPackages } from "../../contracts/packages.ts";
import { packageFindings } from "./package-findings.ts";

type Mirror = Extract<PackagePolicy, { kind: "mirror" }>;
const rules = (change: Partial<Mirror["npm"]> = {}) => ({ enabled: true, allow: [], deny: [], ...change });
const MIRROR: Mirror = { kind: "mirror", npm: rules(), pypi: rules(), maxFileMib: 200, maxTotalMib: 2000 };
const find = (change: Partial<Mirror>) =>
  packageFindings({ ...MIRROR, ...change }).map(({ path, severity }) => `${severity} ${path}`);

describe("rules for packages", () => {
  it.each<[string, Partial<Mirror>, string[]]>([
    ["complete", {}, []],
    [
      "nothing on",
      { npm: rules({ enabled: false }), pypi: rules({ enabled: false }) },
      ["failed packages.kind"],
    ],
    ["an empty name", { npm: rules({ allow: [""] }) }, ["failed packages.npm.allow.0"]],
    ["a name with a space", { npm: rules({ deny: ["left-pad", "a b"] }) }, ["failed packages.npm.deny.1"]],
    ["a star in the middle", { npm: rules({ deny: ["a*b"] }) }, ["failed packages.npm.deny.0"]],
    [
      "a path that leads out",
      { npm: rules({ allow: ["../../etc/passwd"] }) },
      ["failed packages.npm.allow.0"],
    ],
    ["scopes", { npm: rules({ allow: ["@types/*", "@a/b", "react"] }) }, []],
    ["a scope on PyPI", { pypi: rules({ allow: ["@a/b"] }) }, ["failed packages.pypi.allow.0"]],
    ["a name on PyPI", { pypi: rules({ allow: ["zope.interface", "types-*", "ruamel_yaml"] }) }, []],
    [
      "both allowed and refused",
      { npm: rules({ allow: ["a"], deny: ["a"] }) },
      ["warning packages.npm.deny"],
    ],
    ["no size", { maxFileMib: null }, ["failed packages.maxFileMib"]],
    ["more than fits", { maxTotalMib: 65_537 }, ["failed packages.maxTotalMib"]],
    ["a file larger than all", { maxFileMib: 200, maxTotalMib: 100 }, ["warning packages.maxFileMib"]],
  ])("%s", (_, change, expected) => {
    expect(find(change)).toEqual(expected);
    const fails = expected.some((line) => line.startsWith("failed"));
    if (!fails) expect(SpecPackages.safeParse({ ...MIRROR, ...change }).success).toBe(true);
  });

  it("are not looked at where none are offered", () => {
    expect(packageFindings({ kind: "none" })).toEqual([]);
  });
});
