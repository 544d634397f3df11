import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertAssessmentVersion, insertAttempt, insertInvitation } from "../support/fixtures.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

let api: TestApi;
let admin: Client & { id: string };
let versionId: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.staff("admin");
  versionId = (await insertAssessmentVersion(api.db)).id;
});
afterAll(() => api?.close());

type Attempt = Parameters<typeof insertAttempt>[1];
const begin = async (attempt: Omit<Attempt, "invitationId"> = {}) => {
  const { id: invitationId } = await insertInvitation(api.db, { assessmentVersionId: versionId });
  const attemptId = await insertAttempt(api.db, { invitationId, sandbox: "ready", ...attempt });
  return { invitationId, attemptId };
};
const act = (attemptId: string, action: string, body: object = {}) =>
  admin.call("POST", `/api/admin/attempts/${attemptId}/${action}`, body);
const pause = (attemptId: string) => act(attemptId, "pause", { reason: "Our power failed." });
const asCandidate = (invitationId: string, method: "GET" | "POST" | "PUT", path = "", body?: object) =>
  api.candidate(invitationId).call(method, `/api/candidate/invitations/${invitationId}${path}`, body);
const row = (id: string) =>
  api.db.selectFrom("attempt").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const jobsOf = async (attemptId: string) =>
  (await api.db.selectFrom("outbox").selectAll().orderBy("id").execute())
    .filter((job) => (job.payload as { attemptId: string }).attemptId === attemptId)
    .map(({ name }) => name);
const auditsOf = async (id: string) =>
  (
    await api.db
      .selectFrom("audit_event")
      .select("action")
      .where("subject_id", "=", id)
      .orderBy("id")
      .execute()
  ).map(({ action }) => action);

describe("a pause", () => {
  it("stops the clock at once, says why, and can be asked for twice", async () => {
    const { invitationId, attemptId } = await begin();
    const responses = await Promise.all([pause(attemptId), pause(attemptId)]);
    expect(responses.map(({ statusCode }) => statusCode)).toEqual([202, 202]);
    expect(responses[0]!.json()).toMatchObject({
      group: "attention",
      attempt: { pauseReason: "Our power failed.", resumeRequestedAt: null },
    });
    expect(await jobsOf(attemptId)).toEqual(["pause"]);
    const { attempt } = (await asCandidate(invitationId, "GET")).json();
    expect(attempt).toMatchObject({ state: "running", pauseReason: "Our power failed." });
    expect(attempt.pausedAt).not.toBeNull();
    expect(await auditsOf(attemptId)).toEqual(["attempt.pause"]);
  });

  it("keeps the workspace and Submit out of reach, and loses no notes, also past the deadline", async () => {
    const { invitationId, attemptId } = await begin();
    await pause(attemptId);
    const over = new Date(Date.now() - 60_000);
    const pausedAt = new Date(Date.now() - 120_000);
    await api.db
      .updateTable("attempt")
      .set({ deadline_at: over, paused_at: pausedAt })
      .where("id", "=", attemptId)
      .execute();
    const link = await asCandidate(invitationId, "POST", "/workspace-links", {
      attempt: "scored",
      target: "ide",
    });
    expect(link.json()).toMatchObject({ code: "attempt_paused", detail: "Our power failed." });
    const submit = await asCandidate(invitationId, "POST", "/submit", { confirm: true });
    expect([submit.statusCode, submit.json().code]).toEqual([409, "attempt_paused"]);
    expect((await asCandidate(invitationId, "PUT", "/notes", { notes: "kept" })).statusCode).toBe(200);
    // Without the pause its time would be up.
    await api.db
      .updateTable("attempt")
      .set({ paused_at: null, pause_reason: null })
      .where("id", "=", attemptId)
      .execute();
    expect((await asCandidate(invitationId, "PUT", "/notes", { notes: "late" })).json().code).toBe(
      "attempt_not_running",
    );
  });

  it("ends when somebody asks for it, once; and stays when somebody changes their mind", async () => {
    const { attemptId } = await begin();
    expect((await act(attemptId, "resume")).json().code).toBe("attempt_not_paused");
    await pause(attemptId);
    const { paused_at } = await row(attemptId);
    await Promise.all([act(attemptId, "resume"), act(attemptId, "resume")]);
    expect((await row(attemptId)).resume_requested_at).not.toBeNull();
    await pause(attemptId);
    expect(await row(attemptId)).toMatchObject({ resume_requested_at: null, paused_at });
    expect(await jobsOf(attemptId)).toEqual(["pause", "resume", "pause"]);
    expect(await auditsOf(attemptId)).toEqual(["attempt.pause", "attempt.resume", "attempt.pause"]);
  });

  it("lets time be added", async () => {
    const { attemptId } = await begin();
    await pause(attemptId);
    expect((await act(attemptId, "extend", { seconds: 60, reason: "As well" })).json().creditedSec).toBe(60);
  });
});

