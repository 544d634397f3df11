import { describe, expect, it } from "vitest";
import type { SubmissionEntry } from "../../shared/contracts/review.ts";
import {
  buildTree,
  filesInOrder,
  filterEntries,
  firstFileToRead,
  initiallyCollapsed,
  type TreeNode,
  visibleRows,
} from "./file-tree.ts";
import { moveInTree } from "./tree-keyboard.ts";

let next = 0;
const entry = (path: string, change: SubmissionEntry["change"] = "added"): SubmissionEntry => ({
  index: next++,
  path,
  type: "file",
  size: 1,
  change,
  starterIndex: null,
});
const outline = (nodes: readonly TreeNode[]): unknown[] =>
  nodes.map((node) => (node.kind === "file" ? node.name : { [node.name]: outline(node.children) }));

describe("buildTree", () => {
  it("puts folders first, orders names as people count, and joins chains of lone folders", () => {
    const tree = buildTree([
      entry("file10.txt"),
      entry("file2.txt"),
      entry("src/main/java/App.java"),
      entry("docs/a.md"),
      entry("docs/deep/b.md"),
    ]);
    expect(outline(tree)).toEqual([
      { docs: [{ deep: ["b.md"] }, "a.md"] },
      { "src/main/java": ["App.java"] },
      "file2.txt",
      "file10.txt",
    ]);
  });

  it("keeps a deleted file beside a new folder of the same name", () => {
    const rows = visibleRows(buildTree([entry("app", "deleted"), entry("app/main.py")]), new Set());
    expect(rows.map((row) => row.node.key)).toHaveLength(new Set(rows.map((row) => row.node.key)).size);
    expect(rows.map((row) => row.node.name)).toEqual(["app", "main.py", "app"]);
  });

  it("takes names that are properties of every object, odd slashes and deep paths", () => {
    const deep = `${"d/".repeat(3000)}end`;
    const tree = buildTree([entry("__proto__/constructor"), entry("//toString"), entry(""), entry(deep)]);
    expect(filesInOrder(tree)).toHaveLength(4);
    expect(({} as Record<string, unknown>).constructor).toBe(Object);
  });

  it("counts what changed below a folder", () => {
    const [folder] = buildTree([entry("a/x"), entry("a/b/y", "unchanged"), entry("a/b/z", "modified")]);
    expect(folder).toMatchObject({ kind: "folder", changedCount: 2 });
  });
});

describe("filterEntries", () => {
  const entries = [
    entry("Src/Triage.py"),
    entry("data/readme.md", "unchanged"),
    entry("src/old.py", "deleted"),
  ];
  it("matches any part of the path in any case", () => {
    expect(filterEntries(entries, { name: " TRIAGE", hideUnchanged: false })).toHaveLength(1);
    expect(filterEntries(entries, { name: "src/", hideUnchanged: false })).toHaveLength(2);
  });
  it("hides what the candidate never touched, but never what was deleted", () => {
    const kept = filterEntries(entries, { name: "", hideUnchanged: true });
    expect(kept.map((item) => item.change)).toEqual(["added", "deleted"]);
  });
});

describe("what opens first", () => {
  it("is the README the candidate wrote", () => {
    const tree = buildTree([entry("a.py"), entry("README.md", "modified")]);
    expect(firstFileToRead(tree)?.path).toBe("README.md");
  });
  it("is the first touched file when the README is the starter's", () => {
    const tree = buildTree([entry("README.md", "unchanged"), entry("z.py")]);
    expect(firstFileToRead(tree)?.path).toBe("z.py");
  });
  it("is the notes before the README", () => {
    const tree = buildTree([entry("README.md", "modified"), entry("NOTES.md", "modified")]);
    expect(firstFileToRead(tree)?.path).toBe("NOTES.md");
  });
  it("is the candidate's own before anything installed, which starts shut however small", () => {
    const tree = buildTree([
      entry("app/node_modules/left-pad/index.js"),
      entry("app/main.ts"),
      entry("venv/a.py"),
    ]);
    expect(firstFileToRead(tree)?.path).toBe("app/main.ts");
    expect([...initiallyCollapsed(tree, 3)]).toEqual(["d:app/node_modules/left-pad", "d:venv"]);
  });
  it("is nothing in an empty submission", () => {
    expect(firstFileToRead(buildTree([]))).toBeNull();
  });
  it("shuts untouched folders only in a large submission", () => {
    const small = [entry("a/x", "unchanged")];
    const large = Array.from({ length: 80 }, (_, at) =>
      entry(`${at % 2 ? "new" : "old"}/${at}`, at % 2 ? "added" : "unchanged"),
    );
    expect(initiallyCollapsed(buildTree(small), 1).size).toBe(0);
    expect([...initiallyCollapsed(buildTree(large), 80)]).toEqual(["d:old"]);
  });
});

describe("moveInTree", () => {
  const tree = buildTree([entry("a/x"), entry("a/y"), entry("z")]);
  const open = visibleRows(tree, new Set());
  const shut = visibleRows(tree, new Set(["d:a"]));
  const keyOf = (name: string) => open.find((row) => row.node.name === name)!.node.key;

  it.each([
    ["ArrowDown", "d:a", { kind: "focus", key: "x" }],
    ["ArrowUp", "d:a", { kind: "focus", key: "a" }],
    ["End", "d:a", { kind: "focus", key: "z" }],
    ["ArrowRight", "d:a", { kind: "focus", key: "x" }],
    ["ArrowLeft", "d:a", { kind: "collapse", key: "a" }],
    ["Enter", "d:a", { kind: "collapse", key: "a" }],
  ])("%s on an open folder", (key, active, move) => {
    expect(moveInTree(open, active, new Set(), key)).toEqual({ ...move, key: keyOf(move.key) });
  });

  it("opens a shut folder before going into it", () => {
    expect(moveInTree(shut, "d:a", new Set(["d:a"]), "ArrowRight")).toEqual({ kind: "expand", key: "d:a" });
    expect(moveInTree(shut, "d:a", new Set(["d:a"]), "ArrowDown")).toEqual({
      kind: "focus",
      key: keyOf("z"),
    });
  });

  it("leaves a file for its folder, opens it with Enter, and lets other keys be", () => {
    expect(moveInTree(open, keyOf("y"), new Set(), "ArrowLeft")).toEqual({ kind: "focus", key: "d:a" });
    expect(moveInTree(open, keyOf("y"), new Set(), "Enter")).toEqual({ kind: "open", key: keyOf("y") });
    expect(moveInTree(open, keyOf("y"), new Set(), "ArrowRight")).toBeNull();
    expect(moveInTree(open, keyOf("y"), new Set(), "Tab")).toBeNull();
    expect(moveInTree([], null, new Set(), "ArrowDown")).toBeNull();
  });
});
