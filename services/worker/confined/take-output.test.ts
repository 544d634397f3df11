import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openOutput } from "./take-output.ts";

let directory: string;
let secret: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "worksample-output-"));
  secret = join(directory, "outside", "secret");
  await mkdir(join(directory, "outside"));
  await writeFile(secret, "of the host");
  await mkdir(join(directory, "out"));
  await writeFile(join(directory, "out", "plain.csv"), "id\n");
  await symlink(secret, join(directory, "out", "link.csv"));
  await mkdir(join(directory, "out", "directory.csv"));
  await symlink(join(directory, "outside"), join(directory, "linked"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it("takes a plain file", async () => {
  const file = await openOutput(join(directory, "out"), "plain.csv");
  expect(await file.readFile("utf8")).toBe("id\n");
  await file.close();
});

it.each([
  ["out", "link.csv", "ELOOP"],
  ["linked", "secret", "in the place of a directory"],
  ["out", "directory.csv", "is no file"],
  ["out", "..", "outside of its directory"],
  ["out", "../outside/secret", "outside of its directory"],
])("refuses what a child puts in the place of %s/%s", async (where, name, why) => {
  await expect(openOutput(join(directory, where), name)).rejects.toThrow(why);
});

it("refuses links because copying by name follows them", async () => {
  await copyFile(join(directory, "out", "link.csv"), join(directory, "copy"));
  expect(await readFile(join(directory, "copy"), "utf8")).toBe("of the host");
});
