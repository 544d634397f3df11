import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { WorkerContext } from "../context.ts";

const HOUR_MS = 3_600_000;
const ABANDONED_MS = 24 * HOUR_MS;

/** Data directory -> when it was last looked through. */
const lookedThrough = new Map<string, number>();

/** About once an hour: what writers of blobs and archives that died left on the disk a day ago or earlier. */
export async function removeAbandonedFiles({ blobs, config, log }: WorkerContext): Promise<void> {
  const now = Date.now();
  if (now - (lookedThrough.get(config.dataDir) ?? 0) < HOUR_MS) return;
  lookedThrough.set(config.dataDir, now);
  let removed = await blobs.removeAbandoned(ABANDONED_MS);
  const directory = sealingDirectory(config.dataDir);
  for (const name of await readdir(directory).catch(() => [])) {
    const path = join(directory, name);
    const found = await stat(path).catch(() => undefined);
    if (!found || now - found.mtimeMs < ABANDONED_MS) continue;
    await rm(path, { force: true });
    removed++;
  }
  if (removed > 0) log.info({ removed }, "removed what writers that died had left behind");
}

/** Where archives are written before they are stored. */
export function sealingDirectory(dataDir: string): string {
  return join(dataDir, "sealing");
}
