import type { PackageEcosystem, PackageRules } from "../contracts/packages.ts";

const NPM_NAME = /^(?=.{1,214}$)(?:@[A-Za-z0-9~-][A-Za-z0-9._~-]*\/)?[A-Za-z0-9~-][A-Za-z0-9._~-]*$/;
const PYPI_NAME = /^(?=.{1,128}$)[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;

export function isPackageName(ecosystem: PackageEcosystem, name: string): boolean {
  return (ecosystem === "npm" ? NPM_NAME : PYPI_NAME).test(name);
}

/**
 * The name that rules are about. PyPI: PEP 503. npm: lower case; a handful of old packages differ from others by
 * capitals alone, and a rule for the one holds for both.
 */
export function canonicalPackageName(ecosystem: PackageEcosystem, name: string): string {
  const lower = name.toLowerCase();
  return ecosystem === "npm" ? lower : lower.replace(/[-_.]+/g, "-");
}

/** Whether rules let a package in; else the rule it met, or null when no rule allows it. */
export type PackageVerdict = { allowed: true } | { allowed: false; deniedBy: string | null };

/** Denying goes before allowing; with nothing on the list of what is allowed, everything else is. */
export function judgePackage(rules: PackageRules, ecosystem: PackageEcosystem, name: string): PackageVerdict {
  const canonical = canonicalPackageName(ecosystem, name);
  const meets = (pattern: string) => matches(ecosystem, pattern, canonical);
  const deniedBy = rules.deny.find(meets);
  if (deniedBy !== undefined) return { allowed: false, deniedBy };
  if (rules.allow.length > 0 && !rules.allow.some(meets)) return { allowed: false, deniedBy: null };
  return { allowed: true };
}

function matches(ecosystem: PackageEcosystem, pattern: string, canonical: string): boolean {
  if (!pattern.endsWith("*")) return canonicalPackageName(ecosystem, pattern) === canonical;
  return canonical.startsWith(canonicalPackageName(ecosystem, pattern.slice(0, -1)));
}