/** What an admin may do to an attempt, by where it stands. */
const STATES: [string, Omit<Attempt, "invitationId">, Record<string, string>][] = [
  [
    "provisioning",
    { state: "provisioning" },
    {
      pause: "attempt_not_running",
      resume: "attempt_not_running",
      end: "attempt_not_running",
      extend: "attempt_not_running",
      messages: "ok",
    },
  ],
  [
    "sealing",
    { state: "sealing" },
    {
      pause: "attempt_over",
      resume: "attempt_over",
      end: "attempt_over",
      extend: "attempt_over",
      messages: "ok",
    },
  ],
  ...(["submitted", "ended", "failed"] as const).map((state): (typeof STATES)[number] => [
    state,
    { state },
    {
      pause: "attempt_over",
      resume: "attempt_over",
      end: "attempt_over",
      extend: "attempt_over",
      messages: "attempt_over",
    },
  ]),
  [
    "practice",
    { kind: "practice" },
    {
      pause: "attempt_not_found",
      resume: "attempt_not_found",
      end: "attempt_not_found",
      extend: "attempt_not_found",
      messages: "attempt_not_found",
    },
  ],
];
const BODIES: Record<string, object> = {
  pause: { reason: "x" },
  resume: {},
  end: { reason: "x" },
  extend: { seconds: 1, reason: "x" },
  messages: { text: "x" },
};

it.each(STATES)(
  "an attempt that is %s lets nothing be done to it that makes no sense",
  async (_name, attempt, expected) => {
    const { attemptId } = await begin({ sandbox: undefined, ...attempt });
    const before = await row(attemptId);
    for (const [action, code] of Object.entries(expected)) {
      const response = await act(attemptId, action, BODIES[action]!);
      expect([action, response.statusCode < 300 ? "ok" : response.json().code]).toEqual([action, code]);
    }
    expect(await row(attemptId)).toEqual(before);
  },
);

describe("time that is added", () => {
  it("is added once for one key, also when the attempt is over by now", async () => {
    const { attemptId } = await begin();
    const body = { seconds: 300, reason: "Fire drill", idempotencyKey: randomUUID() };
    const responses = await Promise.all([1, 2, 3].map(() => act(attemptId, "extend", body)));
    for (const response of responses) expect(response.json()).toEqual(responses[0]!.json());
    expect(responses[0]!.json().creditedSec).toBe(300);
    await api.db.updateTable("attempt").set({ state: "sealing" }).where("id", "=", attemptId).execute();
    expect((await act(attemptId, "extend", body)).json()).toEqual(responses[0]!.json());
    expect((await act(attemptId, "extend", { ...body, seconds: 301 })).json().code).toBe(
      "idempotency_key_reused",
    );
    expect(await auditsOf(attemptId)).toEqual(["attempt.extend"]);
  });

  it("tells the timeline how much, and only the candidate and the audit log why", async () => {
    const { attemptId } = await begin();
    await act(attemptId, "extend", { seconds: 300, reason: "Amelie has dyslexia" });
    const events = await api.db
      .selectFrom("attempt_event")
      .selectAll()
      .where("attempt_id", "=", attemptId)
      .where("type", "=", "time_credited")
      .execute();
    expect(events).toHaveLength(1);
    expect(events[0]!.data).toMatchObject({ seconds: 300 });
    expect(JSON.stringify(events)).not.toContain("dyslexia");
    const credits = await api.db.selectFrom("time_credit").select("reason").execute();
    expect(credits).toContainEqual({ reason: "Amelie has dyslexia" });
  });
});

