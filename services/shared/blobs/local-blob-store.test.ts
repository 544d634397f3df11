import { createHash, randomBytes } from "node:crypto";
import { readdir, stat, utimes, writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { scratchDirectory } from "../../../test/support/scratch-directory.ts";
import { BlobMissingError } from "./blob-store.ts";
import { LocalBlobStore } from "./local-blob-store.ts";

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

it("gives back what was written, from bytes or a stream, under its digest", async () => {
  const blobs = new LocalBlobStore(await scratchDirectory());
  const content = randomBytes(300_000);
  const written = await blobs.write(Readable.from([content.subarray(0, 10), content.subarray(10)]));
  expect(written).toEqual({ sha256: sha256(content), bytes: content.length });
  expect(await blobs.write(content)).toEqual(written);
  expect(await blobs.read(written.sha256)).toEqual(content);
  expect(await blobs.readHead(written.sha256, 5)).toEqual(content.subarray(0, 5));
  expect(Buffer.concat(await (await blobs.open(written.sha256)).toArray())).toEqual(content);
  expect(await blobs.size(written.sha256)).toBe(content.length);
  await expect(blobs.read(written.sha256, 10)).rejects.toThrow(RangeError);
});

it("says which blob is missing", async () => {
  const blobs = new LocalBlobStore(await scratchDirectory());
  const digest = "0".repeat(64);
  const actions = [
    () => blobs.open(digest),
    () => blobs.read(digest),
    () => blobs.readHead(digest, 1),
    () => blobs.size(digest),
  ];
  for (const action of actions) await expect(action()).rejects.toThrow(BlobMissingError);
  expect(await blobs.has(digest)).toBe(false);
  await expect(blobs.size("../../etc/passwd")).rejects.toThrow(TypeError);
});

it.each([3, 200])("shows the %i blobs of a batch when it is committed, and not before", async (count) => {
  const root = await scratchDirectory();
  const blobs = new LocalBlobStore(root);
  const batch = blobs.batch();
  const contents = Array.from({ length: count }, () => randomBytes(50));
  for (const content of contents) await batch.write(content);
  await batch.write(contents[0]!);
  await batch.write(Readable.from([contents[1]!]));
  expect(await blobs.has(sha256(contents[0]!))).toBe(false);
  await batch.commit();
  await batch.discard();
  for (const content of contents) expect(await blobs.read(sha256(content))).toEqual(content);
  expect(await readdir(`${root}/incoming`)).toEqual([]);
});

it("leaves nothing of a batch that is discarded, nor of a stream that breaks", async () => {
  const root = await scratchDirectory();
  const blobs = new LocalBlobStore(root);
  const batch = blobs.batch();
  const { sha256: digest } = await batch.write(Buffer.from("forget me"));
  await batch.discard();
  const breaks = Readable.from(
    (function* () {
      yield Buffer.from("half");
      throw new Error("torn");
    })(),
  );
  await expect(blobs.write(breaks)).rejects.toThrow("torn");
  expect(await blobs.has(digest)).toBe(false);
  expect(await readdir(`${root}/incoming`)).toEqual([]);
});

it("finds damage, and removes what writers that died left behind", async () => {
  const root = await scratchDirectory();
  const blobs = new LocalBlobStore(root);
  const { sha256: digest } = await blobs.write(Buffer.from("good"));
  expect(await blobs.isIntact(digest)).toBe(true);
  await writeFile(blobs.pathOf(digest), "evil");
  expect(await blobs.isIntact(digest)).toBe(false);
  await blobs.batch().write(Buffer.from("abandoned"));
  const [name] = await readdir(`${root}/incoming`);
  expect(await blobs.removeAbandoned(60_000)).toBe(0);
  await utimes(`${root}/incoming/${name}`, 0, 0);
  expect(await blobs.removeAbandoned(60_000)).toBe(1);
  await expect(stat(`${root}/incoming/${name}`)).rejects.toThrow("ENOENT");
});
