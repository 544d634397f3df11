import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunView } from "../../services/shared/contracts/run.ts";
import { SecretBox } from "../../services/shared/domain/secret-box.ts";
import { sealBody } from "../../services/shared/models/transcript.ts";
import { insertAttempt, insertHost, insertInvitation } from "../support/fixtures.ts";
import { insertModelAttempt } from "../support/models-fixture.ts";
import { insertRun, submitAttempt } from "../support/run-fixture.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";
import { until } from "../support/until.ts";

const NAME = "Amelie Brandt";
const EMAIL = "amelie.brandt@example.com";

let api: TestApi;
let owner: Client & { id: string };
let other: Client & { id: string };
let admin: Client;

beforeAll(async () => {
  api = await startTestApi();
  [owner, other, admin] = await Promise.all([
    api.staff("reviewer"),
    api.staff("reviewer"),
    api.staff("admin"),
  ]);
  await insertHost(api.db);
});
afterAll(() => api?.close());

async function submitted() {
  const attemptId = await insertModelAttempt({ db: api.db }, api.config.secret, {
    upstreams: [{ baseUrl: "http://127.0.0.1:1/v1" }],
    usd: 2,
  });
  const id = await submitAttempt(api.db, api.blobs, attemptId, { "a.txt": "a" });
  const { invitation_id: invitationId } = await api.db
    .selectFrom("attempt")
    .select("invitation_id")
    .where("id", "=", attemptId)
    .executeTakeFirstOrThrow();
  return { id, attemptId, invitationId, address: `/api/review/submissions/${id}/run` };
}

const rowOf = (id: string) =>
  api.db.selectFrom("attempt").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

describe("somebody's run", () => {
  it("is nothing that another reviewer or an admin sees, enters, ends or pays for", async () => {
    const { id, address } = await submitted();
    const runId = await insertRun(api.db, { submissionId: id, reviewerId: owner.id, sandbox: "ready" });
    const before = await rowOf(runId);
    for (const stranger of [other, admin]) {
      expect((await stranger.call("GET", address)).json()).toMatchObject({ run: null });
      for (const target of ["ide", 8000] as const) {
        const link = await stranger.call("POST", `${address}/workspace-links`, { target });
        expect([link.statusCode, link.json().code]).toEqual([409, "run_not_running"]);
      }
      const spending = await stranger.call("POST", `${address}/spending`, { usd: 1 });
      expect(spending.json().code).toBe("run_not_running");
      await stranger.call("DELETE", address);
    }
    expect(await rowOf(runId)).toEqual(before);
    // The control: its owner can.
    const link = await owner.call("POST", `${address}/workspace-links`, { target: "ide" });
    expect(link.json().url).toContain(runId);
  });

  it("keeps nobody else from running the same submission", async () => {
    const { id, address } = await submitted();
    const runId = await insertRun(api.db, { submissionId: id, reviewerId: owner.id, sandbox: "ready" });
    const { run } = (await other.call("POST", address)).json() as RunView;
    expect(run!.id).not.toBe(runId);
  });

  it("is closed to the candidate, to programs with a token and to strangers", async () => {
    const { address, invitationId, id } = await submitted();
    await insertRun(api.db, { submissionId: id, reviewerId: owner.id, sandbox: "ready" });
    const token = await api.token("admin:read", "admin:write", "staff:write");
    for (const stranger of [api.candidate(invitationId), token, api.anonymous])
      for (const [method, path, body] of [
        ["GET", "", undefined],
        ["POST", "", undefined],
        ["DELETE", "", undefined],
        ["POST", "/workspace-links", { target: "ide" }],
        ["POST", "/spending", { usd: 1 }],
      ] as const)
        expect((await stranger.call(method, `${address}${path}`, body)).statusCode).toBeOneOf([401, 403]);
  });

  it("cannot be entered by the candidate through the candidate's own routes", async () => {
    const { invitationId, id } = await submitted();
    await insertRun(api.db, { submissionId: id, reviewerId: owner.id, sandbox: "ready" });
    const links = `/api/candidate/invitations/${invitationId}/workspace-links`;
    for (const attempt of ["scored", "practice", "run"]) {
      const response = await api.candidate(invitationId).call("POST", links, { attempt, target: "ide" });
      expect(response.statusCode).toBeOneOf([400, 409]);
    }
  });
});

