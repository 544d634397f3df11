import type { z } from "zod";
import type { CreateDatasetRequest, UpdateDatasetRequest } from "../../shared/contracts/dataset-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit } from "../../shared/db/audit-log.ts";
import type { Database } from "../../shared/db/database.ts";
import { changeDataset, insertDataset, lockDataset } from "../records/dataset.ts";

/** @returns the new dataset's id */
export async function createDataset(
  db: Database,
  wanted: z.infer<typeof CreateDatasetRequest>,
  actor: AuditActor,
): Promise<string> {
  return db.transaction().execute(async (transaction) => {
    const { id, title } = await insertDataset(transaction, wanted);
    const subject = { type: "dataset", id, label: title };
    await recordAudit(transaction, actor, { action: "dataset.create", subject, after: wanted });
    return id;
  });
}

/** @throws PlatformError dataset_not_found */
export async function updateDataset(
  db: Database,
  id: string,
  { archived, ...changes }: z.infer<typeof UpdateDatasetRequest>,
  actor: AuditActor,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const before = await lockDataset(transaction, id);
    if (!before) throw new PlatformError("dataset_not_found");
    const archivedAt =
      archived === undefined ? before.archived_at : archived ? (before.archived_at ?? new Date()) : null;
    const after = await changeDataset(transaction, id, { ...changes, archived_at: archivedAt });
    const shown = ({ title, description, archived_at }: typeof before) => ({
      title,
      description,
      archived: archived_at !== null,
    });
    await recordAudit(transaction, actor, {
      action: "dataset.update",
      subject: { type: "dataset", id, label: after.title },
      before: shown(before),
      after: shown(after),
    });
  });
}
