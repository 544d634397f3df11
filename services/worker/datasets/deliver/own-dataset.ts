import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, chmod, chown, mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { DatasetDelivery } from "../../../shared/contracts/assessment-draft.ts";
import type { DatasetManifest } from "../../../shared/contracts/dataset.ts";
import { TokenSealer } from "../../../shared/domain/sealed-token.ts";
import { attemptDatasetDir } from "../../../shared/sandbox/layout.ts";
import { runConfined } from "../../confined/run-confined.ts";
import { openOutput } from "../../confined/take-output.ts";
import type { WorkerContext } from "../../context.ts";
import type { AttemptRecord } from "../../records/attempt-record.ts";
import { keepDelivery } from "../../records/delivery-record.ts";
import type { DeliverInput } from "./deliver-entry.ts";

export interface PinnedDataset {
  mountName: string;
  datasetVersionId: string;
  delivery: DatasetDelivery;
  sha256: string;
  manifest: DatasetManifest;
}

const ENTRY = fileURLToPath(new URL("./deliver-entry.ts", import.meta.url));
const LIMITS = { timeoutMs: 300_000, memoryMib: 1024, cpuSec: 300, fileMib: 8192 };
const Output = z.object({
  files: z.array(z.object({ path: z.string().regex(/^[^/]+$/), bytes: z.int().min(0) })),
  markers: z.array(z.string()),
});
/** Endings of files that hold rows; the rest, such as a README, every candidate gets as it is. */
const DATA = /\.(csv|tsv|jsonl?|ndjson|parquet|sqlite3?|db|zip|gz|tgz|duckdb|arrow|feather|xlsx?)$/i;

/** Whether all candidates get the same files. */
export function isShared(delivery: DatasetDelivery): boolean {
  return !delivery.sample && !delivery.canary;
}

/**
 * Lays out the attempt's own copy of a dataset: its sample, with its canary rows. Made anew, it is the same again,
 * since everything drawn follows from the invitation.
 * @returns the directory to mount. @throws ConfinedError, ConfinedRefusal when it cannot be made
 */
export async function ensureOwnDataset(
  context: Pick<WorkerContext, "config" | "db" | "blobs">,
  attempt: Pick<AttemptRecord, "id" | "invitationId" | "kind">,
  dataset: PinnedDataset,
): Promise<string> {
  const target = attemptDatasetDir(context.config.dataDir, attempt.id, dataset.mountName);
  if (await exists(target)) return target;
  const scratch = `${target}.${randomUUID()}`;
  await mkdir(scratch, { recursive: true });
  try {
    const source = join(scratch, "source.sqlite");
    await pipeline(await context.blobs.open(tablesOf(dataset.manifest)), createWriteStream(source));
    const input: DeliverInput = {
      source: "source.sqlite",
      delivery: dataset.delivery,
      seed: seedOf(context.config.secret, attempt.invitationId, dataset),
    };
    const { markers, files } = Output.parse(
      await runConfined({ entry: ENTRY, input, directory: scratch, limits: LIMITS }),
    );
    const own = join(scratch, "own");
    await mkdir(own);
    for (const { path } of files) await takeFile(join(scratch, "out"), path, own);
    const words = await addWords(context, dataset.manifest, own);
    await makeReadable(own);
    // A run has the candidate's copy again, and its markers point to the candidate already.
    if (attempt.kind !== "run")
      await keepDelivery(context.db, attempt.id, dataset, [...files, ...words], markers);
    await rename(own, target);
  } catch (error) {
    // Another start of the same attempt finished first.
    if (!(await exists(target))) throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return target;
}

async function takeFile(from: string, name: string, to: string): Promise<void> {
  const file = await openOutput(from, name);
  try {
    await pipeline(
      file.createReadStream({ autoClose: false }),
      createWriteStream(join(to, name), { flags: "wx" }),
    );
  } finally {
    await file.close();
  }
}

/** Digest of the SQLite file with all tables; that of the candidates for versions made before there was another. */
function tablesOf({ files }: DatasetManifest): string {
  const found =
    files.find(({ path }) => path === "platform/tables.sqlite") ??
    files.find(({ path }) => path.startsWith("candidate/") && path.endsWith(".sqlite"));
  if (!found) throw new Error("the dataset version has no SQLite file of its tables");
  return found.sha256;
}

function seedOf(
  secret: string,
  invitationId: string,
  { datasetVersionId, mountName }: PinnedDataset,
): string {
  const text = `${invitationId} ${datasetVersionId} ${mountName}`;
  return new TokenSealer(secret).shortMac("dataset-delivery", text).toString("hex");
}

/** The dataset's files without rows, such as its README. */
async function addWords(
  { blobs }: Pick<WorkerContext, "blobs">,
  { files }: DatasetManifest,
  directory: string,
): Promise<{ path: string; bytes: number }[]> {
  const words = files.filter(({ path }) => /^candidate\/[^/]+$/.test(path) && !DATA.test(path));
  const added: { path: string; bytes: number }[] = [];
  for (const { path, bytes, sha256 } of words) {
    const name = path.slice("candidate/".length);
    if (await exists(join(directory, name))) continue;
    await pipeline(await blobs.open(sha256), createWriteStream(join(directory, name)));
    added.push({ path: name, bytes });
  }
  return added;
}

async function makeReadable(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    await chown(join(directory, name), 0, 0);
    await chmod(join(directory, name), 0o444);
  }
  await chmod(directory, 0o755);
  await chmod(dirname(directory), 0o755);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
