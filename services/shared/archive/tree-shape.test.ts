import { describe, expect, it } from "vitest";
import {
  directoryEntry,
  fileEntry,
  sampleTree,
  symlinkEntry,
  treeOf,
} from "../../../test/support/archive-fixture.ts";
import { assertTreeShape, TreeShapeError } from "./tree-shape.ts";

const file = (path: string) => fileEntry(path, "");

describe("assertTreeShape", () => {
  it("accepts a workspace, also one with strange names", () => {
    expect(() => assertTreeShape(sampleTree())).not.toThrow();
    const strange = [
      Buffer.from("\n"),
      Buffer.from("..."),
      Buffer.from("..a"),
      Buffer.from("caf\xe9", "latin1"),
    ];
    expect(() => assertTreeShape(treeOf(strange.map((name) => fileEntry(name, ""))))).not.toThrow();
    const order = [directoryEntry("a"), file("a-b"), file("a/c"), file("b")];
    expect(() => assertTreeShape(treeOf(order))).not.toThrow();
  });

  it.each([
    ["a path above the root", [file("../x")]],
    ["a path that is above the root on the way", [directoryEntry("a"), file("a/../../x")]],
    ["a dot segment", [file("./x")]],
    ["an absolute path", [file("/etc/passwd")]],
    ["an empty path", [file("")]],
    ["a trailing slash", [directoryEntry("a"), file("a/")]],
    ["a NUL byte", [file("a\0b")]],
    ["no parent", [file("a/b")]],
    ["a file as parent", [file("a"), file("a/b")]],
    ["a symlink as parent", [symlinkEntry("a", "/etc"), file("a/passwd")]],
    ["an entry twice", [file("a"), file("a")]],
    ["a symlink and a directory of one name", [directoryEntry("a"), symlinkEntry("a", "/etc")]],
    ["entries out of order", [file("b"), file("a")]],
    ["half a surrogate pair", [{ ...file("a"), path: "a\ud800" }]],
    ["base64 where none is needed", [{ ...file("a"), pathBase64: "YQ==" }]],
    ["base64 that disagrees with the text", [{ ...file("a"), pathBase64: "/w==" }]],
    ["base64 with spare bits", [{ ...file("\ufffd"), pathBase64: "/x==" }]],
    ["base64 that hides a parent directory", [{ ...file("\ufffd"), pathBase64: "Li4v/w==" }]],
    ["a symlink to nothing", [symlinkEntry("a", "")]],
    ["a symlink to a NUL byte", [symlinkEntry("a", "b\0c")]],
  ])("refuses %s", (_what, entries) => {
    expect(() => assertTreeShape(treeOf(entries))).toThrow(TreeShapeError);
  });

  it("refuses an impossible path among the omissions", () => {
    expect(() => assertTreeShape(treeOf([], [{ path: "../x", reason: "fifo" }]))).toThrow(TreeShapeError);
  });
});
