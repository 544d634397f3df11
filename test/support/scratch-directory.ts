import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A directory of the running test alone, removed when it is over. */
export async function scratchDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "worksample-test-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}
