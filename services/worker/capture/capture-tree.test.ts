import { appendFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { chmod, mkdir, readdir, symlink, utimes, writeFile } from "node:fs/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  entryAt,
  makeDeepDirectories,
  pathsOf,
  type WorkspaceFixture,
  workspaceFixture,
} from "../../../test/support/workspace-fixture.ts";
import { assertTreeShape } from "../../shared/archive/tree-shape.ts";
import type { BlobBatch, BlobStore } from "../../shared/blobs/blob-store.ts";

/** A store that lets something happen to the workspace each time before it takes a file. */
function interrupted({ blobs }: WorkspaceFixture, happen: () => void): Pick<BlobStore, "batch"> {
  return {
    batch(): BlobBatch {
      const batch = blobs.batch();
      return {
        write(source) {
          happen();
          return batch.write(source);
        },
        commit: () => batch.commit(),
        discard: () => batch.discard(),
      };
    },
  };
}

/** Lets the clock of this process be late, so that files just written count as settled. */
function afterAWhile(): void {
  const now = Date.now() + 60_000;
  const clock = vi.spyOn(Date, "now").mockReturnValue(now);
  onTestFinished(() => clock.mockRestore());
}

describe("captureTree", () => {
  it("keeps files, directories and symlinks with their modes and dates, in byte order", async () => {
    const { root, capture, blobs } = await workspaceFixture();
    await mkdir(`${root}/a`);
    await writeFile(`${root}/a/x`, "inside");
    await writeFile(`${root}/a-b`, "beside");
    await writeFile(`${root}/run.sh`, "#!/bin/sh\n");
    await chmod(`${root}/run.sh`, 0o4755);
    await utimes(`${root}/run.sh`, 1000, 1_772_355_600.5);
    await symlink("../elsewhere", `${root}/a/link`);
    const { tree, stats } = await capture();
    expect(pathsOf(tree)).toEqual(["a", "a-b", "a/link", "a/x", "run.sh"]);
    expect(() => assertTreeShape(tree)).not.toThrow();
    expect(entryAt(tree, "run.sh")).toMatchObject({
      type: "file",
      mode: 0o4755,
      mtimeMs: 1_772_355_600_500,
      size: 10,
    });
    expect(entryAt(tree, "a/link")).toMatchObject({ type: "symlink", target: "../elsewhere" });
    const inside = entryAt(tree, "a/x");
    expect(inside?.type === "file" && String(await blobs.read(inside.sha256))).toBe("inside");
    expect(stats).toEqual({ files: 3, bytes: 22, omitted: 0, changed: 5, filesRead: 3, bytesRead: 22 });
  });

  it("keeps an empty workspace, and an empty file", async () => {
    const { root, capture } = await workspaceFixture();
    expect((await capture()).tree).toEqual({ format: "worksample-tree-1", entries: [], omitted: [] });
    await writeFile(`${root}/empty`, "");
    expect((await capture()).tree.entries).toMatchObject([{ path: "empty", size: 0 }]);
  });

  it("ends with the error when the workspace itself cannot be read", async () => {
    const { root, capture } = await workspaceFixture();
    await expect(capture({ root: `${root}/missing` })).rejects.toThrow("ENOENT");
    await symlink("/etc", `${root}/link`);
    await expect(capture({ root: `${root}/link` })).rejects.toThrow("ENOTDIR");
  });
});

describe("a second capture", () => {
  it("reads only what changed, and counts it", async () => {
    afterAWhile();
    const { root, capture } = await workspaceFixture();
    for (const name of ["a", "b", "c"]) await writeFile(`${root}/${name}`, name);
    const first = await capture();
    const idle = await capture({ previous: first.cache });
    expect(idle.stats).toMatchObject({ filesRead: 0, changed: 0, files: 3 });
    expect(idle.tree).toEqual(first.tree);
    await writeFile(`${root}/b`, "B");
    rmSync(`${root}/c`);
    await writeFile(`${root}/d`, "d");
    const second = await capture({ previous: idle.cache });
    expect(second.stats).toMatchObject({ filesRead: 2, changed: 3, files: 3 });
    expect(second.tree).toEqual((await capture()).tree);
  });

  it("is not fooled by a forged date and an equal size", async () => {
    afterAWhile();
    const { root, capture } = await workspaceFixture();
    await writeFile(`${root}/a`, "before");
    utimesSync(`${root}/a`, 1000, 1000);
    const first = await capture();
    writeFileSync(`${root}/a`, "after!");
    utimesSync(`${root}/a`, 1000, 1000);
    const second = await capture({ previous: first.cache });
    expect(second.tree.entries[0]).toMatchObject({ mtimeMs: 1_000_000, size: 6 });
    expect(second.stats.changed).toBe(1);
  });

  it("reads again what was written so lately that its date may not tell a later change", async () => {
    const { root, capture } = await workspaceFixture();
    await writeFile(`${root}/a`, "a");
    const first = await capture();
    expect((await capture({ previous: first.cache })).stats.filesRead).toBe(1);
  });
});

