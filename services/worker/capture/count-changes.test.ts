import { expect, it } from "vitest";
import { directoryEntry, fileEntry, symlinkEntry, treeOf } from "../../../test/support/archive-fixture.ts";
import { countChanges } from "./count-changes.ts";

const before = treeOf([
  directoryEntry("a"),
  fileEntry("a/x", "1"),
  fileEntry("b", "2"),
  symlinkEntry("c", "b"),
]);
const [a, ax, b, c] = before.entries as [(typeof before.entries)[0], ...typeof before.entries];

it.each([
  ["nothing", before.entries, 0],
  ["dates alone", before.entries.map((entry) => ({ ...entry, mtimeMs: 1 })), 0],
  ["a content", [a, fileEntry("a/x", "changed"), b!, c!], 1],
  ["a mode", [a, ax!, { ...b!, mode: 0o755 }, c!], 1],
  ["a symlink's target", [a, ax!, b!, symlinkEntry("c", "a")], 1],
  ["a file that became a symlink", [a, ax!, symlinkEntry("b", "2"), c!], 1],
  ["a name added in the middle", [a, ax!, fileEntry("a0", ""), b!, c!], 1],
  ["names removed at the end", [a, ax!], 2],
  ["everything", [], 4],
])("counts %s", (_what, entries, expected) => {
  expect(countChanges(before, treeOf([...entries]))).toBe(expected);
});

it("counts all of a first tree", () => expect(countChanges(undefined, before)).toBe(4));
