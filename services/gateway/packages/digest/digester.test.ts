import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open as openFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Digester, type DigestJob } from "./digester.ts";
import { Entry } from "./entry.ts";

let directory: string;
let count = 0;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "digester-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function jobFor(raw: string): DigestJob {
  const rawPath = join(directory, `raw-${++count}`);
  writeFileSync(rawPath, raw);
  return {
    subject: { kind: "packument", name: "a", url: "https://registry.example.com/a" },
    contentType: "application/json",
    validators: { etag: '"1"' },
    rawPath,
    entryPath: join(directory, `entry-${count}`),
  };
}

const versions = (number: number) =>
  Object.fromEntries(
    Array.from({ length: number }, (_, index) => [
      `${index}.0.0`,
      { dist: { tarball: `a/-/odd-${index}.tgz`, shasum: index.toString(16).padStart(40, "0") } },
    ]),
  );

test("what is written can be read: documents, and each file by either of its names", async () => {
  const digester = new Digester();
  const job = jobFor(
    JSON.stringify({ name: "a", versions: versions(5000), "dist-tags": { latest: "1.0.0" } }),
  );
  await digester.digest(job);
  await digester.close();
  const entry = await Entry.read(await openFile(job.entryPath));
  expect(entry.header.validators).toEqual({ etag: '"1"' });
  expect(JSON.parse((await entry.stream("dist-tags").toArray()).join(""))).toEqual({ latest: "1.0.0" });
  const expected = { version: "4321.0.0", url: "https://registry.example.com/a/-/odd-4321.tgz" };
  expect(await entry.findFile("a-4321.0.0.tgz")).toMatchObject(expected);
  expect(await entry.findFile("odd-4321.tgz")).toMatchObject(expected);
  expect(await entry.findFile("a-4321.0.0")).toBeNull();
  expect(await entry.findFile('a-4321.0.0.tgz","x')).toBeNull();
  await entry.close();
});

test("what takes too long is given up, and the next is read", async () => {
  const digester = new Digester(400);
  // A thread that starts takes some of the time.
  await digester.digest(jobFor('{"name":"a","versions":{}}')).catch(() => {});
  const slow = jobFor(
    JSON.stringify({ name: "a", versions: versions(90_000), readme: "x".repeat(30_000_000) }),
  );
  await expect(digester.digest(slow)).rejects.toThrow("it took too long");
  const again = () => digester.digest(jobFor('{"name":"a","versions":{}}')).then(() => "read");
  await expect.poll(() => again().catch((error: Error) => error.message), { timeout: 10_000 }).toBe("read");
  await digester.close();
});
