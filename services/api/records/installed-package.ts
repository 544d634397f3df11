import { sql } from "kysely";
import type { InstalledPackage, PackageEcosystem } from "../../shared/contracts/packages.ts";
import type { Connection } from "../../shared/db/database.ts";

/** What a submission's attempt fetched from the package mirror, by version of a package. */
export async function listInstalledPackages(
  connection: Connection,
  submissionId: string,
  limit: number,
): Promise<InstalledPackage[]> {
  const rows = await connection
    .selectFrom("attempt_package as package")
    .innerJoin("submission", "submission.attempt_id", "package.attempt_id")
    .select([
      "package.ecosystem as ecosystem",
      "package.name as name",
      "package.version as version",
      sql<number>`count(*)`.as("files"),
      sql<number>`sum(package.bytes)`.as("bytes"),
    ])
    .where("submission.id", "=", submissionId)
    .groupBy(["package.ecosystem", "package.name", "package.version"])
    .orderBy("package.ecosystem", "desc")
    .orderBy("package.name")
    .orderBy("package.version")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, ecosystem: row.ecosystem as PackageEcosystem }));
}
