import { expect, test } from "vitest";
import type { Tree, TreeEntry } from "../../shared/contracts/tree.ts";
import { fillingOf } from "./filling.ts";

const MIB = 1024 * 1024;
const file = (path: string, size = 0): TreeEntry => ({
  type: "file",
  path,
  mode: 0o644,
  mtimeMs: 0,
  size,
  sha256: "0".repeat(64),
});
const treeOf = (entries: TreeEntry[]): Tree => ({ format: "worksample-tree-1", entries, omitted: [] });

test("a tree that fits gets a volume of the size the assessment allows", () => {
  const tree = treeOf([file("a", 10 * MIB), file("b", 100 * MIB)]);
  expect(fillingOf(tree, { diskMib: 256 })).toEqual({ tree, volumeMib: 256 });
});

test("one that was sparse gets as much more as it needs", () => {
  const tree = treeOf([file("sparse", 250 * MIB), file("full", 200 * MIB)]);
  const { volumeMib } = fillingOf(tree, { diskMib: 256 });
  expect(volumeMib * 0.8).toBeGreaterThanOrEqual(450);
  expect(volumeMib).toBeLessThan(2.5 * 256);
});

test("one of many hard links gets a volume with an inode for each", () => {
  const tree = treeOf(Array.from({ length: 100_000 }, (_, index) => file(`link-${index}`, 1)));
  const { volumeMib } = fillingOf(tree, { diskMib: 64 });
  expect((volumeMib * MIB) / 8192).toBeGreaterThan(100_000);
});

test("paths that no program could name are left out, whatever their encoding", () => {
  const long = "d/".repeat(1940);
  const bytes = Buffer.from(`${"e/".repeat(1960)}\xff`, "latin1");
  const wrong: TreeEntry = { ...file("e"), pathBase64: bytes.toString("base64") };
  const { tree } = fillingOf(
    treeOf([file("a"), file(`${long}short`), file(`${long}${"x".repeat(100)}`), wrong]),
    {
      diskMib: 64,
    },
  );
  expect(tree.entries.map((entry) => entry.path)).toEqual(["a", `${long}short`]);
});

test("a relative symlink out of the workspace becomes an absolute one to the same place, others stay", () => {
  const link = (path: string, target: string): TreeEntry => ({
    type: "symlink",
    path,
    mode: 0o777,
    mtimeMs: 0,
    target,
  });
  const { tree } = fillingOf(
    treeOf([
      link("data", "../datasets/tickets"),
      link("a/b/up", "../../../../etc/shadow"),
      link("a/within", "../b"),
      link("absolute", "/etc/passwd"),
      link("itself", "."),
    ]),
    { diskMib: 64 },
  );
  expect(tree.entries.map((entry) => (entry.type === "symlink" ? entry.target : ""))).toEqual([
    "/datasets/tickets",
    "/etc/shadow",
    "../b",
    "/etc/passwd",
    ".",
  ]);
});
