import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const LOCK = join(tmpdir(), "worksample-image-build.lock");
const LOOK_AGAIN_AFTER_MS = 500;

/**
 * Runs the work while no other process of this machine builds an image: two starts at the same time
 * would otherwise build the same image twice, each taking more than twice as long.
 * A lock whose process is gone counts for nothing.
 */
export async function withBuildLock<Result>(
  onWait: () => void,
  work: () => Promise<Result>,
  lock = LOCK,
): Promise<Result> {
  let told = false;
  while (!(await take(lock))) {
    if (!told) onWait();
    told = true;
    await sleep(LOOK_AGAIN_AFTER_MS);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const holder = Number(await readFile(lock, "utf8").catch(() => ""));
  // Zero: made a moment ago and not written yet, or just removed.
  if (holder > 0 && !isAlive(holder)) await rm(lock, { force: true });
  return false;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
