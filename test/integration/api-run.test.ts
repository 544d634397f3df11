import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunView } from "../../services/shared/contracts/run.ts";
import { SecretBox } from "../../services/shared/domain/secret-box.ts";
import { sealBody } from "../../services/shared/models/transcript.ts";
import {
  HOST_ID,
  insertAttempt,
  insertHost,
  insertInvitation,
  insertSandbox,
  insertSubmission,
} from "../support/fixtures.ts";
import { insertModelAttempt } from "../support/models-fixture.ts";
import { insertRun, submitAttempt } from "../support/run-fixture.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

const HOUR_MS = 3_600_000;

let api: TestApi;
let reviewer: Client & { id: string };

beforeAll(async () => {
  api = await startTestApi();
  reviewer = await api.staff("reviewer");
  await insertHost(api.db);
});
afterAll(() => api?.close());

async function submitted() {
  const { id: invitationId } = await insertInvitation(api.db);
  const attemptId = await insertAttempt(api.db, { invitationId, state: "submitted" });
  const { id, codeName } = await insertSubmission(api.db, api.blobs, { attemptId });
  return { id, codeName, attemptId, invitationId, address: `/api/review/submissions/${id}/run` };
}

/** A submission of an assessment with models for two dollars. */
async function submittedWithModels() {
  const attemptId = await insertModelAttempt({ db: api.db }, api.config.secret, {
    upstreams: [{ baseUrl: "http://127.0.0.1:1/v1" }],
    usd: 2,
    tokens: 5000,
  });
  const id = await submitAttempt(api.db, api.blobs, attemptId);
  return { id, attemptId, address: `/api/review/submissions/${id}/run` };
}

const runOf = (id: string) =>
  api.db.selectFrom("attempt").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const jobsOf = async (attemptId: string) => {
  const rows = await api.db.selectFrom("outbox").select(["name", "payload"]).execute();
  return rows.filter(({ payload }) => JSON.stringify(payload).includes(attemptId)).map(({ name }) => name);
};
const codeOf = (response: { statusCode: number; json(): { code: string } }) => [
  response.statusCode,
  response.json().code,
];
const view = async (address: string, client: Client = reviewer): Promise<RunView> =>
  (await client.call("GET", address)).json();

describe("starting", () => {
  it("makes an attempt of its own, with its job, and returns it when it is asked for again", async () => {
    const { address, invitationId, id, codeName } = await submitted();
    expect(await view(address)).toMatchObject({ run: null, limitSec: 3600, codeName });
    const first = (await reviewer.call("POST", address)).json() as RunView;
    expect(first.run).toEqual({
      id: expect.any(String),
      state: "preparing",
      ...{ startedAt: null, deadlineAt: null, endedAt: null, end: null, models: null },
    });
    const runId = first.run!.id;
    expect(await runOf(runId)).toMatchObject({
      ...{ kind: "run", run_of: id, run_by: reviewer.id, limit_sec: 3600, invitation_id: invitationId },
      ...{ extra_time_factor: 1, notes_to_reviewer: "", state: "provisioning" },
    });
    expect(await jobsOf(runId)).toEqual(["provision"]);
    const again = await Promise.all(Array.from({ length: 5 }, () => reviewer.call("POST", address)));
    expect(new Set(again.map((response) => response.json().run.id))).toEqual(new Set([runId]));
    expect(await jobsOf(runId)).toEqual(["provision"]);
  });

  it("at once makes one", async () => {
    const { address, id } = await submitted();
    const answers = await Promise.all(Array.from({ length: 5 }, () => reviewer.call("POST", address)));
    expect(new Set(answers.map((response) => response.json().run.id)).size).toBe(1);
    const rows = await api.db.selectFrom("attempt").select("id").where("run_of", "=", id).execute();
    expect(rows).toHaveLength(1);
  });

  it.each(["ended", "failed"] as const)("makes another one when the last one has %s", async (state) => {
    const { address, id } = await submitted();
    const old = await insertRun(api.db, { submissionId: id, reviewerId: reviewer.id, state });
    const { run } = (await reviewer.call("POST", address)).json() as RunView;
    expect(run).toMatchObject({ state: "preparing" });
    expect(run!.id).not.toBe(old);
  });

  it("does not wait for one whose time is up: it is ended, and another one made", async () => {
    const { address, id } = await submitted();
    const old = await insertRun(api.db, { submissionId: id, reviewerId: reviewer.id, remainingSec: -5 });
    expect((await view(address)).run).toMatchObject({ id: old, state: "ended", end: "deadline" });
    const { run } = (await reviewer.call("POST", address)).json() as RunView;
    expect(run!.id).not.toBe(old);
    expect(await runOf(old)).toMatchObject({ state: "ended", end_reason: "deadline" });
    expect(await jobsOf(old)).toEqual(["discard"]);
  });

  it("is refused while every place is taken or waited for, and leaves nothing behind", async () => {
    const { address, id, attemptId } = await submitted();
    const capacity = { capacity: 1 };
    await api.db.updateTable("attempt").set({ state: "ended" }).where("state", "=", "provisioning").execute();
    await api.db.updateTable("host").set(capacity).where("id", "=", HOST_ID).execute();
    const sandboxId = await insertSandbox(api.db, attemptId, "ready");
    expect(codeOf(await reviewer.call("POST", address))).toEqual([503, "no_capacity"]);
    await api.db.updateTable("sandbox").set({ state: "removed" }).where("id", "=", sandboxId).execute();
    const { id: invitationId } = await insertInvitation(api.db);
    const waiting = await insertAttempt(api.db, { invitationId, state: "provisioning" });
    expect(codeOf(await reviewer.call("POST", address))).toEqual([503, "no_capacity"]);
    await api.db.updateTable("attempt").set({ state: "failed" }).where("id", "=", waiting).execute();
    await api.db
      .updateTable("host")
      .set({ last_seen_at: new Date(Date.now() - HOUR_MS) })
      .execute();
    expect(codeOf(await reviewer.call("POST", address))).toEqual([503, "no_capacity"]);
    expect(await api.db.selectFrom("attempt").select("id").where("run_of", "=", id).execute()).toEqual([]);
    await api.db.updateTable("host").set({ last_seen_at: new Date() }).execute();
    expect((await reviewer.call("POST", address)).statusCode).toBe(200);
    await api.db.updateTable("host").set({ capacity: 10 }).where("id", "=", HOST_ID).execute();
  });

  it("is not possible of what is no sealed submission of a candidate", async () => {
    const trial = await submitted();
    await api.db
      .updateTable("invitation")
      .set({ purpose: "trial" })
      .where("id", "=", trial.invitationId)
      .execute();
    for (const address of [trial.address, `/api/review/submissions/${randomUUID()}/run`])
      for (const method of ["GET", "POST", "DELETE"] as const)
        expect(codeOf(await reviewer.call(method, address))).toEqual([404, "submission_not_found"]);
  });
});

