import { readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { codeCache } from "./code-cache.ts";

const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const ENTRY = join(PROJECT, "services/worker/openapi/check-entry.ts");
const options = {
  project: PROJECT,
  flags: ["--disable-warning=ExperimentalWarning"],
  users: [64_200, 64_201],
};

it("keeps compiled code once for an entry, for each user, and writable for none of them", async () => {
  const cache = await codeCache(ENTRY, options);
  expect(await codeCache(ENTRY, options)).toBe(cache);
  const { mode, uid } = await stat(cache!);
  expect([mode & 0o777, uid]).toEqual([0o755, process.getuid?.()]);
  const names = await readdir(cache!);
  expect(names.filter((name) => /-6420[01]$/.test(name))).toHaveLength(2);
  const files = await readdir(join(cache!, names.find((name) => name.endsWith("-64200"))!));
  expect(files.length).toBeGreaterThan(50);
  for (const file of files.slice(0, 5))
    expect((await stat(join(cache!, names.at(-1)!, file))).mode & 0o222).toBe(0);
});

it("keeps nothing for an entry from elsewhere, or one that cannot be loaded", async () => {
  expect(await codeCache("/tmp/entry.ts", options)).toBeNull();
  expect(await codeCache(join(PROJECT, "services/worker/not-there.ts"), options)).toBeNull();
});
