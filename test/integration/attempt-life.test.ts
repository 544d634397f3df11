import { afterAll, beforeAll, expect, test } from "vitest";
import { mockApiKey } from "../../services/shared/domain/mock-api-key.ts";
import { TokenSealer } from "../../services/shared/domain/sealed-token.ts";
import { ensureImages } from "../../services/tools/images/ensure-images.ts";
import { type Platform, startPlatform } from "../support/platform-fixture.ts";
import { HOSTNAME, MOUNT_NAME } from "../support/platform-version.ts";
import { until } from "../support/until.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform?.close());

test("the clock starts only once the IDE answers", async () => {
  const begun = performance.now();
  const id = await platform.request();
  const seen: { state: string; started: boolean; answers: boolean }[] = [];
  await until(async () => {
    const { state, started_at } = await platform.attempt(id);
    // Asked after the row was read: if it said running then, the IDE must answer by now.
    const answers = state === "running" && (await platform.visitIde(id)) === 200;
    seen.push({ state, started: started_at !== null, answers });
    return state === "running";
  }, 40_000);
  console.log(`provisioning took ${Math.round(performance.now() - begun)} ms`);
  const before = seen.slice(0, -1);
  expect(before.length).toBeGreaterThan(3);
  expect(new Set(before.map((one) => `${one.state} ${one.started}`))).toEqual(
    new Set(["provisioning false"]),
  );
  expect(seen.at(-1)).toEqual({ state: "running", started: true, answers: true });
  const attempt = await platform.attempt(id);
  const sandbox = await platform.sandbox(id);
  expect(attempt.deadline_at!.getTime() - attempt.started_at!.getTime()).toBe(3_600_000);
  expect(attempt).toMatchObject({ epoch: 1, host_id: platform.config.hostId, failure: null });
  expect(sandbox).toMatchObject({ state: "ready", epoch: 1 });
  await platform.discard(id);
});

test("a scored workspace has its starter files, its data and its API, and can change only the first", async () => {
  const { id, inside } = await platform.begin();
  expect(await inside.print("stat -c '%n %U %a' /workspace /workspace/README.md /workspace/src")).toBe(
    "/workspace candidate 755\n/workspace/README.md candidate 644\n/workspace/src candidate 755\n",
  );
  expect(await inside.print("cat /workspace/src/app.py")).toBe("print('hello')\n");
  expect(await inside.print("ls -A /workspace")).toBe("README.md\nsrc\n");
  await inside.print("echo more >> /workspace/README.md && mkdir /workspace/new && rm -r /workspace/src");

  expect(await inside.print(`cd /datasets && find . -type f | sort`)).toBe(
    `./${MOUNT_NAME}/tickets.csv\n./${MOUNT_NAME}/tickets.sqlite\n`,
  );
  expect(await inside.print(`cat /datasets/${MOUNT_NAME}/tickets.csv`)).toBe("id\n1\n");
  expect((await inside.run(`touch /datasets/${MOUNT_NAME}/x`)).output).toContain("Read-only file system");
  expect((await inside.run(`rm -f /datasets/${MOUNT_NAME}/tickets.csv`, { user: "0" })).output).toContain(
    "Read-only file system",
  );

  const key = mockApiKey(new TokenSealer(platform.config.secret), id, HOSTNAME);
  expect(await inside.print('echo "$HELPDESK_BASE_URL $HELPDESK_API_KEY"')).toBe(
    `http://${HOSTNAME} ${key}\n`,
  );
  expect(await inside.print("curl -s $HELPDESK_BASE_URL/health")).toContain("helpdesk works");
  await platform.discard(id);
});

test("a practice workspace has neither the data nor the API, and is removed without being sealed", async () => {
  const { id, inside } = await platform.begin({ kind: "practice" });
  expect(await inside.print("cat /workspace/*")).toBe("practice\n");
  expect((await inside.run("ls -A /datasets")).output).not.toContain(MOUNT_NAME);
  expect(await inside.print("env")).not.toContain("HELPDESK");
  expect((await inside.run(`curl -s http://${HOSTNAME}/health`)).exitCode).not.toBe(0);
  const named = await inside.print(`curl -s --resolve ${HOSTNAME}:80:127.0.0.1 http://${HOSTNAME}/health`);
  expect(named).not.toContain("helpdesk works");
  await platform.job("finish", id);
  expect(await platform.untilState(id, "ended")).toMatchObject({ end_reason: "candidate", frozen_at: null });
  await platform.untilNothingLeft(id);
  expect(await platform.submission(id)).toBeUndefined();
});

test("a practice ends at its own deadline", async () => {
  const { id } = await platform.begin({ kind: "practice", limitSec: 2 });
  expect(await platform.untilState(id, "ended")).toMatchObject({ end_reason: "deadline" });
  await platform.untilNothingLeft(id);
});

test("a start that fails never starts the clock, says so, and leaves nothing behind", async () => {
  const broken = await startPlatform({ workbenchImage: "worksample/no-such-image:1" });
  try {
    const id = await broken.request();
    const attempt = await broken.untilState(id, "failed", 30_000);
    expect(attempt).toMatchObject({ started_at: null, deadline_at: null, end_reason: "failed" });
    expect(attempt.failure).toBe("The workspace did not come up.");
    expect(await broken.leftovers()).toEqual([]);
    const rows = await broken.db.selectFrom("sandbox").select("state").where("attempt_id", "=", id).execute();
    expect(new Set(rows.map((row) => row.state))).toEqual(new Set(["removed"]));
  } finally {
    await broken.close();
  }
});

test("a workspace that ends by itself is not waited for", async () => {
  // Anything that ends at once when it is started like a sandbox.
  const { postgres } = await ensureImages(["postgres"]);
  const broken = await startPlatform({ workbenchImage: postgres, provisionTimeoutSec: 600 });
  try {
    const id = await broken.request();
    expect(await broken.untilState(id, "failed", 30_000)).toMatchObject({ started_at: null });
    expect(await broken.leftovers()).toEqual([]);
  } finally {
    await broken.close();
  }
});

test("an attempt that is withdrawn takes its workspace with it", async () => {
  const { id, inside } = await platform.begin();
  await inside.print("echo secret > /workspace/work.txt");
  await platform.withdraw(id);
  await platform.untilNothingLeft(id);
  expect(await platform.visitIde(id)).toBe(409);
  expect(await platform.submission(id)).toBeUndefined();
});

test("an attempt that is withdrawn while its workspace is prepared never runs", async () => {
  const id = await platform.request();
  await until(async () => (await platform.attempt(id)).epoch === 1);
  await platform.withdraw(id);
  await until(async () => (await platform.sandbox(id)).state === "removed");
  await platform.untilNothingLeft(id);
  expect(await platform.attempt(id)).toMatchObject({ state: "ended", started_at: null });
});

test("a full host lets the next one in when a place is free", async () => {
  const small = await startPlatform({ maxSandboxes: 1 });
  try {
    const first = await small.begin();
    const second = await small.request();
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect(await small.attempt(second)).toMatchObject({ state: "provisioning", epoch: 0, host_id: null });
    await small.job("finish", first.id);
    await small.untilState(first.id, "submitted");
    await small.untilState(second, "running");
  } finally {
    await small.close();
  }
});
