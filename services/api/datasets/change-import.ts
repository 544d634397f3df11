import type { DatasetProfile } from "../../shared/contracts/dataset-profile.ts";
import { type CreateImportRequest, ImportChoices } from "../../shared/contracts/dataset-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { chosenAction } from "../../shared/datasets/chosen-action.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { Database, DatabaseTransaction } from "../../shared/db/database.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import { listVersions, lockDataset } from "../records/dataset.ts";
import { type ImportRow, insertImport, lockImport, updateImport } from "../records/dataset-import.ts";
import { findUpload } from "../records/upload.ts";

/**
 * @returns the import's id
 * @throws PlatformError dataset_not_found, dataset_archived, dataset_version_not_found, upload_not_found,
 *   upload_not_stored
 */
export async function startImport(
  db: Database,
  datasetId: string,
  wanted: CreateImportRequest,
  actor: AuditActor,
): Promise<string> {
  return db.transaction().execute(async (transaction) => {
    const dataset = await lockDataset(transaction, datasetId);
    if (!dataset) throw new PlatformError("dataset_not_found");
    if (dataset.archived_at) throw new PlatformError("dataset_archived");
    const files = "files" in wanted ? wanted.files : [];
    const names = await requireUploads(transaction, files);
    const parentVersionId = "versionId" in wanted ? wanted.versionId : null;
    if (parentVersionId) await requireVersion(transaction, datasetId, parentVersionId);
    const createdBy = staffIdOfActor(actor);
    const importId = await insertImport(transaction, { datasetId, parentVersionId, createdBy, files });
    await enqueue(transaction, "import-dataset", { importId });
    await recordAudit(transaction, actor, {
      action: "dataset.import",
      subject: { type: "dataset", id: datasetId, label: dataset.title },
      after: { importId, files: names, fromVersion: parentVersionId },
    });
    return importId;
  });
}

async function requireUploads(
  transaction: DatabaseTransaction,
  files: readonly { uploadId: string }[],
): Promise<string[]> {
  const names: string[] = [];
  for (const { uploadId } of files) {
    const upload = await findUpload(transaction, uploadId);
    if (upload?.purpose !== "dataset") throw new PlatformError("upload_not_found");
    if (upload.state !== "stored") throw new PlatformError("upload_not_stored", upload.file_name);
    names.push(upload.file_name);
  }
  if (new Set(files.map(({ uploadId }) => uploadId)).size < files.length)
    throw new PlatformError("invalid_request", "An upload is named twice.");
  return names;
}

async function requireVersion(transaction: DatabaseTransaction, datasetId: string, versionId: string) {
  const [version] = await listVersions(transaction, { id: versionId });
  if (version?.datasetId !== datasetId) throw new PlatformError("dataset_version_not_found");
}

/** @throws PlatformError dataset_import_not_found, _not_ready, _conflict, dataset_choices_invalid */
export async function saveChoices(
  db: Database,
  id: string,
  { revision, choices }: { revision: number; choices: ImportChoices },
  actor: AuditActor,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const row = await requireReady(transaction, id, revision);
    checkChoices(row.profile as unknown as DatasetProfile, choices);
    await updateImport(transaction, id, { choices, revision: revision + 1 });
    await recordAudit(transaction, actor, {
      action: "dataset.choose_columns",
      subject: subjectOf(row),
      before: row.choices,
      after: choices,
    });
  });
}

/** @throws PlatformError dataset_import_not_found, _not_ready, _conflict, dataset_choices_invalid */
export async function publishImport(
  db: Database,
  id: string,
  revision: number,
  actor: AuditActor,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const row = await requireReady(transaction, id, revision);
    checkChoices(row.profile as unknown as DatasetProfile, ImportChoices.parse(row.choices));
    const progress = { phase: "writing", subject: null, share: 0, rows: 0 };
    await updateImport(transaction, id, { state: "publishing", progress });
    await enqueue(transaction, "publish-dataset", { importId: id });
    await recordAudit(transaction, actor, {
      action: "dataset.publish",
      subject: subjectOf(row),
      after: { importId: id, choices: row.choices },
    });
  });
}

/** @throws PlatformError dataset_import_not_found, dataset_import_over */
export async function cancelImport(db: Database, id: string, actor: AuditActor): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const row = await lockImport(transaction, id);
    if (!row) throw new PlatformError("dataset_import_not_found");
    if (!["waiting", "profiling", "ready", "publishing"].includes(row.state))
      throw new PlatformError("dataset_import_over");
    await updateImport(transaction, id, { state: "cancelled" });
    await recordAudit(transaction, actor, {
      action: "dataset.cancel_import",
      subject: subjectOf(row),
      before: { importId: id, state: row.state },
    });
  });
}

const subjectOf = (row: ImportRow) => ({ type: "dataset", id: row.dataset_id, label: row.datasetTitle });

async function requireReady(
  transaction: DatabaseTransaction,
  id: string,
  revision: number,
): Promise<ImportRow> {
  const row = await lockImport(transaction, id);
  if (!row) throw new PlatformError("dataset_import_not_found");
  if (row.state !== "ready") throw new PlatformError("dataset_import_not_ready", `It is ${row.state}.`);
  if (row.revision !== revision) throw new PlatformError("dataset_import_conflict");
  return row;
}

function checkChoices(profile: DatasetProfile, choices: ImportChoices): void {
  const tables = new Map(profile.tables.map((table) => [table.name, table]));
  const errors: { path: string; message: string }[] = [];
  for (const [table, columns] of Object.entries(choices.columns))
    for (const column of Object.keys(columns))
      if (!tables.get(table)?.columns.some(({ name }) => name === column))
        errors.push({
          path: `choices.columns.${table}.${column}`.slice(0, 200),
          message: "there is no such column",
        });
  for (const table of choices.leftOut)
    if (!tables.has(table)) errors.push({ path: "choices.leftOut", message: "there is no such table" });
  for (const { name, columns } of profile.tables) {
    if (choices.leftOut.includes(name)) continue;
    if (columns.every((column) => chosenAction(choices, name, column.name) === "drop"))
      errors.push({
        path: `choices.columns.${name}`,
        message: "no column is left; leave the whole table out",
      });
  }
  if (profile.tables.every(({ name }) => choices.leftOut.includes(name)))
    errors.push({ path: "choices.leftOut", message: "no table is left" });
  if (errors.length > 0)
    throw new PlatformError("dataset_choices_invalid", undefined, { errors: errors.slice(0, 50) });
}
