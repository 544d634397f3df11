import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withBuildLock } from "./build-lock.ts";

let directory: string;
let lock: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "build-lock-"));
  lock = join(directory, "lock");
});
afterEach(() => rm(directory, { recursive: true }));

test("work under the lock never overlaps, and who waits is told once", async () => {
  let running = 0;
  let most = 0;
  let told = 0;
  const work = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 30));
    running--;
  };
  await Promise.all([1, 2].map(() => withBuildLock(() => told++, work, lock)));
  expect([most, told]).toEqual([1, 1]);
});

test("failed work gives the lock back", async () => {
  const failing = withBuildLock(
    () => {},
    () => Promise.reject(new Error("no")),
    lock,
  );
  await expect(failing).rejects.toThrow("no");
  expect(
    await withBuildLock(
      () => {},
      async () => "done",
      lock,
    ),
  ).toBe("done");
});

test("the lock of a process that is gone is taken over", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  await writeFile(lock, String(pid));
  expect(
    await withBuildLock(
      () => {},
      async () => "done",
      lock,
    ),
  ).toBe("done");
});
