import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ModelTreatmentReport } from "../../services/shared/contracts/models.ts";
import { insertAssessmentVersion, insertAttempt, insertInvitation } from "../support/fixtures.ts";
import { insertModelCall, type ModelCallFixture, makeModels } from "../support/model-call-fixture.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

let api: TestApi;
let admin: Client & { id: string };
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.staff("admin");
});
afterAll(() => api?.close());

const START = Date.now() - 3_600_000;
type Call = Omit<ModelCallFixture, "attemptId" | "at"> & { second: number };

const newVersion = async () => {
  const { id } = await insertAssessmentVersion(api.db, { spec: { models: makeModels() } });
  const { assessment_id: assessmentId } = await api.db
    .selectFrom("assessment_version")
    .select("assessment_id")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return { id, assessmentId };
};
type Version = Awaited<ReturnType<typeof newVersion>>;

const begin = async (
  version: Version,
  name: string,
  calls: readonly Call[],
  state: "running" | "submitted" = "running",
) => {
  const { id: invitationId } = await insertInvitation(api.db, {
    assessmentVersionId: version.id,
    candidateName: name,
  });
  const attemptId = await insertAttempt(api.db, {
    invitationId,
    state,
    remainingSec: 3600,
    sandbox: "ready",
  });
  for (const { second, ...call } of calls)
    await insertModelCall(api.db, api.config.secret, {
      attemptId,
      at: new Date(START + second * 1000),
      ...call,
    });
  return { attemptId, invitationId };
};
const report = async ({ id, assessmentId }: Version, client: Client = admin) =>
  (
    await client.call("GET", `/api/admin/assessments/${assessmentId}/versions/${id}/model-treatment`)
  ).json() as ModelTreatmentReport;
const credit = (attemptId: string, second: number) =>
  admin.call("POST", `/api/admin/attempts/${attemptId}/model-outages/credit`, {
    from: new Date(START + second * 1000).toISOString(),
  });
const row = (id: string) =>
  api.db.selectFrom("attempt").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const creditsOf = (attemptId: string) =>
  api.db.selectFrom("time_credit").selectAll().where("attempt_id", "=", attemptId).execute();

const answered = (second: number, firstTokenMs: number): Call => ({
  ...{ second, firstTokenMs, durationMs: firstTokenMs + 1000, tokens: [100, 50], costNanoUsd: 125_000 },
});
const failed = (second: number): Call => ({ second, outcome: "upstream_failed", durationMs: 2000 });
/** Two failures, then an answer after a minute. */
const OUTAGE = [failed(100), failed(130), answered(160, 400)];

describe("the report", () => {
  it("says what each candidate met, and marks what stands out", async () => {
    const version = await newVersion();
    const usual = [answered(1, 300), answered(2, 400), answered(3, 500)];
    await begin(version, "Ada", usual);
    await begin(version, "Ben", usual, "submitted");
    await begin(version, "Cleo", usual);
    await begin(version, "Dan", [
      ...usual.map((call) => ({ ...call, firstTokenMs: 3000, durationMs: 4000 })),
      ...OUTAGE,
      { second: 200, outcome: "refused" },
    ]);
    await begin(version, "Eve", []);
    const { rows, title, number } = await report(version);
    expect([title, number]).toEqual(["Triage support tickets", 1]);
    expect(rows.map((one) => one.candidateName)).toEqual(["Ada", "Ben", "Cleo", "Dan", "Eve"]);
    expect(rows[0]).toMatchObject({
      ...{ running: true, calls: 3, upstreamFailures: 0, refusals: 0, outages: [], marks: [] },
      ...{ firstTokenP50Ms: 400, firstTokenP95Ms: 490, tokensPerSecP50: 50, spentUsd: 0.000375 },
    });
    expect(rows[1]).toMatchObject({ running: false });
    expect(rows[3]).toMatchObject({ calls: 7, upstreamFailures: 2, refusals: 1 });
    expect(rows[3]!.marks).toEqual(["firstTokenP50Ms", "firstTokenP95Ms", "outages"]);
    expect(rows[4]).toMatchObject({ calls: 0, firstTokenP50Ms: null, tokensPerSecP50: null, marks: [] });
  });

  it("leaves out practice, trials and attempts that never started", async () => {
    const version = await newVersion();
    const { id: invitationId } = await insertInvitation(api.db, { assessmentVersionId: version.id });
    await insertAttempt(api.db, { invitationId, kind: "practice" });
    await insertAttempt(api.db, { invitationId, state: "provisioning" });
    const trial = await begin(version, "Trial", OUTAGE);
    await api.db
      .updateTable("invitation")
      .set({ purpose: "trial" })
      .where("id", "=", trial.invitationId)
      .execute();
    expect((await report(version)).rows).toEqual([]);
  });

  it("is of a version of that assessment", async () => {
    const [version, other] = [await newVersion(), await newVersion()];
    expect(await report({ ...version, assessmentId: other.assessmentId })).toMatchObject({
      code: "assessment_version_not_found",
    });
  });
});

