import type { PackagePolicy } from "../../contracts/assessment-draft.ts";
import { PACKAGE_PATTERN, type PackageEcosystem } from "../../contracts/packages.ts";
import { type Finding, Findings } from "./finding.ts";

type Mirror = Extract<PackagePolicy, { kind: "mirror" }>;

const REGISTRY: Record<PackageEcosystem, { name: string; example: string }> = {
  npm: { name: "npm", example: "left-pad or @types/*" },
  pypi: { name: "PyPI", example: "requests or types-*" },
};

/** What is wrong with the rules by which packages are installed. */
export function packageFindings(policy: PackagePolicy): Finding[] {
  if (policy.kind === "none") return [];
  const findings = new Findings("packages");
  if (!policy.npm.enabled && !policy.pypi.enabled)
    findings.fail(
      "packages.kind",
      "Packages are offered, and neither npm nor PyPI is switched on.",
      "Switch one on, or offer no packages.",
    );
  for (const ecosystem of ["npm", "pypi"] as const) checkRules(findings, ecosystem, policy[ecosystem]);
  checkSizes(findings, policy);
  return findings.all;
}

function checkRules(findings: Findings, ecosystem: PackageEcosystem, { allow, deny }: Mirror["npm"]): void {
  const { name, example } = REGISTRY[ecosystem];
  for (const [list, patterns] of [
    ["allow", allow],
    ["deny", deny],
  ] as const)
    for (const [index, pattern] of patterns.entries())
      if (!isPattern(ecosystem, pattern))
        findings.fail(
          `packages.${ecosystem}.${list}.${index}`,
          `"${pattern}" cannot be the name of a package on ${name}.`,
          `Write names, or beginnings of names with a * at the end, for example ${example}.`,
        );
  const both = allow.filter((pattern) => deny.includes(pattern));
  if (both.length > 0)
    findings.warn(
      `packages.${ecosystem}.deny`,
      `"${both[0]}" is both allowed and refused on ${name}, and so it is refused.`,
      "Take it out of one of the lists.",
    );
}

/** Names on PyPI have no scope. */
function isPattern(ecosystem: PackageEcosystem, pattern: string): boolean {
  if (pattern === "" || !PACKAGE_PATTERN.test(pattern)) return false;
  return ecosystem === "npm" || !/[@/~]/.test(pattern);
}

function checkSizes(findings: Findings, { maxFileMib, maxTotalMib }: Mirror): void {
  const mebibytes = (most: number) => ({ least: 1, most, unit: "MiB" });
  findings.requireNumber("packages.maxFileMib", "The largest file", maxFileMib, mebibytes(4096));
  findings.requireNumber("packages.maxTotalMib", "The size of all files", maxTotalMib, mebibytes(65_536));
  if (maxFileMib !== null && maxTotalMib !== null && maxFileMib > maxTotalMib)
    findings.warn(
      "packages.maxFileMib",
      `A file may have ${maxFileMib} MiB, and all together ${maxTotalMib}.`,
      "Make the one smaller, or the other larger.",
    );
}
