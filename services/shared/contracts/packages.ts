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
