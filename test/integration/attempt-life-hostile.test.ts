import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { workspaceLayout } from "../../services/shared/sandbox/layout.ts";
import { runOnHost } from "../../services/worker/volume/host-commands.ts";
import { type Platform, type RunningAttempt, startPlatform } from "../support/platform-fixture.ts";
import type { Sealed } from "../support/platform-records.ts";
import { until } from "../support/until.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform?.close());

/** A volume full of files is read, stored and unpacked. */
const LONG = { timeout: 180_000 };

/** Everything a workspace can hold to trouble what reads it. */
const HOSTILE = `python3 - <<'PYTHON'
import os, socket
os.chdir("/workspace")
os.symlink("/etc/passwd", "passwd")
os.symlink("/", "root")
os.symlink("../../../../../../etc/shadow", "shadow")
os.symlink("loop", "loop")
os.mkfifo("pipe")
socket.socket(socket.AF_UNIX).bind("socket")
for name in [b"new\\nline", b"not-\\xff\\xfe-text", "\\u202egnp.exe".encode(), b"-rf", b" ", b"~", b"a" * 255, b"\\x1b[2J"]:
    open(name, "w").write("odd")
os.mkdir("lost+found")
open("hidden-links", "w").write("x")
for number in range(50):
    os.link("hidden-links", f"hard-{number}")
open("setuid", "w").write("#!/bin/sh")
os.chmod("setuid", 0o6777)
open("unreadable", "w").write("mine")
os.chmod("unreadable", 0)
os.mkdir("closed")
open("closed/inner", "w").write("inner")
os.chmod("closed", 0)
with open("huge", "wb") as huge: huge.truncate(5 << 30)
with open("sparse", "wb") as sparse: sparse.truncate(230 << 20)
with open("dense", "wb") as dense: dense.write(os.urandom(40 << 20))
def descend(name, levels):
    os.mkdir(name); os.chdir(name)
    for _ in range(levels):
        os.mkdir("directory"); os.chdir("directory")
    open("bottom", "w").write("deep")
    os.chdir("/workspace")
descend("deep", 300)
descend("bottomless", 600)
PYTHON`;

test(
  "a hostile workspace ends in an archive that verifies, with nothing of the host in it",
  LONG,
  async () => {
    const { id, inside } = await platform.begin();
    await inside.print(HOSTILE);
    await platform.job("finish", id);
    const sealed = await platform.sealed(id);
    expectHostileTree(sealed);
    expect(sealed.archive.keyIsTrusted).toBe(true);
    const omitted = sealed.tree.omitted.map(({ path, reason }) => `${path} ${reason}`).sort();
    expect(omitted).toEqual(["huge larger_than_workspace", "pipe fifo", "socket socket"]);
    await platform.untilNothingLeft(id);
  },
);

test("a hostile workspace that is lost comes back from its save, and then seals", LONG, async () => {
  const running = await platform.begin();
  await running.inside.print(HOSTILE);
  await untilSaved(running.id);
  await loseEverything(running);
  await until(
    async () => {
      const { epoch, state } = await platform.sandbox(running.id);
      return epoch === 2 && state === "ready";
    },
    60_000,
    () => "the second epoch did not come up",
  );
  const inside = await platform.inside(running.id);
  expect(await inside.print("stat -c '%U %s' /workspace/sparse /workspace/dense")).toBe(
    `candidate ${230 << 20}\ncandidate ${40 << 20}\n`,
  );
  expect(await inside.print("readlink /workspace/shadow")).toBe("/etc/shadow\n");
  expect(await inside.print("cat /workspace/passwd")).toBe(await inside.print("cat /etc/passwd"));
  await platform.job("finish", running.id);
  const sealed = await platform.sealed(running.id);
  expectHostileTree(sealed);
});

function expectHostileTree({ tree }: Sealed): void {
  const at = (path: string) => tree.entries.find((entry) => entry.path === path);
  expect(at("passwd")).toMatchObject({ type: "symlink", target: "/etc/passwd" });
  expect(at("root")).toMatchObject({ type: "symlink", target: "/" });
  expect(tree.entries.some((entry) => entry.path.startsWith("root/"))).toBe(false);
  const names = tree.entries.map((entry) =>
    entry.pathBase64 ? Buffer.from(entry.pathBase64, "base64").toString("latin1") : entry.path,
  );
  expect(names).toEqual(
    expect.arrayContaining(["new\nline", "not-\xff\xfe-text", "-rf", " ", "a".repeat(255)]),
  );
  expect(at(`deep/${"directory/".repeat(300)}bottom`)).toMatchObject({ type: "file", size: 4 });
  expect(at("closed/inner")).toMatchObject({ type: "file", size: 5 });
  expect(at("hard-49")).toMatchObject({ type: "file", size: 1 });
  const digests = new Set(tree.entries.flatMap((entry) => (entry.type === "file" ? [entry.size] : [])));
  for (const path of ["/etc/passwd", "/etc/shadow"]) expect(digests).not.toContain(readFileSync(path).length);
}

async function untilSaved(id: string): Promise<void> {
  const asked = new Date();
  await until(async () => ((await platform.attempt(id)).last_snapshot_at ?? asked) > asked, 40_000);
  const first = (await platform.attempt(id)).last_snapshot_at!;
  await until(async () => (await platform.attempt(id)).last_snapshot_at! > first, 40_000);
}

async function loseEverything({ id, containerId }: RunningAttempt): Promise<void> {
  const { image, files } = workspaceLayout(platform.config.dataDir, id);
  await runOnHost("umount", "-l", files);
  await runOnHost("rm", image);
  await platform.docker.getContainer(containerId).remove({ force: true });
}
