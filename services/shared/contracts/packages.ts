import { z } from "zod";

/** A package's name, or the beginning of names with a `*` at the end, for example `@types/*`. */
export const PACKAGE_PATTERN = /^(@?[A-Za-z0-9._~-]+\/)?[A-Za-z0-9._~-]*\*?$/;

const PackagePattern = z.string().min(1).max(300).regex(PACKAGE_PATTERN);

export const PackageRules = z.strictObject({
  enabled: z.boolean(),
  /** Empty: all but what is denied. */
  allow: z.array(PackagePattern).max(1000),
  deny: z.array(PackagePattern).max(1000),
});
export type PackageRules = z.infer<typeof PackageRules>;

export const PackageEcosystem = z.enum(["npm", "pypi"]);
export type PackageEcosystem = z.infer<typeof PackageEcosystem>;

/** What can be installed in the workspaces of a published version. Practice workspaces have the same. */
export const SpecPackages = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({
    kind: z.literal("mirror"),
    npm: PackageRules,
    pypi: PackageRules,
    /** The largest single file. */
    maxFileMib: z.int().min(1).max(4096),
    /** All files that one attempt fetches. */
    maxTotalMib: z.int().min(1).max(65_536),
  }),
]);
export type SpecPackages = z.infer<typeof SpecPackages>;

/** What can be installed, as the lobby tells it. Empty `allow`: all but `deny`. */
export const PackageOffer = z.object({
  ecosystem: PackageEcosystem,
  allow: z.array(z.string()),
  deny: z.array(z.string()),
});
export type PackageOffer = z.infer<typeof PackageOffer>;

/** A version of a package that an attempt installed, of which it fetched one or more files. */
export const InstalledPackage = z.object({
  ecosystem: PackageEcosystem,
  name: z.string(),
  version: z.string(),
  files: z.int(),
  bytes: z.int(),
});
export type InstalledPackage = z.infer<typeof InstalledPackage>;

/** `GET /api/review/submissions/:submissionId/packages`; by name, at most 1000. */
export const InstalledPackages = z.object({ items: z.array(InstalledPackage), truncated: z.boolean() });
