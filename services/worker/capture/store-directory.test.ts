import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { pathsOf, workspaceFixture } from "../../../test/support/workspace-fixture.ts";
import { assertTreeShape } from "../../shared/archive/tree-shape.ts";
import type { Tree } from "../../shared/contracts/tree.ts";
import { storeDirectoryAsTree } from "./store-directory.ts";

it("stores a directory so that its tree depends on names, contents and executability alone", async () => {
  const trees: Tree[] = [];
  for (const mode of [0o600, 0o664]) {
    const { root, blobs } = await workspaceFixture();
    await mkdir(`${root}/src`);
    await writeFile(`${root}/src/app.py`, "print(1)\n");
    await writeFile(`${root}/src-notes`, "");
    await writeFile(`${root}/run.sh`, "#!/bin/sh\n");
    await chmod(`${root}/src/app.py`, mode);
    await chmod(`${root}/run.sh`, mode | 0o100);
    trees.push(await storeDirectoryAsTree(root, blobs));
    expect(
      await blobs.has(trees[0]!.entries.flatMap((entry) => (entry.type === "file" ? entry.sha256 : []))[0]!),
    ).toBe(true);
  }
  expect(trees[0]).toEqual(trees[1]);
  expect(pathsOf(trees[0]!)).toEqual(["run.sh", "src", "src-notes", "src/app.py"]);
  expect(() => assertTreeShape(trees[0]!)).not.toThrow();
  expect(trees[0]!.entries.map((entry) => entry.mode)).toEqual([0o755, 0o755, 0o644, 0o644]);
});

it("refuses a symlink", async () => {
  const { root, blobs } = await workspaceFixture();
  await symlink("/etc/passwd", `${root}/link`);
  await expect(storeDirectoryAsTree(root, blobs)).rejects.toThrow(/neither a file nor a directory/);
});