describe("the candidate's side", () => {
  it("is the same before, during and after a run, for the candidate and on the board", async () => {
    const { invitationId, address, attemptId } = await submitted();
    const see = async () => {
      const { now: _, ...candidate } = (
        await api.candidate(invitationId).call("GET", `/api/candidate/invitations/${invitationId}`)
      ).json();
      const { now: __, ...board } = (await admin.call("GET", "/api/admin/board")).json();
      const { now: ___, ...details } = (
        await admin.call("GET", `/api/admin/invitations/${invitationId}`)
      ).json();
      const queue = (await other.call("GET", "/api/review/queue")).json();
      const events = await api.db
        .selectFrom("attempt_event")
        .selectAll()
        .where("attempt_id", "=", attemptId)
        .execute();
      const rows = {
        attempt: await rowOf(attemptId),
        invitation: await api.db
          .selectFrom("invitation")
          .selectAll()
          .where("id", "=", invitationId)
          .execute(),
        submission: await api.db.selectFrom("submission").selectAll().execute(),
      };
      return JSON.stringify({ candidate, board, details, queue, events, rows });
    };
    const before = await see();
    const { run } = (await owner.call("POST", address)).json() as RunView;
    expect(await see()).toBe(before);
    await api.db
      .updateTable("attempt")
      .set({
        state: "running",
        started_at: new Date(),
        deadline_at: new Date(Date.now() + 60_000),
        epoch: 1,
        host_id: "test-host",
      })
      .where("id", "=", run!.id)
      .execute();
    expect(await see()).toBe(before);
    await owner.call("POST", `${address}/spending`, { usd: 1 });
    await owner.call("DELETE", address);
    expect(await see()).toBe(before);
    expect(before).not.toContain(run!.id);
  });

  it("is told of nothing while a run comes and goes; of a practice it would be", async () => {
    const { invitationId, address } = await submitted();
    const heard: string[] = [];
    const listener = new pg.Client({ connectionString: api.config.databaseUrl });
    await listener.connect();
    listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
    await listener.query("listen attempt_changed");
    try {
      const { run } = (await owner.call("POST", address)).json() as RunView;
      await api.db
        .insertInto("sandbox")
        .values({ attempt_id: run!.id, epoch: 1, host_id: "test-host", state: "ready" })
        .execute();
      await owner.call("DELETE", address);
      const { id } = await insertInvitation(api.db);
      await insertAttempt(api.db, { invitationId: id, kind: "practice", sandbox: "ready" });
      await until(async () => heard.includes(id));
      expect(heard).not.toContain(invitationId);
    } finally {
      await listener.end();
    }
  });

  it("ends no run of a reviewer when the invitation is withdrawn", async () => {
    const { id, invitationId } = await submitted();
    const runId = await insertRun(api.db, { submissionId: id, reviewerId: owner.id, sandbox: "ready" });
    const revoked = await admin.call("POST", `/api/admin/invitations/${invitationId}/revoke`, {
      reason: "x",
    });
    expect(revoked.statusCode).toBeLessThan(300);
    expect(await rowOf(runId)).toMatchObject({ state: "running" });
  });
});

it("an admin's ways into attempts do not lead into a run", async () => {
  const { id } = await submitted();
  const runId = await insertRun(api.db, { submissionId: id, reviewerId: owner.id, sandbox: "ready" });
  const before = await rowOf(runId);
  for (const [action, body] of [
    ["extend", { seconds: 60, reason: "x" }],
    ["messages", { text: "x" }],
    ["pause", { reason: "x" }],
    ["end", { reason: "x" }],
  ] as const) {
    const response = await admin.call("POST", `/api/admin/attempts/${runId}/${action}`, body);
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
  }
  expect(await rowOf(runId)).toEqual(before);
});

describe("the database", () => {
  it.each([
    ["a run of nothing", { kind: "run", run_by: "x" }],
    ["a scored attempt that is a run of something", { kind: "scored", run_of: "x", run_by: "x" }],
  ])("refuses %s", async (_name, values) => {
    const { id, invitationId } = await submitted();
    const { assessment_version_id } = await rowOf(
      (
        await api.db
          .selectFrom("submission")
          .select("attempt_id")
          .where("id", "=", id)
          .executeTakeFirstOrThrow()
      ).attempt_id,
    );
    const row = {
      ...{
        invitation_id: invitationId,
        assessment_version_id,
        limit_sec: 1,
        kind: values.kind,
        state: "failed",
      },
      ...("run_of" in values ? { run_of: id } : {}),
      run_by: owner.id,
    };
    await expect(api.db.insertInto("attempt").values(row).execute()).rejects.toThrow(
      "attempt_run_is_of_somebody",
    );
  });
});

it("says nothing of who the candidate is, though the requests of the run do", async () => {
  const { id, address } = await submitted();
  await api.db.updateTable("invitation").set({ candidate_name: NAME, candidate_email: EMAIL }).execute();
  const runId = await insertRun(api.db, { submissionId: id, reviewerId: owner.id, sandbox: "ready" });
  const box = new SecretBox(api.config.secret);
  const contents = [
    `I am ${NAME}, ${EMAIL}`,
    `${JSON.stringify({ by: NAME }).replace("A", "\\u0041")} tail`,
    `${"x".repeat(190)} ${NAME}`,
  ];
  for (const [index, content] of contents.entries()) {
    const callId = randomUUID();
    const body = JSON.stringify({ messages: [{ role: "user", content }] });
    await api.db
      .insertInto("model_call")
      .values({
        ...{ id: callId, attempt_id: runId, epoch: 1, line: "product", endpoint: "chat/completions" },
        ...{ alias: "small", stream: false, outcome: "refused", status: 403, request_bytes: body.length },
        request_sha256: String(index).repeat(64),
        request_sealed: sealBody(box, callId, body),
      })
      .execute();
  }
  const responses = [
    await owner.call("GET", address),
    await owner.call("POST", address),
    await owner.call("POST", `${address}/workspace-links`, { target: "ide" }),
    await owner.call("DELETE", address),
  ];
  const text = responses.map((response) => response.body).join("\n");
  expect(text.match(/\[candidate (name|e-mail)\]/g)!.length).toBeGreaterThanOrEqual(6);
  expect(text).not.toMatch(/amelie|brandt/i);
  const { attempt_id } = await api.db
    .selectFrom("submission")
    .select("attempt_id")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  expect(text).not.toContain(attempt_id);
});