describe("entering", () => {
  it("is by an address of the run's own origin, for the editor and for a port", async () => {
    const { address, id, attemptId } = await submitted();
    const runId = await insertRun(api.db, { submissionId: id, reviewerId: reviewer.id, sandbox: "ready" });
    const link = async (target: unknown) =>
      (await reviewer.call("POST", `${address}/workspace-links`, { target } as object)).json().url as string;
    expect(new URL(await link("ide")).host).toBe(`${runId}.localhost:4001`);
    expect(new URL(await link(8000)).host).toBe(`8000-${runId}.localhost:4001`);
    expect(await link("ide")).not.toContain(attemptId);
    expect((await reviewer.call("POST", `${address}/workspace-links`, { target: 80 })).statusCode).toBe(400);
  });

  it.each([
    ["is prepared", { state: "provisioning" as const }],
    ["has no sandbox that answers", { sandbox: "starting" as const }],
    ["is past its time", { sandbox: "ready" as const, remainingSec: -1 }],
    ["is over", { state: "ended" as const }],
  ])("is refused while the run %s", async (_name, options) => {
    const { address, id } = await submitted();
    await insertRun(api.db, { submissionId: id, reviewerId: reviewer.id, ...options });
    const response = await reviewer.call("POST", `${address}/workspace-links`, { target: "ide" });
    expect(codeOf(response)).toEqual([409, "run_not_running"]);
  });
});

describe("ending", () => {
  it("ends it at once, has its sandbox removed, and is harmless when repeated", async () => {
    const { address, id } = await submitted();
    const runId = await insertRun(api.db, { submissionId: id, reviewerId: reviewer.id, sandbox: "ready" });
    const { run } = (await reviewer.call("DELETE", address)).json() as RunView;
    expect(run).toMatchObject({ id: runId, state: "ended", end: "reviewer", endedAt: expect.any(String) });
    expect((await reviewer.call("DELETE", address)).statusCode).toBe(200);
    expect(await jobsOf(runId)).toEqual(["discard"]);
  });

  it("of one that waits for a place needs no job", async () => {
    const { address, id } = await submitted();
    const runId = await insertRun(api.db, {
      submissionId: id,
      reviewerId: reviewer.id,
      state: "provisioning",
    });
    await reviewer.call("DELETE", address);
    expect(await runOf(runId)).toMatchObject({ state: "ended", end_reason: "reviewer" });
    expect(await jobsOf(runId)).toEqual([]);
  });
});

