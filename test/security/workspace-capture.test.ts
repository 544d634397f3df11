import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { chmod, link, mkdir, readFile, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { entryAt, makeDeepDirectories, pathsOf, workspaceFixture } from "../support/workspace-fixture.ts";

/**
 * What somebody inside a sandbox may put into the workspace, against the capture on the host. Each attack has a
 * control: what a capture written with plain paths would do.
 */
const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
const SECRET = "the host's secret";
const MIB = 1024 * 1024;

/** Contents found by a walk that uses paths, and looks before it leaps. */
function readNaively(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = `${directory}/${name}`;
    try {
      const stats = lstatSync(path);
      if (stats.isDirectory()) return readNaively(path);
      return stats.isFile() ? [readFileSync(path, "utf8")] : [];
    } catch {
      return [];
    }
  });
}

/** A workspace and, beside it, something of the host that it must not get at. */
async function besideASecret() {
  const fixture = await workspaceFixture();
  await mkdir(`${fixture.directory}/host`);
  await writeFile(`${fixture.directory}/host/secret`, SECRET);
  return {
    ...fixture,
    secretFile: `${fixture.directory}/host/secret`,
    secretDirectory: `${fixture.directory}/host`,
  };
}

describe("symlinks", () => {
  it("to files and directories of the host are kept as text", async () => {
    const { root, capture, secretFile, secretDirectory } = await besideASecret();
    await symlink(secretFile, `${root}/file`);
    await symlink(secretDirectory, `${root}/directory`);
    await symlink("/etc/passwd", `${root}/passwd`);
    await symlink("nowhere", `${root}/broken`);
    await symlink("loop", `${root}/loop`);
    const { tree, stats } = await capture();
    expect(entryAt(tree, "passwd")).toMatchObject({ type: "symlink", target: "/etc/passwd" });
    expect(pathsOf(tree, "symlink")).toEqual(["broken", "directory", "file", "loop", "passwd"]);
    expect(stats).toMatchObject({ files: 0, filesRead: 0 });
    // Control: who follows them reads the host.
    expect(await readFile(`${root}/directory/secret`, "utf8")).toBe(SECRET);
  });

  it("swapped in while the capture looks lead nowhere", async () => {
    const fixture = await besideASecret();
    const { root } = fixture;
    await mkdir(`${root}/directory`);
    await writeFile(`${root}/directory/secret`, "harmless");
    await writeFile(`${root}/file`, "harmless");
    const stop = await swapInALoop(root, fixture.secretFile, fixture.secretDirectory);
    const contents = new Set<string>();
    const types = new Set<string>();
    for (const end = Date.now() + 3000; Date.now() < end; ) {
      const { tree } = await fixture.capture();
      for (const entry of tree.entries) {
        types.add(`${entry.path} ${entry.type}`);
        if (entry.type === "file") contents.add(String(await fixture.blobs.read(entry.sha256)));
      }
    }
    const leakedNaively = leaksWithin(10_000, root);
    await stop();
    expect([...contents]).toEqual(["harmless"]);
    // The race was on: both states were seen.
    for (const seen of ["file file", "file symlink", "directory directory", "directory symlink"])
      expect(types).toContain(seen);
    // Control: looking before opening is not enough.
    expect(leakedNaively).toBe(true);
  }, 40_000);
});

/** A child that exchanges a file and a directory for symlinks to the host's, as fast as it can. */
async function swapInALoop(root: string, secretFile: string, secretDirectory: string) {
  const script = `
    const { renameSync, symlinkSync } = require("node:fs");
    process.chdir(${JSON.stringify(root)});
    const aside = ${JSON.stringify(`${secretDirectory}/../aside-`)};
    const targets = { file: ${JSON.stringify(secretFile)}, directory: ${JSON.stringify(secretDirectory)} };
    for (const name in targets) symlinkSync(targets[name], aside + name + "-link");
    const end = Date.now() + 20_000;
    for (let turn = 0; Date.now() < end; turn++)
      for (const name in targets) {
        renameSync(name, aside + name + "-real");
        renameSync(aside + name + "-link", name);
        renameSync(name, aside + name + "-link");
        renameSync(aside + name + "-real", name);
        if (turn === 0 && name === "directory") process.stdout.write("on");
      }`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
}

