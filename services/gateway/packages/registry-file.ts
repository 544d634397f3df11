import { createHash } from "node:crypto";
import { z } from "zod";
import type { PackageEcosystem } from "../../shared/contracts/packages.ts";

/** A file of a package, as the registry's metadata describe it. One line of JSON in an entry of the metadata store. */
export const RegistryFile = z.object({
  /** Unique within its package; the first field, by which lines are found. */
  file: z.string(),
  version: z.string(),
  url: z.string(),
  /** Subresource integrity; null when the registry gives no digest that can be relied on. */
  integrity: z.string().nullable(),
  /** As announced; what arrives is counted all the same. */
  bytes: z.int().min(0).nullable(),
  /** Of the metadata file beside a wheel (PEP 658). */
  metadataIntegrity: z.string().nullable(),
});
export type RegistryFile = z.infer<typeof RegistryFile>;

export interface PackageFile extends RegistryFile {
  ecosystem: PackageEcosystem;
  /** Canonical for PyPI, as it is for npm. */
  name: string;
}

/** Where a verified file is kept: by what it is called and by its digest, so that no package can stand in for another. */
export function cacheNameOf({ ecosystem, name, file, integrity }: PackageFile): string {
  return createHash("sha256")
    .update(JSON.stringify([ecosystem, name, file, integrity]))
    .digest("hex");
}