describe("an end by an admin", () => {
  it("asks for the candidate's own way to end, once, and says whose end it is", async () => {
    const { invitationId, attemptId } = await begin();
    const end = () => act(attemptId, "end", { reason: "Agreed" });
    const responses = await Promise.all([end(), end()]);
    expect(responses.map(({ statusCode }) => statusCode)).toEqual([202, 202]);
    expect(await jobsOf(attemptId)).toEqual(["finish"]);
    expect(await row(attemptId)).toMatchObject({ state: "running", end_reason: "admin" });
    expect((await asCandidate(invitationId, "GET")).json().attempt.submitRequestedAt).not.toBeNull();
    expect(await auditsOf(attemptId)).toEqual(["attempt.end"]);
    const { attemptId: submitted, invitationId: other } = await begin();
    await asCandidate(other, "POST", "/submit", { confirm: true });
    expect((await act(submitted, "end", { reason: "Late" })).json().code).toBe("attempt_over");
  });
});

describe("a message", () => {
  it("is shown to its candidate alone, until they put it away; the timeline has no word of it", async () => {
    const { invitationId, attemptId } = await begin();
    const other = await begin();
    const { id } = (await act(attemptId, "messages", { text: "We see\nyour editor is slow." })).json();
    const { messages } = (await asCandidate(invitationId, "GET")).json().attempt;
    expect(messages).toMatchObject([{ id, text: "We see\nyour editor is slow.", readAt: null }]);
    expect(JSON.stringify(messages)).not.toContain(admin.id);
    await asCandidate(other.invitationId, "POST", `/messages/${id}/read`);
    const unread = async () =>
      (await admin.call("GET", `/api/admin/invitations/${invitationId}`)).json().item.attempt.unreadMessages;
    expect(await unread()).toBe(1);
    const [first, second] = [
      await asCandidate(invitationId, "POST", `/messages/${id}/read`),
      await asCandidate(invitationId, "POST", `/messages/${id}/read`),
    ].map((response) => response.json().attempt.messages[0].readAt);
    expect(first).not.toBeNull();
    expect(second).toBe(first);
    expect(await unread()).toBe(0);
    const events = await api.db
      .selectFrom("attempt_event")
      .selectAll()
      .where("attempt_id", "=", attemptId)
      .execute();
    expect(events.map(({ type }) => type)).toEqual(["message_sent", "message_read"]);
    expect(JSON.stringify(events)).not.toContain("editor");
  });
});

describe("the board", () => {
  it("counts the faults an attempt met and filters by assessment", async () => {
    const { invitationId, attemptId } = await begin();
    const request = {
      attempt_id: attemptId,
      hostname: "desk.internal",
      at: new Date(),
      method: "GET",
      target: "/",
      duration_ms: 1,
    };
    await api.db
      .insertInto("mock_api_request")
      .values([
        { ...request, fault: "status" },
        { ...request, fault: "timeout" },
        { ...request, fault: "status" },
        request,
      ])
      .execute();
    const details = (await admin.call("GET", `/api/admin/invitations/${invitationId}`)).json();
    expect(details.item.attempt.faultCount).toBe(3);
    expect(details.faults).toEqual([
      { hostname: "desk.internal", fault: "status", count: 2 },
      { hostname: "desk.internal", fault: "timeout", count: 1 },
    ]);
    const another = await insertAssessmentVersion(api.db);
    const { id } = await insertInvitation(api.db, { assessmentVersionId: another.id });
    const { assessment_id } = await api.db
      .selectFrom("assessment_version")
      .select("assessment_id")
      .where("id", "=", another.id)
      .executeTakeFirstOrThrow();
    const board = (await admin.call("GET", `/api/admin/board?assessmentId=${assessment_id}`)).json();
    expect(board.items.map((item: { invitationId: string }) => item.invitationId)).toEqual([id]);
    expect(board.counts).toEqual({ attention: 0, live: 0, waiting: 1, done: 0 });
    expect(board.assessments).toHaveLength(2);
  });

  it("holds no trial, by whatever it is filtered", async () => {
    const { invitationId } = await begin();
    await api.db.updateTable("invitation").set({ purpose: "trial" }).where("id", "=", invitationId).execute();
    for (const query of ["", "?group=live", "?group=attention"]) {
      const { body } = await admin.call("GET", `/api/admin/board${query}`);
      expect(body).not.toContain(invitationId);
    }
  });
});
