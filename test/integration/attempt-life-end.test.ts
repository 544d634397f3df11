import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { enqueue } from "../../services/shared/queue/outbox.ts";
import { sandboxLayout, workspaceLayout } from "../../services/shared/sandbox/layout.ts";
import { runOnHost } from "../../services/worker/volume/host-commands.ts";
import { Volumes } from "../../services/worker/volume/volumes.ts";
import { type Platform, startPlatform } from "../support/platform-fixture.ts";
import { until } from "../support/until.ts";

let platform: Platform;
let hasWorker = false;
beforeAll(async () => {
  platform = await startPlatform();
  hasWorker = true;
});
beforeEach(async () => {
  if (!hasWorker) await platform.addWorker();
  hasWorker = true;
});
afterAll(() => platform?.close());

const WRITER = `exec python3 -c '
import time
with open("/workspace/ticks.txt", "a", buffering=1) as ticks:
    while True:
        ticks.write(str(time.time_ns()) + chr(10))
        time.sleep(0.005)'`;

test("at the deadline the workspace is frozen, and all that was written before is in the archive", async () => {
  const { id, inside } = await platform.begin({ limitSec: 5 });
  await inside.start(WRITER);
  const { attempt, submission, archive, read } = await platform.sealed(id);
  const ticks = (await read("ticks.txt")).split("\n").filter((line) => line.length === 19);
  const times = ticks.map((line) => Number(BigInt(line) / 1_000_000n));
  const frozenAt = attempt.frozen_at!.getTime();
  const lag = frozenAt - attempt.deadline_at!.getTime();
  const lastBefore = frozenAt - times.at(-1)!;
  console.log(
    `deadline to frozen ${lag} ms; last line ${lastBefore} ms before; ${times.length} lines; ` +
      `frozen to submitted ${attempt.ended_at!.getTime() - frozenAt} ms`,
  );
  expect(times.length).toBeGreaterThan(100);
  expect(lag).toBeGreaterThanOrEqual(0);
  expect(lag).toBeLessThan(5000);
  // Nothing after the freeze; everything up to it: the writer never paused for as long as this.
  expect(lastBefore).toBeGreaterThanOrEqual(0);
  expect(lastBefore).toBeLessThan(1000);
  expect(submission).toMatchObject({ reason: "deadline", omitted_count: 0 });
  expect(archive).toMatchObject({ keyIsTrusted: true, receiptMatches: true });
  await platform.untilNothingLeft(id);
  expect(await platform.visitIde(id)).toBe(409);
});

test("attempts that end together are all frozen at once, however long sealing takes", async () => {
  const ids = await Promise.all([1, 2, 3, 4].map(() => platform.request()));
  for (const id of ids) await platform.untilState(id, "running");
  for (const id of ids)
    await (await platform.inside(id)).print("head -c 60M /dev/urandom > /workspace/big.bin");
  const deadline = await soon(2000);
  for (const id of ids) await moveDeadline(id, deadline);
  const lags = [];
  for (const id of ids) {
    const { attempt } = await platform.sealed(id);
    lags.push(attempt.frozen_at!.getTime() - deadline.getTime());
  }
  console.log(`four deadlines at once: frozen after ${lags.join(", ")} ms`);
  expect(Math.max(...lags)).toBeLessThan(5000);
});

test("finishing early takes the same path, and the deadline's job finds nothing to do", async () => {
  const { id, inside } = await platform.begin({ limitSec: 9 });
  await inside.print("echo done > /workspace/result.txt");
  await platform.job("finish", id);
  const { attempt, submission, read } = await platform.sealed(id);
  expect(submission.reason).toBe("candidate");
  expect(attempt.frozen_at!.getTime()).toBeLessThan(attempt.deadline_at!.getTime());
  expect(await read("result.txt")).toBe("done\n");
  expect(await read("README.md")).toBe("starter\n");
  await until(async () => Date.now() > attempt.deadline_at!.getTime() + 1500);
  expect(await platform.submission(id)).toEqual(submission);
  expect(await eventsOf(id)).toEqual(["started", "frozen", "sealed"]);
});

test("jobs that come twice, and both at once, make one submission", async () => {
  const { id } = await platform.begin({ limitSec: 3 });
  const { deadline_at } = await platform.attempt(id);
  await until(async () => Date.now() >= deadline_at!.getTime() - 20);
  await Promise.all(
    (["finish", "deadline", "finish", "deadline", "deadline"] as const).map((job) => platform.job(job, id)),
  );
  await platform.sealed(id);
  await platform.job("finish", id);
  await platform.job("deadline", id);
  await platform.untilNothingLeft(id);
  await until(async () => (await outboxSize()) === 0);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const rows = await platform.db.selectFrom("submission").select("id").where("attempt_id", "=", id).execute();
  expect(rows).toHaveLength(1);
  expect((await eventsOf(id)).filter((type) => type !== "snapshot")).toEqual(["started", "frozen", "sealed"]);
});

