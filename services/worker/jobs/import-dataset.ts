import { join } from "node:path";
import { z } from "zod";
import { DatasetManifest } from "../../shared/contracts/dataset.ts";
import { DatasetProfile, TableProfile } from "../../shared/contracts/dataset-profile.ts";
import type { ImportChoices } from "../../shared/contracts/dataset-studio.ts";
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
import {
  type DatasetImportRecord,
  findImport,
  type ImportFile,
  listImportFiles,
  moveImport,
  withImportLock,
} from "../records/dataset-import-record.ts";
import type { JobRun } from "./job-run.ts";

const ENTRY = new URL("../datasets/import-entry.ts", import.meta.url);

const TypedColumns = StagedTables.element.shape.columns;
/** What the child answers; parsed, for it may have been taken over. */
const Answer = z.object({
  tables: z
    .array(
      TableProfile.extend({ typed: TypedColumns, parquet: z.string().regex(/^table-\d{1,3}\.parquet$/) }),
    )
    .min(1)
    .max(100),
  leftOut: DatasetProfile.shape.leftOut,
});

/** Reads the files of an import into tables and profiles them; then the import waits for choices. */
export async function importDataset(
  context: WorkerContext,
  payload: JobPayload<"import-dataset">,
  run: JobRun,
): Promise<void> {
  const held = await withImportLock(context.db, payload.importId, async () => {
    const record = await findImport(context.db, payload.importId);
    if (record?.state !== "waiting" && record?.state !== "profiling")
      return run.bailOut(`the import is ${record?.state ?? "not there"}`);
    if (!(await moveImport(context.db, record.id, ["waiting", "profiling"], "profiling")))
      return run.bailOut("the import moved on");
    await readOrFail(context, record, run);
  });
  if (!held) run.bailOut("another worker reads it");
}

async function readOrFail(context: WorkerContext, record: DatasetImportRecord, run: JobRun): Promise<void> {
  try {
    const files = record.parentVersionId
      ? await filesOfVersion(context, record.parentVersionId)
      : await listImportFiles(context.db, record.id);
    if ("tables" in files) return await makeReady(context, record, files.profile, files.tables);
    await withScratch(context, record.id, (directory) => read(context, record, files, directory));
  } catch (error) {
    if (error instanceof ConfinedError && error.reason === "cancelled")
      return run.bailOut("it was cancelled");
    const failure = failureOf(error);
    if (failure) context.log.info({ importId: record.id, failure }, "an import was refused");
    else if (!run.isLastTry) throw error;
    else context.log.error({ err: error, stderr: (error as ConfinedError).stderr }, "an import was given up");
    await moveImport(context.db, record.id, ["profiling"], "failed", {
      failure: failure ?? {
        code: "failed",
        message:
          "These files could not be read. Try another format; if that fails too, pass this on to whoever runs the platform.",
        file: null,
      },
    });
  }
}

/** The tables of a version that are to be treated anew; versions from before there were any are read again. */
async function filesOfVersion(
  context: WorkerContext,
  versionId: string,
): Promise<ImportFile[] | { profile: DatasetProfile; tables: StagedTables }> {
  const version = await context.db
    .selectFrom("dataset_version")
    .select(["manifest", "profile"])
    .where("id", "=", versionId)
    .executeTakeFirstOrThrow();
  const { files, tables } = DatasetManifest.parse(version.manifest);
  const blobOf = (path: string) => files.find((file) => file.path === path);
  if (version.profile && tables.every(({ name }) => blobOf(`platform/${name}.parquet`)))
    return {
      profile: version.profile as DatasetProfile,
      tables: StagedTables.parse(
        tables.map((table) => ({ ...table, ...blobOf(`platform/${table.name}.parquet`) })),
      ),
    };
  const readable = files.filter(({ path }) => path.startsWith("candidate/") && /\.(sqlite|db)$/.test(path));
  const chosen =
    readable.length > 0 ? readable : files.filter(({ path }) => /^candidate\/.*\.csv$/.test(path));
  return chosen.map(({ path, sha256, bytes }) => ({
    name: path.split("/").at(-1)!,
    sha256,
    bytes,
    reading: {},
  }));
}

async function read(
  context: WorkerContext,
  record: DatasetImportRecord,
  files: ImportFile[],
  directory: string,
): Promise<void> {
  const inputs: { path: string; name: string; reading: ImportFile["reading"] }[] = [];
  for (const [index, { name, sha256, reading }] of files.entries()) {
    const path = join(directory, `upload-${index}`);
    await layOut(context, sha256, path);
    inputs.push({ path, name, reading });
  }
  const input = { files: inputs, memoryMib: DUCKDB_MEMORY_MIB };
  const answer = Answer.parse(
    await runImportEntry(context, record.id, { entry: ENTRY, input, directory, span: [0.02, 0.97] }),
  );
  const batch = context.blobs.batch();
  try {
    const tables: StagedTables = [];
    for (const { name, rows, typed, parquet } of answer.tables)
      tables.push({ name, rows, columns: typed, ...(await storeOutput(batch, directory, parquet)) });
    await batch.commit();
    const profile = {
      tables: answer.tables.map(({ typed: _, parquet: __, ...table }) => table),
      leftOut: answer.leftOut,
    };
    await makeReady(context, record, profile, tables);
  } finally {
    await batch.discard();
  }
}

async function makeReady(
  context: WorkerContext,
  record: DatasetImportRecord,
  profile: DatasetProfile,
  staged: StagedTables,
): Promise<void> {
  const rows = staged.reduce((sum, table) => sum + table.rows, 0);
  await moveImport(context.db, record.id, ["profiling"], "ready", {
    profile,
    staged,
    choices: suggestChoices(profile, record.parentVersionId !== null),
    progress: { phase: "done", subject: null, share: 1, rows },
  });
}

/** What the findings suggest, to begin with. Files with rows that were skipped are better written anew. */
export function suggestChoices(profile: DatasetProfile, isRepeated: boolean): ImportChoices {
  const suggested = (isRepeated ? [] : profile.tables).map(({ name, columns }) => {
    const treated = columns.filter(({ suggestion }) => suggestion !== "keep");
    return [name, Object.fromEntries(treated.map((column) => [column.name, column.suggestion]))] as const;
  });
  const columns = Object.fromEntries(suggested.filter(([, actions]) => Object.keys(actions).length > 0));
  const whole = profile.tables.every(({ issues }) => issues.every(({ outcome }) => outcome !== "skipped"));
  return { columns, leftOut: [], candidateFiles: whole && !isRepeated ? "original" : "written" };
}