describe("an outage", () => {
  it("is credited once, moves the deadline, and is audited", async () => {
    const version = await newVersion();
    const { attemptId } = await begin(version, "Dan", OUTAGE);
    const before = await row(attemptId);
    const responses = await Promise.all([1, 2, 3].map(() => credit(attemptId, 100)));
    expect(responses.map((one) => one.json().givenSec).toSorted()).toEqual([0, 0, 60]);
    const after = await row(attemptId);
    expect(after.deadline_at!.getTime() - before.deadline_at!.getTime()).toBe(60_000);
    for (const response of responses)
      expect(response.json().deadlineAt).toBe(after.deadline_at!.toISOString());
    expect(await creditsOf(attemptId)).toMatchObject([
      { seconds: 60, source: "platform", created_by: admin.id },
    ]);
    const jobs = (await api.db.selectFrom("outbox").selectAll().execute()).filter(
      (job) => (job.payload as { attemptId: string }).attemptId === attemptId,
    );
    expect(jobs).toMatchObject([{ name: "deadline" }]);
    const audits = await api.db
      .selectFrom("audit_event")
      .select(["action", "after"])
      .where("subject_id", "=", attemptId)
      .execute();
    expect(audits).toMatchObject([{ action: "attempt.credit_outage", after: { seconds: 60 } }]);
    const events = await api.db
      .selectFrom("attempt_event")
      .select(["type", "actor", "data"])
      .where("attempt_id", "=", attemptId)
      .execute();
    expect(events).toMatchObject([{ type: "time_credited", actor: "staff", data: { seconds: 60 } }]);
    expect((await report(version)).rows[0]!.outages).toMatchObject([{ creditedSec: 60, uncreditedSec: 0 }]);
  });

  it("gives only what no other credit covers, and the rest when it has gone on", async () => {
    const version = await newVersion();
    const { attemptId } = await begin(version, "Dan", [failed(100), failed(130)]);
    await api.db
      .insertInto("time_credit")
      .values({
        ...{ attempt_id: attemptId, seconds: 12, source: "platform", reason: "A pause" },
        ...{ covers_from: new Date(START + 90_000), covers_until: new Date(START + 110_000) },
      })
      .execute();
    expect((await report(version)).rows[0]!.outages).toMatchObject([
      { failures: 2, creditedSec: 10, uncreditedSec: 22 },
    ]);
    expect((await credit(attemptId, 100)).json().givenSec).toBe(22);
    await insertModelCall(api.db, api.config.secret, { attemptId, at: new Date(START + 150_000) });
    expect((await credit(attemptId, 100)).json().givenSec).toBe(18);
    expect((await credit(attemptId, 100)).json().givenSec).toBe(0);
    expect((await report(version)).rows[0]!.outages).toMatchObject([{ creditedSec: 50, uncreditedSec: 0 }]);
  });

  it.each([
    ["that is over", "submitted" as const, "attempt_over"],
    ["of which it is none", "running" as const, "outage_not_found"],
  ])("is not credited to an attempt %s", async (_name, state, code) => {
    const { attemptId } = await begin(await newVersion(), "Dan", OUTAGE, state);
    const before = await row(attemptId);
    const response = await credit(attemptId, code === "attempt_over" ? 100 : 101);
    expect([response.statusCode >= 400, response.json().code]).toEqual([true, code]);
    expect(await row(attemptId)).toEqual(before);
    expect(await creditsOf(attemptId)).toEqual([]);
    expect((await credit(randomUUID(), 100)).json().code).toBe("attempt_not_found");
  });

  it("is credited by a token, too, as staff's decision", async () => {
    const { attemptId } = await begin(await newVersion(), "Dan", OUTAGE);
    const token = await api.token("admin:write");
    const response = await token.call("POST", `/api/admin/attempts/${attemptId}/model-outages/credit`, {
      from: new Date(START + 100_000).toISOString(),
    });
    expect(response.json().givenSec).toBe(60);
    expect(await creditsOf(attemptId)).toMatchObject([{ created_by: null }]);
    const events = await api.db
      .selectFrom("attempt_event")
      .select("actor")
      .where("attempt_id", "=", attemptId)
      .execute();
    expect(events).toEqual([{ actor: "staff" }]);
  });
});