test("credited time moves the deadline; the job for the earlier one does nothing", async () => {
  const { id } = await platform.begin({ limitSec: 3 });
  const before = (await platform.attempt(id)).deadline_at!;
  const after = new Date(before.getTime() + 4000);
  await moveDeadline(id, after);
  await until(async () => Date.now() > before.getTime() + 2500);
  expect(await platform.attempt(id)).toMatchObject({ state: "running", frozen_at: null });
  const { attempt } = await platform.sealed(id);
  expect(attempt.frozen_at!.getTime()).toBeGreaterThanOrEqual(after.getTime());
});

test("a worker that ends between pause and submission leaves an attempt that the next one seals once", async () => {
  const { id, inside, containerId } = await platform.begin();
  await inside.print("echo kept > /workspace/result.txt");
  await platform.stopWorkers();
  hasWorker = false;
  await platform.docker.getContainer(containerId).pause();
  const frozenAt = new Date(Date.now() - 300_000);
  await platform.db
    .updateTable("attempt")
    .set({
      state: "sealing",
      started_at: new Date(frozenAt.getTime() - 60_000),
      deadline_at: frozenAt,
      frozen_at: frozenAt,
      end_reason: "deadline",
    })
    .where("id", "=", id)
    .execute();
  await platform.db.updateTable("sandbox").set({ state: "frozen" }).where("attempt_id", "=", id).execute();
  await platform.addWorker();
  hasWorker = true;
  const { attempt, read } = await platform.sealed(id);
  expect(attempt.frozen_at).toEqual(frozenAt);
  expect(await read("result.txt")).toBe("kept\n");
  await platform.untilNothingLeft(id);
});

test("the sweep ends an attempt whose deadline job was lost", async () => {
  const { id } = await platform.begin();
  const past = new Date(Date.now() - 20_000);
  await platform.db
    .updateTable("attempt")
    .set({ started_at: new Date(past.getTime() - 60_000), deadline_at: past })
    .where("id", "=", id)
    .execute();
  expect((await platform.sealed(id)).submission.reason).toBe("deadline");
});

test("the sweep removes what belongs to nothing, and leaves other hosts' alone", async () => {
  const { id, containerId, inside } = await platform.begin();
  const { hostId, workbenchImage } = platform.config;
  const start = async (labels: Record<string, string>) => {
    const container = await platform.docker.createContainer({
      Image: workbenchImage,
      Entrypoint: ["/bin/sleep", "300"],
      Labels: labels,
      HostConfig: { NetworkMode: "none" },
    });
    await container.start();
    return container;
  };
  const host = { "worksample.host": hostId };
  const strays = [
    await start({ ...host, "worksample.sandbox": "0e3b7a4e-6a1f-4f58-8d55-7a8a3c1b2d22" }),
    await start({ ...host, "worksample.sandbox": "not a sandbox" }),
    await start(host),
  ];
  const volumes = new Volumes(runOnHost);
  const sandbox = sandboxLayout(platform.config.dataDir, randomUUID());
  const workspace = workspaceLayout(platform.config.dataDir, randomUUID());
  await volumes.createSocketDirectory(sandbox.ide);
  await volumes.createWorkspace(workspace.image, workspace.files, 64);
  const foreign = await start({ "worksample.host": `${hostId}-other` });
  try {
    await until(async () => {
      const there = await platform.docker.listContainers({ all: true });
      return !there.some(({ Id }) => strays.some((stray) => stray.id === Id));
    }, 20_000);
    await until(async () => !existsSync(sandbox.root) && !existsSync(workspace.root), 20_000);
    expect(await inside.print("cat /workspace/README.md")).toBe("starter\n");
    expect(await platform.visitIde(id)).toBe(200);
    expect((await foreign.inspect()).State.Running).toBe(true);
    expect((await platform.docker.getContainer(containerId).inspect()).State.Running).toBe(true);
  } finally {
    for (const container of [...strays, foreign]) await container.remove({ force: true }).catch(() => {});
  }
});

async function soon(milliseconds: number): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(platform.db);
  return new Date(rows[0]!.now.getTime() + milliseconds);
}

/** As the api does when an admin gives time. */
async function moveDeadline(id: string, deadline: Date): Promise<void> {
  await platform.db.transaction().execute(async (tx) => {
    await tx.updateTable("attempt").set({ deadline_at: deadline }).where("id", "=", id).execute();
    await enqueue(tx, "deadline", { attemptId: id }, { hostId: platform.config.hostId, runAt: deadline });
  });
}

async function eventsOf(id: string): Promise<string[]> {
  const rows = await platform.db
    .selectFrom("attempt_event")
    .select("type")
    .where("attempt_id", "=", id)
    .orderBy("id")
    .execute();
  return rows.map((row) => row.type);
}

async function outboxSize(): Promise<number> {
  return (await platform.db.selectFrom("outbox").select("id").execute()).length;
}
