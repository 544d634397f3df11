import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { lstat, mkdir, readFile, readlink } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { extract } from "tar-stream";
import { expect, it } from "vitest";
import {
  archiveFixture,
  directoryEntry,
  fileEntry,
  symlinkEntry,
  treeOf,
} from "../../../test/support/archive-fixture.ts";
import { BlobDamagedError } from "./tree-contents.ts";
import { TreeShapeError } from "./tree-shape.ts";
import { materialiseTree } from "./tree-tar.ts";

const run = promisify(execFile);
const LONG = "n".repeat(200);

const FILES = [
  Buffer.from("-rf"),
  Buffer.from("caf\xe9", "latin1"),
  Buffer.from(`caf\xe9${"x".repeat(150)}`, "latin1"),
  Buffer.from(`deep/${LONG}/${LONG}/file`),
  Buffer.from("line\nbreak"),
  Buffer.from('quote"\\n'),
  Buffer.from("ünï"),
].sort(Buffer.compare);
const DIRECTORIES = ["deep", `deep/${LONG}`, `deep/${LONG}/${LONG}`];
const byPath = (a: { path: string }, b: { path: string }) =>
  Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));

function hostileTree() {
  const entries = [
    ...DIRECTORIES.map(directoryEntry),
    ...FILES.map((name) => fileEntry(name, name)),
    symlinkEntry("link", `/${"t".repeat(300)}`),
  ];
  return treeOf(entries.sort(byPath));
}

it("gives a tar from which GNU tar makes exactly the tree, whatever the names are", async () => {
  const { blobs, directory } = await archiveFixture();
  for (const name of FILES) await blobs.write(name);
  await pipeline(materialiseTree({ tree: hostileTree(), blobs }), createWriteStream(`${directory}/tree.tar`));
  await mkdir(`${directory}/there`);
  await run("tar", ["-xf", `${directory}/tree.tar`, "-C", `${directory}/there`, "--no-same-owner"]);
  for (const name of FILES) {
    const path = Buffer.concat([Buffer.from(`${directory}/there/`), name]);
    expect(await readFile(path), name.toString()).toEqual(name);
  }
  expect(await readlink(`${directory}/there/link`)).toBe(`/${"t".repeat(300)}`);
  expect((await lstat(`${directory}/there/deep`)).mode & 0o777).toBe(0o755);
});

it("belongs to the sandbox's user and carries no setuid bit", async () => {
  const { blobs } = await archiveFixture();
  const tree = treeOf([{ ...fileEntry("src-empty", ""), mode: 0o6755 }]);
  const headers: object[] = [];
  for await (const entry of materialiseTree({ tree, blobs }).pipe(extract())) {
    headers.push(entry.header);
    entry.resume();
  }
  expect(headers).toMatchObject([{ name: "src-empty", mode: 0o755, uid: 10001, gid: 10001 }]);
});

it("refuses a tree that would write through a symlink", async () => {
  const { blobs } = await archiveFixture();
  const tree = treeOf([symlinkEntry("a", "/etc"), fileEntry("a/passwd", "")]);
  expect(() => materialiseTree({ tree, blobs })).toThrow(TreeShapeError);
});

it("fails rather than give other bytes than the tree says", async () => {
  const { blobs } = await archiveFixture();
  const { sha256 } = await blobs.write(Buffer.from("abc"));
  for (const size of [2, 4]) {
    const tree = treeOf([{ ...fileEntry("a", "abc"), sha256, size }]);
    await expect(materialiseTree({ tree, blobs }).toArray()).rejects.toThrow(BlobDamagedError);
  }
});
