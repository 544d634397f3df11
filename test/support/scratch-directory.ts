import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";

const run = promisify(execFile);

/** A directory of the running test alone, removed when it is over. */
export async function scratchDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "worksample-test-"));
  // Unlike Node's, this rm has no limit on the length of paths.
  onTestFinished(async () => void (await run("rm", ["-rf", "--one-file-system", path])), 120_000);
  return path;
}
