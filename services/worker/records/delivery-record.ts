import type { DatasetDelivery } from "../../shared/contracts/assessment-draft.ts";
import type { Database } from "../../shared/db/database.ts";

/** Writes down what an attempt was given of a dataset. Made again, it is the same, and nothing changes. */
export async function keepDelivery(
  db: Database,
  attemptId: string,
  dataset: { mountName: string; datasetVersionId: string; delivery: DatasetDelivery },
  files: { path: string; bytes: number }[],
  markers: string[],
): Promise<void> {
  const { mountName, datasetVersionId, delivery } = dataset;
  const { canary } = delivery;
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto("attempt_dataset")
      .values({ attempt_id: attemptId, mount_name: mountName, files: JSON.stringify(files) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    if (!canary || markers.length === 0) return;
    await transaction
      .insertInto("dataset_canary")
      .values(
        markers.map((marker) => ({
          attempt_id: attemptId,
          mount_name: mountName,
          dataset_version_id: datasetVersionId,
          table_name: canary.table,
          column_name: canary.column,
          marker,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}
