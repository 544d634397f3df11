import { access, statfs } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sandboxLayout, workspaceLayout } from "../../services/shared/sandbox/layout.ts";
import { runOnHost } from "../../services/worker/volume/host-commands.ts";
import { type Platform, type RunningAttempt, startPlatform } from "../support/platform-fixture.ts";
import { until } from "../support/until.ts";

let platform: Platform;
let hasWorker = true;
beforeAll(async () => {
  platform = await startPlatform();
});
beforeEach(async () => {
  if (!hasWorker) await platform.addWorker();
  hasWorker = true;
});
afterAll(() => platform?.close());

test("a container that dies comes back as the next epoch over the same workspace, and the time is credited", async () => {
  const running = await platform.begin();
  await running.inside.print("echo work > /workspace/work.txt && sync");
  const old = sandboxLayout(platform.config.dataDir, (await platform.sandbox(running.id)).id);
  const connection = await connectTo(old.gatewaySocket);
  const ended = new Promise((resolve) => connection.once("close", resolve));
  const before = await platform.attempt(running.id);
  const killedAt = performance.now();
  await platform.docker.getContainer(running.containerId).kill();
  await untilEpoch(running.id, 2);
  console.log(`restored over the same workspace in ${Math.round(performance.now() - killedAt)} ms`);
  await ended;
  await expect(access(old.gatewaySocket)).rejects.toThrow("ENOENT");
  expect(await platform.visitIde(running.id)).toBe(200);
  const inside = await platform.inside(running.id);
  expect(await inside.print("cat /workspace/work.txt")).toBe("work\n");
  expect(await inside.print("curl -s http://helpdesk.internal/health")).toContain("helpdesk works");
  await expectCredit(running.id, before.deadline_at!);
  await platform.discard(running.id);
});

test("when the workspace is gone too, it comes back as it was last saved", async () => {
  const running = await platform.begin();
  await running.inside.print(`cd /workspace && rm -r src && mkdir -p a/b && echo saved > a/b/work.txt &&
    ln -s a/b/work.txt link && printf '#!/bin/sh\\necho runs\\n' > tool && chmod 750 tool`);
  await untilSaved(running.id);
  const before = await platform.attempt(running.id);
  await loseEverything(running);
  await untilEpoch(running.id, 2);
  const inside = await platform.inside(running.id);
  expect(await inside.print("cd /workspace && find . -mindepth 1 | sort && cat link && ./tool")).toBe(
    "./README.md\n./a\n./a/b\n./a/b/work.txt\n./link\n./tool\nsaved\nruns\n",
  );
  expect(await inside.print("stat -c '%U:%G %a' /workspace/tool /workspace/a")).toBe(
    "candidate:candidate 750\ncandidate:candidate 755\n",
  );
  await inside.print("echo more >> /workspace/a/b/work.txt");
  await expectCredit(running.id, before.deadline_at!);
  await platform.discard(running.id);
});

test("a restore that failed half-way starts from the save again, not from the half", async () => {
  const running = await platform.begin();
  await running.inside.print("cd /workspace && mkdir z && echo saved > z/last.txt");
  await untilSaved(running.id);
  await platform.stopWorkers();
  hasWorker = false;
  await loseEverything(running);
  // The first try comes as far as a new, empty workspace: its image does not exist.
  const broken = await platform.addWorker({ workbenchImage: "worksample/no-such-image:1" });
  await until(async () => (await platform.sandbox(running.id)).epoch === 2);
  await until(async () => (await platform.sandbox(running.id)).state === "lost");
  await broken.close();
  await platform.addWorker();
  hasWorker = true;
  await until(
    async () => {
      const { state, epoch } = await platform.sandbox(running.id);
      return state === "ready" && epoch > 2;
    },
    60_000,
    () => "not restored",
  );
  const inside = await platform.inside(running.id);
  expect(await inside.print("cat /workspace/z/last.txt /workspace/README.md")).toBe("saved\nstarter\n");
  await platform.discard(running.id);
});

test("an attempt that was being sealed when its workspace was lost is sealed as it was last saved", async () => {
  const running = await platform.begin();
  await running.inside.print("echo saved > /workspace/work.txt");
  await untilSaved(running.id);
  await platform.stopWorkers();
  hasWorker = false;
  const frozenAt = new Date(Date.now() - 300_000);
  await platform.db
    .updateTable("attempt")
    .set({ state: "sealing", frozen_at: frozenAt, end_reason: "candidate" })
    .where("id", "=", running.id)
    .execute();
  await loseEverything(running);
  await platform.addWorker();
  hasWorker = true;
  const { read } = await platform.sealed(running.id);
  expect(await read("work.txt")).toBe("saved\n");
  await platform.untilNothingLeft(running.id);
});

