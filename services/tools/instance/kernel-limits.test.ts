import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { raiseKernelLimits } from "./kernel-limits.ts";

async function settings(instances: number, watches: number): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "kernel-limits-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await writeFile(join(directory, "max_user_instances"), `${instances}\n`);
  await writeFile(join(directory, "max_user_watches"), `${watches}\n`);
  return directory;
}

const read = async (directory: string) =>
  Promise.all(
    ["max_user_instances", "max_user_watches"].map(async (name) =>
      Number(await readFile(join(directory, name), "utf8")),
    ),
  );

test("raises what is too low for many sandboxes", async () => {
  const directory = await settings(128, 8192);
  expect(await raiseKernelLimits(directory)).toEqual([]);
  expect(await read(directory)).toEqual([8192, 1_048_576]);
});

test("leaves alone what is higher", async () => {
  const directory = await settings(20_000, 2_000_000);
  await raiseKernelLimits(directory);
  expect(await read(directory)).toEqual([20_000, 2_000_000]);
});

test("says what it could not raise", async () => {
  expect(await raiseKernelLimits("/no/such/directory")).toEqual([
    expect.stringContaining("fs.inotify.max_user_instances"),
    expect.stringContaining("fs.inotify.max_user_watches"),
  ]);
});
