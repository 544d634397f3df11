import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHECK_EMAIL } from "../../services/shared/assessments/trial.ts";
import { readTree } from "../../services/shared/blobs/tree-blobs.ts";
import { AssessmentSpec } from "../../services/shared/contracts/assessment.ts";
import type { AssessmentDraft } from "../../services/shared/contracts/assessment-draft.ts";
import type { CheckReport } from "../../services/shared/contracts/composer.ts";
import { Weather } from "../../services/shared/contracts/weather.ts";
import { createLog } from "../../services/shared/observability/log.ts";
import { enqueue } from "../../services/shared/queue/outbox.ts";
import { removeOldTrials } from "../../services/worker/assessment-check/sweep-assessments.ts";
import {
  completeDraft,
  insertDraftedAssessment,
  pinsOfVersion,
  waitForCheck,
} from "../support/assessment-fixture.ts";
import { insertServedMockApi } from "../support/fixtures.ts";
import { type Platform, startPlatform } from "../support/platform-fixture.ts";
import { until } from "../support/until.ts";

let platform: Platform;
let pins: Awaited<ReturnType<typeof pinsOfVersion>>;

beforeAll(async () => {
  platform = await startPlatform();
  pins = await pinsOfVersion(platform.db, platform.assessmentVersionId);
});
afterAll(() => platform?.close());

/** Checks a draft to the end, by way of the queue. */
async function check(draft: AssessmentDraft) {
  const { db } = platform;
  const assessmentId = await insertDraftedAssessment(db, draft);
  await waitForCheck(db, assessmentId);
  await enqueue(db, "check-assessment", { assessmentId, revision: 1 });
  const read = () =>
    db
      .selectFrom("assessment_draft")
      .selectAll()
      .where("assessment_id", "=", assessmentId)
      .executeTakeFirstOrThrow();
  await until(
    async () => (await read()).check_state !== "waiting",
    60_000,
    async () => `the check still waits: ${JSON.stringify((await read()).report)}`,
  );
  const row = await read();
  const report = row.report as CheckReport;
  return { assessmentId, row, report, status: statusById(report) };
}

function statusById(report: CheckReport): Record<string, string> {
  return Object.fromEntries(report.items.map(({ id, status }) => [id, status]));
}

async function checkAttempts() {
  return platform.db
    .selectFrom("attempt")
    .innerJoin("invitation", "invitation.id", "attempt.invitation_id")
    .select(["attempt.id", "attempt.state", "invitation.id as invitationId"])
    .where("invitation.candidate_email", "=", CHECK_EMAIL)
    .execute();
}

