import { afterAll, beforeAll, expect, test } from "vitest";
import { endAttemptByAdmin } from "../../services/api/admin/end-attempt.ts";
import { pauseAttempt, resumeAttempt } from "../../services/api/admin/pause-attempt.ts";
import type { AuditActor } from "../../services/shared/db/audit-log.ts";
import { enqueue } from "../../services/shared/queue/outbox.ts";
import { type Platform, startPlatform } from "../support/platform-fixture.ts";
import { until } from "../support/until.ts";

const ACTOR: AuditActor = { kind: "command", id: null, name: "test", ip: null, userAgent: null };

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform?.close());

const containerStatus = async (containerId: string) =>
  (await platform.docker.getContainer(containerId).inspect()).State.Status;
const credits = (id: string) =>
  platform.db
    .selectFrom("time_credit")
    .selectAll()
    .where("attempt_id", "=", id)
    .orderBy("created_at")
    .execute();
const pause = (id: string) => pauseAttempt(platform.db, id, "Our power failed.", ACTOR);
const resume = (id: string) => resumeAttempt(platform.db, id, ACTOR);
const untilStatus = (containerId: string, status: string) =>
  until(
    async () => (await containerStatus(containerId)) === status,
    20_000,
    () => `container is not ${status}`,
  );
const untilGoesOn = (id: string) =>
  until(
    async () => (await platform.attempt(id)).paused_at === null,
    40_000,
    () => "still paused",
  );
/** As if its limit had been over for so long, with the job for that under way. */
async function letTimeBeUp(id: string, sinceSec: number): Promise<Date> {
  const { limit_sec: limitSec } = await platform.attempt(id);
  const { deadline_at: deadline } = await platform.db
    .updateTable("attempt")
    .set({
      started_at: new Date(Date.now() - (limitSec + sinceSec) * 1000),
      deadline_at: new Date(Date.now() - sinceSec * 1000),
    })
    .where("id", "=", id)
    .returning("deadline_at")
    .executeTakeFirstOrThrow();
  await enqueue(platform.db, "deadline", { attemptId: id }, { hostId: platform.config.hostId });
  return deadline!;
}

test("a pause stops the container, and going on gives its time back to the second", async () => {
  const running = await platform.begin();
  await running.inside.print("echo before > /workspace/work.txt && sync");
  const { deadline_at: deadline } = await platform.attempt(running.id);
  await pause(running.id);
  await untilStatus(running.containerId, "paused");
  const { paused_at: pausedAt } = await platform.attempt(running.id);
  await resume(running.id);
  await untilGoesOn(running.id);
  expect(await containerStatus(running.containerId)).toBe("running");
  expect(await running.inside.print("cat /workspace/work.txt")).toBe("before\n");
  const [credit, ...more] = await credits(running.id);
  expect(more).toEqual([]);
  expect(credit).toMatchObject({ source: "platform", covers_from: pausedAt });
  const stoodMs = credit!.covers_until!.getTime() - pausedAt!.getTime();
  expect(credit!.seconds).toBe(Math.ceil(stoodMs / 1000));
  const after = await platform.attempt(running.id);
  expect(after.deadline_at!.getTime()).toBe(deadline!.getTime() + credit!.seconds * 1000);
  await platform.discard(running.id);
}, 60_000);

test("neither the deadline nor a sweep nor a new worker ends a paused attempt; its new deadline does", async () => {
  const running = await platform.begin();
  await pause(running.id);
  await untilStatus(running.containerId, "paused");
  const limit = (await platform.attempt(running.id)).limit_sec;
  const deadline = await letTimeBeUp(running.id, 60);
  await platform.stopWorkers();
  await platform.addWorker();
  // A job for the deadline, and a sweep of what is overdue, every five seconds.
  await new Promise((resolve) => setTimeout(resolve, 7_000));
  expect(await platform.attempt(running.id)).toMatchObject({ state: "running", frozen_at: null });
  expect(await containerStatus(running.containerId)).toBe("paused");
  await resume(running.id);
  const { submission, attempt } = await platform.sealed(running.id);
  expect(submission.reason).toBe("deadline");
  const [credit] = await credits(running.id);
  expect(Math.abs(attempt.deadline_at!.getTime() - deadline.getTime() - credit!.seconds * 1000)).toBeLessThan(
    5,
  );
  expect(attempt.limit_sec).toBe(limit);
  await platform.untilNothingLeft(running.id);
}, 90_000);

test("a sandbox lost during a pause comes back when the pause ends, and no second is given twice", async () => {
  const running = await platform.begin();
  await running.inside.print("echo kept > /workspace/work.txt && sync");
  const { deadline_at: deadline } = await platform.attempt(running.id);
  await pause(running.id);
  await untilStatus(running.containerId, "paused");
  await platform.docker.getContainer(running.containerId).remove({ force: true });
  await until(async () => (await platform.sandbox(running.id)).state === "lost", 20_000);
  const pausedAt = (await platform.attempt(running.id)).paused_at!;
  await enqueue(
    platform.db,
    "restore",
    { attemptId: running.id, lostEpoch: 1 },
    { hostId: platform.config.hostId },
  );
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(await platform.sandbox(running.id)).toMatchObject({ epoch: 1, state: "lost" });

  await resume(running.id);
  await until(
    async () => {
      const { epoch, state } = await platform.sandbox(running.id);
      return epoch === 2 && state === "ready";
    },
    40_000,
    () => "not restored",
  );
  expect(await (await platform.inside(running.id)).print("cat /workspace/work.txt")).toBe("kept\n");
  const given = await credits(running.id);
  expect(given).toHaveLength(2);
  const backAt = given[1]!.covers_until!;
  const sum = given.reduce((total, credit) => total + credit.seconds, 0);
  // From the pause, or the last sign of life up to five seconds before, until it was back; each rounded up once.
  const awaySec = (backAt.getTime() - pausedAt.getTime()) / 1000;
  expect(sum).toBeGreaterThanOrEqual(awaySec);
  expect(sum).toBeLessThanOrEqual(awaySec + 5 + given.length);
  const after = await platform.attempt(running.id);
  expect(after.deadline_at!.getTime()).toBe(deadline!.getTime() + sum * 1000);
  await platform.discard(running.id);
}, 90_000);

test("an admin ends a paused attempt: what was there is sealed, under their name", async () => {
  const running = await platform.begin();
  await running.inside.print("echo last > /workspace/work.txt && sync");
  await pause(running.id);
  await untilStatus(running.containerId, "paused");
  await endAttemptByAdmin(platform.db, running.id, "Agreed with the candidate", ACTOR);
  const { submission, attempt, read } = await platform.sealed(running.id);
  expect(submission.reason).toBe("admin");
  expect(attempt).toMatchObject({ end_reason: "admin", paused_at: null });
  expect(submission.receipt).toMatchObject({ statement: { reason: "admin" } });
  expect(await read("work.txt")).toBe("last\n");
  expect((await credits(running.id)).length).toBe(1);
  await platform.untilNothingLeft(running.id);
}, 60_000);

test("a withdrawn invitation removes a paused sandbox, too", async () => {
  const running = await platform.begin();
  await pause(running.id);
  await untilStatus(running.containerId, "paused");
  await platform.discard(running.id);
}, 60_000);
