import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, chmod, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import type { BlobStore } from "../../shared/blobs/blob-store.ts";
import type { DatasetManifest } from "../../shared/contracts/dataset.ts";
import { datasetCacheDir } from "../../shared/sandbox/layout.ts";

/**
 * Lays the candidate's files of a dataset version out on this host, once; every sandbox mounts the same copy
 * read-only. Hidden files (labels) never leave the blob store.
 * @returns the directory to mount.
 */
export async function ensureDataset(
  dataDir: string,
  blobs: BlobStore,
  sha256: string,
  manifest: DatasetManifest,
): Promise<string> {
  const target = datasetCacheDir(dataDir, sha256);
  const candidate = join(target, "candidate");
  if (await exists(candidate)) return candidate;
  const temporary = `${target}.${randomUUID()}`;
  try {
    for (const file of manifest.files) {
      if (!file.path.startsWith("candidate/")) continue;
      const path = join(temporary, file.path);
      if (normalize(path) !== path || !path.startsWith(`${temporary}/candidate/`))
        throw new Error(`dataset path ${file.path} leaves its directory`);
      await mkdir(dirname(path), { recursive: true });
      await pipeline(await blobs.open(file.sha256), createWriteStream(path, { mode: 0o444 }));
    }
    await chmod(temporary, 0o755);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // Another provisioning finished first.
    if (await exists(candidate)) return candidate;
    throw error;
  }
  return candidate;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