describe("a check", () => {
  it("starts a workspace of a complete draft, reads and asks everything in it, and leaves nothing", async () => {
    const { row, report, status } = await check(
      completeDraft({
        ...pins,
        starter: { source: { kind: "none" }, files: [{ path: "src/a.py", text: "a" }] },
      }),
    );
    expect(report.items.filter((item) => item.status === "failed")).toEqual([]);
    expect(status).toMatchObject({
      rubric: "passed",
      "mock_api:helpdesk.internal": "passed",
      workspace: "passed",
      workspace_files: "passed",
      "dataset:support-tickets": "passed",
      "answers:helpdesk.internal": "passed",
    });
    expect(report.items.find(({ id }) => id === "answers:helpdesk.internal")?.message).toContain(
      "GET http://helpdesk.internal/health was answered with 200",
    );
    expect(row.check_state).toBe("passed");
    const spec = AssessmentSpec.parse(row.prepared);
    const tree = await readTree(spec.starterTreeSha256, platform.blobs);
    expect(tree.entries.map(({ path }) => path)).toEqual(["BRIEF.md", "src", "src/a.py"]);
    const [attempt] = await checkAttempts();
    expect(attempt!.state).toBe("ended");
    await platform.untilNothingLeft(attempt!.id);
  });

  it("says what is wrong with a draft, and starts no workspace for it", async () => {
    const before = (await checkAttempts()).length;
    const { row, report, status } = await check(
      completeDraft({
        brief: "",
        limits: { cpus: 1, memoryMib: 262_144, diskMib: 128, pids: 256 },
        datasets: [{ mountName: "../etc", datasetVersionId: null, delivery: {} }],
      }),
    );
    expect(row.check_state).toBe("failed");
    expect(row.prepared).toBeNull();
    const failed = report.items.filter((item) => item.status === "failed");
    expect(failed.map(({ target }) => target?.path).sort()).toEqual([
      "brief",
      "datasets.0.datasetVersionId",
      "datasets.0.mountName",
      "limits.memoryMib",
    ]);
    expect(failed.every(({ remedy }) => remedy !== "")).toBe(true);
    expect(status.workspace).toBeUndefined();
    expect((await checkAttempts()).length).toBe(before);
  });

  it("finds an API that the gateway could not serve, and skips the workspace", async () => {
    const broken = await insertServedMockApi(platform.db, {
      assessmentVersionId: await platform.publish({}),
      hostname: "broken.internal",
      document: { openapi: "2.0" },
    });
    const { row, status } = await check(
      completeDraft({ mockApis: [{ hostname: "desk.internal", mockApiVersionId: broken }] }),
    );
    expect(row.check_state).toBe("failed");
    expect(status).toMatchObject({ "mock_api:desk.internal": "failed", workspace: "skipped" });
  });

  it("waits for a mock API whose weather makes it slow", async () => {
    const slow = await insertServedMockApi(platform.db, {
      assessmentVersionId: await platform.publish({}),
      hostname: "slow.internal",
      document: {
        openapi: "3.1.0",
        info: { title: "Slow", version: "1" },
        servers: [{ url: "https://api.example.com/v1" }],
        paths: { "/health": { get: { responses: { 200: { description: "" } } } } },
      },
      bindings: { formatVersion: 1, collections: {}, operations: {} },
      weather: Weather.parse({
        rules: [
          {
            operations: "*",
            fault: { kind: "latency", delay: { shape: "constant", ms: 1500 }, atMostMs: 5000 },
            rate: { kind: "probability", probability: 1 },
          },
        ],
      }),
    });
    const { report, status } = await check(
      completeDraft({ ...pins, mockApis: [{ hostname: "slow.internal", mockApiVersionId: slow }] }),
    );
    expect(status["answers:slow.internal"], JSON.stringify(report)).toBe("passed");
    expect(report.items.find(({ id }) => id === "answers:slow.internal")?.message).toContain(
      "GET http://slow.internal/v1/health was answered with 200",
    );
  });

  it("says that an image does not come up", async () => {
    const broken = await startPlatform({ images: { gone: "worksample/no-such-image:1" } });
    const own = platform;
    platform = broken;
    try {
      const { report, status } = await check(completeDraft({ image: "gone" }));
      expect(status).toMatchObject({ workspace: "failed", workspace_files: "skipped" });
      expect(report.items.find(({ id }) => id === "workspace")?.message).toContain("not on this host");
    } finally {
      platform = own;
      await broken.close();
    }
  });
});

it("removes trials that are over, and nothing of candidates", async () => {
  const { db } = platform;
  const candidate = await platform.request();
  await platform.untilState(candidate, "running");
  const count = async (table: "invitation" | "attempt" | "assessment_version") =>
    Number(
      (
        await db
          .selectFrom(table)
          .select((e) => e.fn.countAll().as("count"))
          .executeTakeFirstOrThrow()
      ).count,
    );
  const trials = await checkAttempts();
  expect(trials.length).toBeGreaterThan(0);
  const before = { invitation: await count("invitation"), attempt: await count("attempt") };
  await removeOldTrials({ db, log: createLog("worker", "silent") }, 0);
  expect(await checkAttempts()).toEqual([]);
  expect(await count("invitation")).toBe(before.invitation - trials.length);
  expect(await count("attempt")).toBe(before.attempt - trials.length);
  expect((await platform.attempt(candidate)).state).toBe("running");
  await platform.discard(candidate);
});
