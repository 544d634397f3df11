import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CacheFull, DiskCache } from "./disk-cache.ts";

let directory: string;
let cache: DiskCache;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "disk-cache-"));
  cache = await DiskCache.open(directory, 1000);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function put(name: string, bytes: number): Promise<void> {
  const incoming = await cache.begin(bytes);
  writeFileSync(incoming.path, Buffer.alloc(bytes, name));
  await incoming.commit(name);
}

async function read(name: string): Promise<string | null> {
  const handle = await cache.get(name);
  const text = (await handle?.readFile())?.toString() ?? null;
  await handle?.close();
  return text;
}

test("what is used least goes first, and never more is there than may be", async () => {
  for (const name of ["a", "b", "c"]) await put(name, 300);
  await read("a");
  await put("d", 400);
  expect(cache.usedBytes).toBe(1000);
  expect(await Promise.all(["a", "b", "c", "d"].map(async (name) => (await read(name)) !== null))).toEqual([
    true,
    false,
    true,
    true,
  ]);
});

test("who reads a file that goes reads it to its end", async () => {
  await put("a", 900);
  const handle = await cache.get("a");
  await put("b", 900);
  expect(await read("a")).toBeNull();
  expect((await handle!.readFile()).toString()).toBe("a".repeat(900));
  await handle!.close();
});

test("what is on its way counts, and is refused when it cannot fit", async () => {
  const first = await cache.begin(600);
  await expect(cache.begin(600)).rejects.toThrow(CacheFull);
  const second = await cache.begin(0);
  await second.reserve(400);
  await expect(second.reserve(401)).rejects.toThrow(CacheFull);
  await first.discard();
  await second.reserve(900);
  await second.discard();
  await second.discard();
  expect(cache.usedBytes).toBe(0);
});

test("a restart keeps what was complete, in the order of its use, and nothing else", async () => {
  await put("a", 300);
  await put("b", 300);
  const broken = await cache.begin(300);
  writeFileSync(broken.path, "half of it");
  cache = await DiskCache.open(directory, 1000);
  expect(readdirSync(join(directory, "incoming"))).toEqual([]);
  expect(cache.usedBytes).toBe(600);
  expect(await read("b")).toBe("b".repeat(300));
  cache = await DiskCache.open(directory, 300);
  expect(cache.usedBytes).toBe(300);
});
