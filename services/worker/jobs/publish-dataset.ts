import { createHmac, hash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import type { BlobBatch } from "../../shared/blobs/blob-store.ts";
import { type DatasetFile, DatasetManifest, DatasetTable } from "../../shared/contracts/dataset.ts";
import { ColumnProfile, type DatasetProfile } from "../../shared/contracts/dataset-profile.ts";
import { StagedTables } from "../../shared/contracts/staged-dataset.ts";
import type { JobPayload } from "../../shared/queue/jobs.ts";
import { ConfinedError } from "../confined/confined-errors.ts";
import type { WorkerContext } from "../context.ts";
import {
  DUCKDB_MEMORY_MIB,
  failureOf,
  layOut,
  runImportEntry,
  storeOutput,
  withScratch,
} from "../datasets/confined-work.ts";
import { type Publication, planPublication } from "../datasets/publish/plan-publication.ts";
import type { PublishInput } from "../datasets/publish-entry.ts";
import {
  type DatasetImportRecord,
  findImport,
  listImportFiles,
  moveImport,
  withImportLock,
} from "../records/dataset-import-record.ts";
import { type NewVersion, saveVersion } from "../records/dataset-version-record.ts";
import type { JobRun } from "./job-run.ts";

const ENTRY = new URL("../datasets/publish-entry.ts", import.meta.url);

const FileName = z.string().regex(/^[a-z0-9-]{1,40}\.(parquet|csv|sqlite)$/);
/** What the child answers; parsed, for it may have been taken over. */
const Answer = z.object({
  tables: z.array(
    z.object({
      name: z.string(),
      rows: z.int().min(0),
      columns: StagedTables.element.shape.columns,
      texts: FileName.nullable(),
      csv: FileName.nullable(),
      typed: FileName.nullable(),
      preview: DatasetTable.shape.preview.unwrap(),
      treated: z.array(ColumnProfile),
    }),
  ),
  sqlite: FileName,
});
type Answer = z.infer<typeof Answer>;
type File = z.infer<typeof DatasetFile>;

/** Treats the columns of an import as chosen, and publishes a dataset version. */
export async function publishDataset(
  context: WorkerContext,
  payload: JobPayload<"publish-dataset">,
  run: JobRun,
): Promise<void> {
  const held = await withImportLock(context.db, payload.importId, async () => {
    const record = await findImport(context.db, payload.importId);
    if (record?.state !== "publishing") return run.bailOut(`the import is ${record?.state ?? "not there"}`);
    try {
      await withScratch(context, record.id, (directory) => publish(context, record, directory));
    } catch (error) {
      if (error instanceof ConfinedError && error.reason === "cancelled")
        return run.bailOut("it was cancelled");
      const failure = failureOf(error);
      if (!failure && !run.isLastTry) throw error;
      context.log.error({ err: error, stderr: (error as ConfinedError).stderr }, "publishing was given up");
      const message =
        "The version could not be written. Try again; if that fails too, tell whoever runs the platform.";
      await moveImport(context.db, record.id, ["publishing"], "failed", {
        failure: failure ?? { code: "failed", message, file: null },
      });
    }
  });
  if (!held) run.bailOut("another worker publishes it");
}

async function publish(
  context: WorkerContext,
  record: DatasetImportRecord,
  directory: string,
): Promise<void> {
  const uploads = await listImportFiles(context.db, record.id);
  const plan = planPublication(record, uploads);
  for (const [index, table] of plan.tables.entries())
    await layOut(context, table.sha256, join(directory, `staged-${index}.parquet`));
  const input: PublishInput = {
    tables: plan.tables.map(({ name, columns }, index) => ({
      name,
      columns,
      parquet: `staged-${index}.parquet`,
    })),
    keys: pseudonymKeys(context.config.secret, record.datasetId),
    writeCandidateFiles: plan.originals === null,
    memoryMib: DUCKDB_MEMORY_MIB,
  };
  const answer = Answer.parse(
    await runImportEntry(context, record.id, { entry: ENTRY, input, directory, span: [0.02, 0.95] }),
  );
  const batch = context.blobs.batch();
  try {
    const files = await storeFiles(batch, directory, plan, answer);
    await batch.commit();
    await saveVersion(context.db, record, describeVersion(record, plan, answer, files));
  } finally {
    await batch.discard();
  }
}

/** Of the dataset: its versions give the same pseudonym for the same value, other datasets another. */
function pseudonymKeys(secret: string, datasetId: string) {
  const key = (part: string) =>
    createHmac("sha256", secret).update(`dataset-pseudonym:${part}:${datasetId}`).digest("hex");
  return { inner: key("inner"), outer: key("outer") };
}

async function storeFiles(
  batch: BlobBatch,
  directory: string,
  plan: Publication,
  answer: Answer,
): Promise<File[]> {
  const files: File[] = [...(plan.originals ?? [])];
  const store = async (name: string, path: string) =>
    files.push({ path, ...(await storeOutput(batch, directory, name)) });
  for (const [index, table] of answer.tables.entries()) {
    const staged = plan.tables[index]!;
    if (table.name !== staged.name) throw new Error("the child answered with other tables");
    const path = `platform/${table.name}.parquet`;
    if (table.texts) await store(table.texts, path);
    else files.push({ path, sha256: staged.sha256, bytes: staged.bytes });
    if (table.csv) await store(table.csv, `candidate/csv/${table.name}.csv`);
    if (table.typed) await store(table.typed, `candidate/parquet/${table.name}.parquet`);
  }
  await store(answer.sqlite, "platform/tables.sqlite");
  return files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

function describeVersion(
  record: DatasetImportRecord,
  plan: Publication,
  answer: Answer,
  files: File[],
): NewVersion {
  const tables = answer.tables.map(({ name, rows, columns, preview }) => ({
    name,
    rows,
    columns: columns.map((column) => ({ ...column, description: "" })),
    preview,
  }));
  return {
    sha256: hash("sha256", JSON.stringify(files.map(({ path, sha256 }) => [path, sha256]))),
    manifest: DatasetManifest.parse({
      name: record.datasetSlug,
      title: record.datasetTitle,
      description: record.datasetDescription,
      licence: "",
      card: "",
      files,
      tables,
      treated: plan.treated,
    }),
    profile: profileOfVersion(record.profile!, answer),
  };
}

/** As the import found it, without what was dropped and with what treated columns hold now. */
function profileOfVersion(profile: DatasetProfile, answer: Answer): DatasetProfile {
  return {
    leftOut: profile.leftOut,
    tables: answer.tables.map((table) => {
      const before = profile.tables.find(({ name }) => name === table.name)!;
      const columns = table.columns.map(
        ({ name }) =>
          table.treated.find((column) => column.name === name) ??
          before.columns.find((column) => column.name === name)!,
      );
      // What the rows looked like before may show what was treated since.
      const issues =
        table.texts === null ? before.issues : before.issues.map((issue) => ({ ...issue, examples: [] }));
      return { ...before, columns, issues };
    }),
  };
}