function leaksWithin(ms: number, root: string): boolean {
  for (const end = Date.now() + ms; Date.now() < end; ) if (readNaively(root).includes(SECRET)) return true;
  return false;
}

describe("things that are not files", () => {
  it("a FIFO does not hold it up", async () => {
    const { root, capture } = await workspaceFixture();
    await run("mkfifo", [`${root}/queue`]);
    expect((await capture()).tree.omitted).toEqual([{ path: "queue", reason: "fifo" }]);
    // Control: reading it waits for ever.
    await expect(run("cat", [`${root}/queue`], { timeout: 300 })).rejects.toMatchObject({ killed: true });
  });

  it("a socket is left out", async () => {
    const { root, capture } = await workspaceFixture();
    const server = createServer().listen(`${root}/socket`);
    onTestFinished(() => void server.close());
    await once(server, "listening");
    expect((await capture()).tree.omitted).toEqual([{ path: "socket", reason: "socket" }]);
    await expect(readFile(`${root}/socket`)).rejects.toThrow("ENXIO");
  });

  it.skipIf(!isRoot)("a device is never opened", async () => {
    const { root, capture } = await workspaceFixture();
    await run("mknod", [`${root}/zero`, "c", "1", "5"]);
    await run("mknod", [`${root}/disk`, "b", "7", "0"]);
    expect((await capture()).tree.omitted).toEqual([
      { path: "disk", reason: "device" },
      { path: "zero", reason: "device" },
    ]);
    // Control: it is a working device, without an end.
    const zero = openSync(`${root}/zero`, "r");
    expect(readSync(zero, Buffer.alloc(MIB))).toBe(MIB);
    closeSync(zero);
  });

  it.skipIf(!isRoot)("another file system mounted inside is not entered", async () => {
    const { root, capture } = await workspaceFixture();
    await mkdir(`${root}/mounted`);
    await run("mount", ["-t", "tmpfs", "tmpfs", `${root}/mounted`]);
    try {
      await writeFile(`${root}/mounted/secret`, SECRET);
      const { tree } = await capture();
      expect(tree).toMatchObject({ entries: [], omitted: [{ path: "mounted", reason: "other_filesystem" }] });
      expect(readNaively(root)).toEqual([SECRET]);
    } finally {
      await run("umount", [`${root}/mounted`]);
    }
  });
});