describe("a workspace that changes while it is read", () => {
  const LARGE = Buffer.alloc(1024 * 1024, "x");

  it("keeps of a growing file what it had when it was opened", async () => {
    const fixture = await workspaceFixture();
    writeFileSync(`${fixture.root}/log`, LARGE);
    const blobs = interrupted(fixture, () => appendFileSync(`${fixture.root}/log`, LARGE));
    const { tree } = await fixture.capture({ blobs });
    const entry = tree.entries[0]!;
    expect(entry).toMatchObject({ size: LARGE.length });
    expect(entry.type === "file" && (await fixture.blobs.read(entry.sha256)).equals(LARGE)).toBe(true);
  });

  it("keeps of a file that is cut what was still there, under its own digest", async () => {
    const fixture = await workspaceFixture();
    writeFileSync(`${fixture.root}/log`, LARGE);
    const blobs = interrupted(fixture, () => truncateSync(`${fixture.root}/log`, 1000));
    const { tree, cache } = await fixture.capture({ blobs });
    const entry = tree.entries[0]!;
    expect(entry).toMatchObject({ size: 1000 });
    expect(entry.type === "file" && (await fixture.blobs.size(entry.sha256))).toBe(1000);
    expect((await fixture.capture({ previous: cache })).stats.filesRead).toBe(1);
  });

  it("leaves out what vanishes", async () => {
    const fixture = await workspaceFixture();
    for (const name of ["a", "b", "c/d"]) {
      await mkdir(`${fixture.root}/c`, { recursive: true });
      await writeFile(`${fixture.root}/${name}`, name);
    }
    const blobs = interrupted(fixture, () => {
      rmSync(`${fixture.root}/b`, { force: true });
      rmSync(`${fixture.root}/c`, { force: true, recursive: true });
    });
    expect(pathsOf((await fixture.capture({ blobs })).tree)).toEqual(["a"]);
  });

  it("says what it lost when the directories it is in are moved about", async () => {
    const fixture = await workspaceFixture();
    const { root } = fixture;
    const level = (depth: number) => `${root}/${"d/".repeat(depth)}`;
    makeDeepDirectories(root, "d", 60, "bottom");
    for (const depth of [0, 20, 50]) await writeFile(`${level(depth)}e`, `e${depth}`);
    let moved = false;
    const blobs = interrupted(fixture, () => {
      if (!moved) renameSync(level(40), `${root}/moved`);
      moved = true;
    });
    const { tree } = await fixture.capture({ blobs });
    expect(() => assertTreeShape(tree)).not.toThrow();
    const nested = (depth: number, name: string) => `${"d/".repeat(depth)}${name}`;
    expect(pathsOf(tree, "file")).toEqual([nested(60, "bottom"), nested(50, "e"), "e"]);
    expect(tree.omitted).toEqual([{ path: nested(19, "d"), reason: "unreadable" }]);
    expect(pathsOf((await fixture.capture()).tree, "file")).toContain(nested(20, "e"));
  });
});

describe("a store that fails", () => {
  it("ends the capture and leaves nothing half done: the files are not to blame", async () => {
    const fixture = await workspaceFixture();
    for (const name of ["a", "b"]) await writeFile(`${fixture.root}/${name}`, name);
    let files = 0;
    const blobs = interrupted(fixture, () => {
      if (++files === 2) throw Object.assign(new Error("the disk is broken"), { code: "EIO" });
    });
    await expect(fixture.capture({ blobs })).rejects.toThrow("the disk is broken");
    expect(await readdir(`${fixture.directory}/blobs/incoming`)).toEqual([]);
  });
});

describe("the limits of a capture", () => {
  it("keep no more than so many entries, and name what was left out", async () => {
    const { root, capture } = await workspaceFixture();
    await mkdir(`${root}/many`);
    for (let index = 0; index < 50; index++) await writeFile(`${root}/many/${index}`, "");
    await writeFile(`${root}/zzz`, "reserved when the directory above it was listed");
    const { tree } = await capture({ limits: { volumeBytes: 1e9, maxEntries: 20 } });
    expect(tree.entries).toHaveLength(20);
    expect(pathsOf(tree)).toContain("zzz");
    expect(tree.omitted).toMatchObject([{ reason: "too_many_files" }]);
    expect(tree.omitted[0]!.path).toMatch(/^many\//);
  });

  it("keep the tree's JSON small however long the paths are", async () => {
    const { root, capture } = await workspaceFixture();
    makeDeepDirectories(root, "d".repeat(200), 100, "");
    const { tree } = await capture({ limits: { volumeBytes: 1e9, maxTreeBytes: 100_000 } });
    expect(JSON.stringify(tree).length).toBeLessThan(130_000);
    expect(tree.entries.length).toBeGreaterThan(10);
    expect(tree.omitted).toMatchObject([{ reason: "too_many_files" }]);
  });

  it("end it when it is called off", async () => {
    const { root, capture } = await workspaceFixture();
    for (let index = 0; index < 2000; index++) writeFileSync(`${root}/${index}`, "");
    await expect(capture({ signal: AbortSignal.abort() })).rejects.toThrow("aborted");
  });
});
