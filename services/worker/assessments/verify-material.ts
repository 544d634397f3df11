import { createWriteStream } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import type { BlobStore } from "../../shared/blobs/blob-store.ts";
import type { ExportedAssessment } from "../../shared/contracts/composer.ts";
import type { DatasetManifest } from "../../shared/contracts/dataset.ts";
import { ConfinedError, ConfinedRefusal } from "../confined/confined-errors.ts";
import { runConfined } from "../confined/run-confined.ts";
import { checkConfined } from "../openapi/check-confined.ts";
import { ExportRefusedError } from "./read-export.ts";

const ENTRY = fileURLToPath(new URL("./verify-sqlite-entry.ts", import.meta.url));
const LIMITS = { timeoutMs: 300_000, cpuSec: 240, memoryMib: 512, fileMib: 4096 };

/**
 * SQLite files of a dataset: mock APIs are served from them, so a file from outside is opened in a confined child
 * first. @throws ExportRefusedError
 */
export async function verifyDatabases(
  blobs: Pick<BlobStore, "open">,
  { title, files }: DatasetManifest,
): Promise<void> {
  for (const { path, sha256 } of files)
    if (/\.(sqlite3?|db)$/i.test(path)) {
      const problem = await databaseProblem(blobs, sha256);
      if (problem)
        throw new ExportRefusedError(`The file ${path} of the dataset ${title} cannot be taken: ${problem}.`);
    }
}

async function databaseProblem(blobs: Pick<BlobStore, "open">, sha256: string): Promise<string | null> {
  const directory = await mkdtemp(join(tmpdir(), "worksample-sqlite-"));
  try {
    const file = join(directory, "tables.sqlite");
    await pipeline(await blobs.open(sha256), createWriteStream(file));
    await chmod(file, 0o444);
    await runConfined({ entry: ENTRY, input: { file: "tables.sqlite" }, directory, limits: LIMITS });
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