describe("names and depth", () => {
  it("keeps names with newlines, quotes and bytes that are not UTF-8", async () => {
    const { root, capture } = await workspaceFixture();
    const names = [
      Buffer.from("new\nline"),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"; rm -rf ~'),
      Buffer.from("-n"),
    ];
    for (const name of names) await writeFile(Buffer.concat([Buffer.from(`${root}/`), name]), name);
    const { tree } = await capture();
    expect(tree.entries).toHaveLength(names.length);
    for (const name of names) expect(entryAt(tree, name)).toMatchObject({ type: "file", size: name.length });
    // Control: with names as text, one of them is not found again.
    expect(readNaively(root)).toHaveLength(names.length - 1);
  });

  it("reaches a file 300 long-named directories down, and 3,000 short-named ones", async () => {
    const { root, capture } = await workspaceFixture();
    const name = "d".repeat(100);
    makeDeepDirectories(root, name, 300, "deep");
    await mkdir(`${root}/shallow`);
    makeDeepDirectories(`${root}/shallow`, "s", 3000, "deeper");
    const { tree, stats } = await capture();
    expect(stats).toMatchObject({ files: 2, omitted: 0 });
    expect(pathsOf(tree, "file")).toEqual([
      `${`${name}/`.repeat(300)}bottom`,
      `shallow/${"s/".repeat(3000)}bottom`,
    ]);
    // Control: as a path it is too long for the kernel.
    expect(() => readFileSync(`${root}/${`${name}/`.repeat(300)}bottom`)).toThrow("ENAMETOOLONG");
  });

  it("holds few descriptors however deep it is", async () => {
    const { root, blobs, capture } = await workspaceFixture();
    makeDeepDirectories(root, "d", 500, "deep");
    const before = readdirSync("/proc/self/fd").length;
    let during = 0;
    const batch = () => {
      const real = blobs.batch();
      return {
        write: (source: Parameters<typeof real.write>[0]) => {
          during = readdirSync("/proc/self/fd").length;
          return real.write(source);
        },
        commit: () => real.commit(),
        discard: () => real.discard(),
      };
    };
    await capture({ blobs: { batch } });
    expect(during).toBeGreaterThan(0);
    expect(during - before).toBeLessThan(50);
    expect(readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(before);
  });
});

describe("sizes", () => {
  it("does not read a sparse file that looks larger than the volume", async () => {
    const { root, capture } = await workspaceFixture();
    await writeFile(`${root}/huge`, "");
    await truncate(`${root}/huge`, 5 * 1024 * MIB);
    const { tree, stats } = await capture({ limits: { volumeBytes: 1024 * MIB } });
    expect(tree).toMatchObject({ entries: [], omitted: [{ path: "huge", reason: "larger_than_workspace" }] });
    expect(stats.filesRead).toBe(0);
    // Control: to who asks, it is 5 GiB.
    expect(lstatSync(`${root}/huge`).size).toBe(5 * 1024 * MIB);
  });

  it("keeps sparse files and hard links up to the size of the volume, together", async () => {
    const { root, capture } = await workspaceFixture();
    await writeFile(`${root}/data`, Buffer.alloc(2 * MIB, "x"));
    for (let index = 0; index < 10; index++) await link(`${root}/data`, `${root}/link-${index}`);
    for (let index = 0; index < 10; index++) {
      await writeFile(`${root}/sparse-${index}`, "");
      await truncate(`${root}/sparse-${index}`, 2 * MIB);
    }
    const { tree, stats } = await capture({ limits: { volumeBytes: 8 * MIB } });
    const reasons = tree.omitted.map(({ reason }) => reason);
    expect(new Set(reasons)).toEqual(new Set(["hard_link_total_too_large", "sparse_total_too_large"]));
    expect(stats).toMatchObject({ files: 5, bytes: 10 * MIB, omitted: 16, filesRead: 1, bytesRead: 2 * MIB });
    const all = await capture({ limits: { volumeBytes: 1024 * MIB } });
    expect(all.stats).toMatchObject({ files: 21, omitted: 0, filesRead: 11 });
  });

  it.skipIf(!isRoot)("captures a mounted volume without what mkfs put there", async () => {
    const { directory, root, capture } = await workspaceFixture();
    await writeFile(`${directory}/volume`, "");
    await truncate(`${directory}/volume`, 64 * MIB);
    await run("mkfs.ext4", ["-q", "-F", `${directory}/volume`]);
    await run("mount", ["-o", "loop,nodev,nosuid", `${directory}/volume`, root]);
    try {
      await writeFile(`${root}/answer`, "42");
      await mkdir(`${root}/sub/lost+found`, { recursive: true });
      expect(pathsOf((await capture()).tree)).toEqual(["answer", "sub", "sub/lost+found"]);
    } finally {
      await run("umount", [root]);
    }
  });
});

it("keeps setuid as text of the mode", async () => {
  const { root, capture } = await workspaceFixture();
  await writeFile(`${root}/su`, "#!/bin/sh\n");
  await chmod(`${root}/su`, 0o6755);
  expect(entryAt((await capture()).tree, "su")).toMatchObject({ type: "file", mode: 0o6755 });
});

it("lets everything else run while it reads 20,000 files", async () => {
  const { root, capture } = await workspaceFixture();
  for (let directory = 0; directory < 100; directory++) {
    await mkdir(`${root}/${directory}`);
    const files = Array.from({ length: 200 }, (_, file) => `${root}/${directory}/${file}`);
    await Promise.all(files.map((path, file) => writeFile(path, `${directory % 10} ${file}`)));
  }
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const start = performance.now();
  const { stats } = await capture();
  const seconds = (performance.now() - start) / 1000;
  delay.disable();
  expect(stats).toMatchObject({ files: 20_000, filesRead: 20_000, omitted: 0 });
  // A capture that never lets go would hold up everything for all of its time.
  expect(delay.max / 1e9).toBeLessThan(seconds / 4);
}, 180_000);
