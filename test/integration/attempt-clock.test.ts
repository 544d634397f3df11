import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { AttemptClock } from "../../services/gateway/mock-api/weather/attempt-clock.ts";
import { type MockApiFixture, startMockApiFixture } from "../support/mock-api-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { until } from "../support/until.ts";

let database: TestDatabase;
let fixture: MockApiFixture;
beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await startMockApiFixture(database.db, {});
});
afterAll(async () => {
  await fixture?.close();
  await database?.drop();
});

const ago = (seconds: number) => sql<Date>`clock_timestamp() - make_interval(secs => ${seconds})`;

it("counts the seconds since the start, without pauses past and present", async () => {
  const { attempt } = await fixture.addAttempt();
  const { db } = database;
  const change = (values: object) =>
    db.updateTable("attempt").set(values).where("id", "=", attempt.attemptId).execute();
  const clock = new AttemptClock(db, attempt.attemptId, 50);

  await change({ started_at: ago(1000) });
  await clock.follow();
  expect(clock.elapsedSec()).toBeGreaterThanOrEqual(1000);
  expect(clock.elapsedSec()).toBeLessThan(1010);

  await db
    .insertInto("time_credit")
    .values({
      attempt_id: attempt.attemptId,
      seconds: 300,
      source: "platform",
      reason: "We had stopped your clock",
      covers_from: ago(700),
      covers_until: ago(400),
    })
    .execute();
  // Given for another reason, it says nothing about when the candidate could not work.
  await db
    .insertInto("time_credit")
    .values({ attempt_id: attempt.attemptId, seconds: 60, source: "admin", reason: "A slow connection" })
    .execute();
  await until(async () => clock.elapsedSec() < 720);
  expect(clock.elapsedSec()).toBeGreaterThanOrEqual(700);

  await change({ paused_at: ago(100), pause_reason: "a fault" });
  await until(async () => clock.elapsedSec() < 620);
  const standing = clock.elapsedSec();
  await new Promise((done) => setTimeout(done, 200));
  expect(clock.elapsedSec()).toBeCloseTo(standing, 2);

  await change({ paused_at: null, pause_reason: null });
  await until(async () => clock.elapsedSec() > standing + 50);
  clock.stop();
});