test("VS Code that is killed answers again in the same sandbox", async () => {
  const { id, inside } = await platform.begin();
  const processes = async () =>
    (await inside.run("pgrep -f '[e]ntry.js'")).output.split("\n").filter(Boolean);
  const before = await processes();
  expect(before.length).toBeGreaterThan(0);
  const killedAt = performance.now();
  await inside.print(`kill -9 ${before.join(" ")}`);
  await until(async () => {
    const now = await processes();
    const isNew = now.length > 0 && !now.some((one) => before.includes(one));
    return isNew && (await platform.visitIde(id)) === 200;
  }, 30_000);
  console.log(`VS Code back after ${Math.round(performance.now() - killedAt)} ms`);
  expect(await platform.sandbox(id)).toMatchObject({ epoch: 1, state: "ready" });
  await platform.discard(id);
});

test("a program that eats all memory is killed; the sandbox stays", async () => {
  const { id, inside } = await platform.begin();
  const { exitCode } = await inside.run(
    "echo 1000 > /proc/self/oom_score_adj; python3 -c 'block = bytearray(3 << 30)'",
  );
  expect(exitCode).toBe(137);
  await until(async () => (await platform.visitIde(id)) === 200, 20_000);
  expect(await platform.sandbox(id)).toMatchObject({ epoch: 1, state: "ready" });
  expect((await platform.attempt(id)).state).toBe("running");
  await platform.discard(id);
});

test("a full workspace is the candidate's trouble alone: the host, the IDE and the submission go on", async () => {
  const { id, inside } = await platform.begin();
  const free = async () => {
    const { bavail, bsize } = await statfs(platform.config.dataDir);
    return (bavail * bsize) / 1024 ** 2;
  };
  const before = await free();
  const filled = await inside.run("head -c 2G /dev/urandom > /workspace/fill.bin");
  expect(filled.output).toContain("No space left on device");
  expect((await inside.run("for i in $(seq 40000); do : > /workspace/n$i || break; done")).output).toContain(
    "No space left on device",
  );
  // The workspace is 256 MiB; snapshots of it may take as much again.
  expect(before - (await free())).toBeLessThan(900);
  expect(await platform.visitIde(id)).toBe(200);
  await inside.print("rm /workspace/n1 && echo fits > /workspace/n1 || true");
  await platform.job("finish", id);
  const { tree } = await platform.sealed(id);
  expect(tree.entries.find((entry) => entry.path === "fill.bin")).toMatchObject({ type: "file" });
  await platform.untilNothingLeft(id);
});

async function untilEpoch(id: string, epoch: number): Promise<void> {
  await until(
    async () => {
      const sandbox = await platform.sandbox(id);
      return sandbox.epoch === epoch && sandbox.state === "ready";
    },
    40_000,
    () => `epoch ${epoch} is not ready`,
  );
}

/** Two saves on, whatever was there before is in one. */
async function untilSaved(id: string): Promise<void> {
  const asked = new Date();
  await until(async () => ((await platform.attempt(id)).last_snapshot_at ?? asked) > asked, 20_000);
  const first = (await platform.attempt(id)).last_snapshot_at!;
  await until(async () => (await platform.attempt(id)).last_snapshot_at! > first, 20_000);
}

async function loseEverything({ id, containerId }: RunningAttempt): Promise<void> {
  const { image, files } = workspaceLayout(platform.config.dataDir, id);
  await runOnHost("umount", "-l", files);
  await runOnHost("rm", image);
  await platform.docker.getContainer(containerId).remove({ force: true });
}

async function expectCredit(id: string, before: Date): Promise<void> {
  const [credit, ...more] = await platform.db
    .selectFrom("time_credit")
    .selectAll()
    .where("attempt_id", "=", id)
    .execute();
  expect(more).toEqual([]);
  expect(credit).toMatchObject({ source: "platform" });
  const { deadline_at } = await platform.attempt(id);
  expect(deadline_at!.getTime() - before.getTime()).toBe(credit!.seconds * 1000);
}

function connectTo(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => resolve(socket));
    socket.on("error", reject);
  });
}
