import { expect, it } from "vitest";
import { archiveFixture, fileEntry, sampleTree, treeOf } from "../../../test/support/archive-fixture.ts";
import { treeSha256 } from "../archive/tree-json.ts";
import { readTree, writeTree } from "./tree-blobs.ts";

it("gives back the tree, and equal trees have one digest", async () => {
  const { blobs } = await archiveFixture();
  const digest = await writeTree(sampleTree(), blobs);
  expect(await readTree(digest, blobs)).toEqual(sampleTree());
  const otherKeyOrder = JSON.parse(JSON.stringify(sampleTree()), (_key, value) =>
    value?.type ? Object.fromEntries(Object.entries(value).reverse()) : value,
  );
  expect(await writeTree(otherKeyOrder, blobs)).toBe(digest);
  expect(await treeSha256(sampleTree())).toBe(digest);
});

it("is plain JSON of the whole tree, also when it is written in several pieces", async () => {
  const { blobs } = await archiveFixture();
  const tree = treeOf(Array.from({ length: 1234 }, (_, index) => fileEntry(`f${10_000 + index}`, "")));
  const json = await blobs.read(await writeTree(tree, blobs));
  expect(json.toString()).toBe(JSON.stringify(tree));
});

it("refuses a blob that is not a tree, or not a possible one", async () => {
  const { blobs } = await archiveFixture();
  for (const wrong of ["", "{}", "[]", JSON.stringify(treeOf([fileEntry("../x", "")]))]) {
    const { sha256 } = await blobs.write(Buffer.from(wrong));
    await expect(readTree(sha256, blobs), wrong).rejects.toThrow();
  }
});