describe("models", () => {
  async function insertCall(
    attemptId: string,
    call: {
      outcome: string;
      content?: string;
      sha256?: string;
      at?: Date;
      status?: number;
      errorCode?: string;
    },
  ) {
    const id = randomUUID();
    const box = new SecretBox(api.config.secret);
    const body = JSON.stringify({ messages: [{ role: "user", content: call.content ?? "Hi" }] });
    await api.db
      .insertInto("model_call")
      .values({
        ...{
          id,
          attempt_id: attemptId,
          epoch: 1,
          line: "product",
          endpoint: "chat/completions",
          alias: "small",
        },
        ...{ stream: false, outcome: call.outcome, status: call.status ?? 200, at: call.at ?? new Date() },
        error_code: call.errorCode ?? null,
        request_sha256: call.sha256 ?? "0".repeat(64),
        request_sealed: sealBody(box, id, body),
        response_sealed: sealBody(box, id, "{}"),
        request_bytes: body.length,
      })
      .execute();
  }

  it("says what is on the record, what was replayed, and what was new, equal requests as one", async () => {
    const { address, id, attemptId } = await submittedWithModels();
    await insertCall(attemptId, { outcome: "answered" });
    await insertCall(attemptId, { outcome: "upstream_failed" });
    const runId = await insertRun(api.db, { submissionId: id, reviewerId: reviewer.id, sandbox: "ready" });
    const refused = { outcome: "refused", status: 403, errorCode: "not_recorded" };
    const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
    await insertCall(runId, { outcome: "replayed" });
    for (const second of [1, 2])
      await insertCall(runId, {
        ...refused,
        sha256: "a".repeat(64),
        content: "Twice\n the  same",
        at: at(second),
      });
    await insertCall(runId, { ...refused, sha256: "b".repeat(64), content: "Once", at: at(3) });
    const { models } = (await view(address)).run!;
    expect(models).toMatchObject({ recorded: 1, replayed: 1, newCount: 2, ceilingUsd: 2, spending: null });
    expect(models!.newRequests.map(({ excerpt, times, errorCode }) => [excerpt, times, errorCode])).toEqual([
      ["Once", 1, "not_recorded"],
      ["Twice the same", 2, "not_recorded"],
    ]);
  });

  it("may spend what is allowed, which can be more or less later, but not less than is spent", async () => {
    const { address, id } = await submittedWithModels();
    const runId = await insertRun(api.db, { submissionId: id, reviewerId: reviewer.id, sandbox: "ready" });
    const allow = async (usd: number) =>
      ((await reviewer.call("POST", `${address}/spending`, { usd })).json() as RunView).run!.models!.spending;
    expect(await allow(0.5)).toEqual({ limitUsd: 0.5, spentUsd: 0, reservedUsd: 0 });
    expect(await allow(2)).toMatchObject({ limitUsd: 2 });
    await api.db
      .updateTable("attempt_model_budget")
      .set({ spent_nano_usd: 3e8, reserved_nano_usd: 1e8 })
      .where("attempt_id", "=", runId)
      .execute();
    expect(await allow(0.1)).toEqual({ limitUsd: 0.4, spentUsd: 0.3, reservedUsd: 0.1 });
    const [budget] = await api.db
      .selectFrom("attempt_model_budget")
      .select(["line", "limit_tokens"])
      .where("attempt_id", "=", runId)
      .execute();
    expect(budget).toEqual({ line: "product", limit_tokens: 5000 });
  });

  it("may not spend more than the candidate could, nothing without a run, and nothing where there are none", async () => {
    const { address, id } = await submittedWithModels();
    const allow = (at: string, usd: number) => reviewer.call("POST", `${at}/spending`, { usd });
    expect(codeOf(await allow(address, 1))).toEqual([409, "run_not_running"]);
    await insertRun(api.db, { submissionId: id, reviewerId: reviewer.id, remainingSec: -1 });
    expect(codeOf(await allow(address, 1))).toEqual([409, "run_not_running"]);
    expect(codeOf(await allow(address, 2.01))).toEqual([422, "run_spending_too_high"]);
    expect((await allow(address, 0)).statusCode).toBe(400);
    const plain = await submitted();
    await insertRun(api.db, { submissionId: plain.id, reviewerId: reviewer.id });
    expect(codeOf(await allow(plain.address, 1))).toEqual([409, "run_has_no_models"]);
    expect((await view(plain.address)).run!.models).toBeNull();
    const budgets = await api.db
      .selectFrom("attempt_model_budget")
      .innerJoin("attempt", "attempt.id", "attempt_id")
      .select("attempt.id")
      .where("run_of", "in", [id, plain.id])
      .execute();
    expect(budgets).toEqual([]);
  });
});

it("leaves events that say who ran what", async () => {
  const { address } = await submittedWithModels();
  const { run } = (await reviewer.call("POST", address)).json() as RunView;
  await reviewer.call("POST", `${address}/spending`, { usd: 1 });
  await reviewer.call("DELETE", address);
  const events = await api.db
    .selectFrom("audit_event")
    .select(["action", "actor_id", "before", "after"])
    .where("subject_id", "=", run!.id)
    .orderBy("id")
    .execute();
  expect(events.map(({ action, actor_id }) => [action, actor_id])).toEqual([
    ["run.start", reviewer.id],
    ["run.allow_spending", reviewer.id],
    ["run.end", reviewer.id],
  ]);
  expect(events[1]).toMatchObject({ before: { limitUsd: null }, after: { limitUsd: 1 } });
});
