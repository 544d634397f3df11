import type { DatasetManifest } from "../../shared/contracts/dataset.ts";
import type { DatasetProfile } from "../../shared/contracts/dataset-profile.ts";
import type { Database } from "../../shared/db/database.ts";
import { storable } from "../../shared/db/storable.ts";
import { type DatasetImportRecord, moveImport } from "./dataset-import-record.ts";

export interface NewVersion {
  sha256: string;
  manifest: DatasetManifest;
  profile: DatasetProfile;
}

/** Publishes; the same files again are the version that is there. Nothing happens when the import was cancelled. */
export async function saveVersion(
  db: Database,
  record: DatasetImportRecord,
  version: NewVersion,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const moved = await moveImport(transaction, record.id, ["publishing"], "publishing");
    // Cancelled at the last moment.
    if (!moved) return;
    const same = await transaction
      .selectFrom("dataset_version")
      .select("id")
      .where("dataset_id", "=", record.datasetId)
      .where("sha256", "=", version.sha256)
      .executeTakeFirst();
    const { id } =
      same ??
      (await transaction
        .insertInto("dataset_version")
        .values({
          dataset_id: record.datasetId,
          sha256: version.sha256,
          manifest: JSON.stringify(storable(version.manifest)),
          profile: JSON.stringify(storable(version.profile)),
          parent_version_id: record.parentVersionId,
          created_by: record.createdBy,
        })
        .returning("id")
        .executeTakeFirstOrThrow());
    const rows = version.manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    await moveImport(transaction, record.id, ["publishing"], "published", {
      versionId: id,
      progress: { phase: "done", subject: null, share: 1, rows },
    });
  });
}
