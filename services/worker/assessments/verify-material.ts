import { createWriteStream } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import type { BlobStore } from "../../shared/blobs/blob-store.ts";
import type { ExportedAssessment } from "../../shared/contracts/assessment-transfer.ts";
import type { DatasetManifest, DatasetTable } from "../../shared/contracts/dataset.ts";
import { ConfinedError, ConfinedRefusal } from "../confined/confined-errors.ts";
import { runConfined } from "../confined/run-confined.ts";
import { checkConfined } from "../openapi/check-confined.ts";
import { ExportRefusedError } from "./read-export.ts";

const SQLITE_ENTRY = fileURLToPath(new URL("./verify-sqlite-entry.ts", import.meta.url));
const PARQUET_ENTRY = fileURLToPath(new URL("./verify-parquet-entry.ts", import.meta.url));
const FILE = "tables";
const LIMITS = { timeoutMs: 300_000, cpuSec: 240, memoryMib: 512, fileMib: 4096 };

/**
 * Files of a dataset that the platform itself reads: mock APIs are served from its SQLite files, and the api pages
 * through `platform/<table>.parquet`. Files from outside are read in a confined child first. @throws ExportRefusedError
 */
export async function verifyTables(
  blobs: Pick<BlobStore, "open">,
  { title, files, tables }: DatasetManifest,
): Promise<void> {
  for (const { path, sha256 } of files) {
    const problem = /\.(sqlite3?|db)$/i.test(path)
      ? await problemOf(blobs, sha256, SQLITE_ENTRY, {})
      : path.startsWith("platform/") && path.endsWith(".parquet")
        ? await parquetProblem(
            blobs,
            sha256,
            tables.find(({ name }) => path === `platform/${name}.parquet`),
          )
        : null;
    if (problem)
      throw new ExportRefusedError(`The file ${path} of the dataset ${title} cannot be taken: ${problem}.`);
  }
}

async function parquetProblem(
  blobs: Pick<BlobStore, "open">,
  sha256: string,
  table: DatasetTable | undefined,
): Promise<string | null> {
  if (!table) return "the dataset has no table of that name";
  const columns = table.columns.map(({ name }) => name);
  return problemOf(blobs, sha256, PARQUET_ENTRY, { columns, rows: table.rows });
}

async function problemOf(
  blobs: Pick<BlobStore, "open">,
  sha256: string,
  entry: string,
  wanted: object,
): Promise<string | null> {
  const directory = await mkdtemp(join(tmpdir(), "worksample-verify-"));
  try {
    await pipeline(await blobs.open(sha256), createWriteStream(join(directory, FILE)));
    await chmod(join(directory, FILE), 0o444);
    await runConfined({ entry, input: { file: FILE, ...wanted }, directory, limits: LIMITS });
    return null;
  } catch (error) {
    if (error instanceof ConfinedRefusal) return error.message;
    if (error instanceof ConfinedError) return "reading it costs too much";
    throw error;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Documents are judged as if they had been uploaded by themselves. @throws ExportRefusedError */
export async function verifyMockApi({
  title,
  document,
  bindings,
  weather,
}: ExportedAssessment["mockApis"][number]): Promise<void> {
  const checked = await checkConfined(Buffer.from(JSON.stringify(document)), { bindings, weather });
  const error = checked.issues.find(({ severity }) => severity === "error");
  if (checked.errors > 0 || error)
    throw new ExportRefusedError(
      `The mock API ${title} cannot be served: ${error?.message ?? "its document is refused."}`,
    );
}
