import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BoardItem } from "../../services/shared/contracts/admin.ts";
import {
  insertAssessmentVersion,
  insertAttempt,
  insertInvitation,
  insertSubmission,
} from "../support/fixtures.ts";
import { type Client, STAFF_PASSWORD, signIn, startTestApi, type TestApi } from "../support/test-api.ts";

let api: TestApi;
let admin: Client & { id: string };
let versionId: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.staff("admin");
  versionId = (await insertAssessmentVersion(api.db)).id;
});
afterAll(() => api?.close());

const candidateOf = { candidateName: "Noor Haddad", candidateEmail: "noor@example.com" };
const itemOf = async (invitationId: string): Promise<BoardItem> =>
  (await admin.call("GET", "/api/admin/board"))
    .json()
    .items.find((item: BoardItem) => item.invitationId === invitationId);
const jobsOf = async (attemptId: string) =>
  (await api.db.selectFrom("outbox").selectAll().orderBy("id").execute()).filter(
    (job) => (job.payload as { attemptId: string }).attemptId === attemptId,
  );

describe("an invitation", () => {
  it("comes with a link that opens, also by API token", async () => {
    for (const client of [admin, await api.token("admin:write")]) {
      const response = await client.call("POST", "/api/admin/invitations", {
        assessmentVersionId: versionId,
        ...candidateOf,
      });
      expect(response.statusCode).toBe(201);
      const { invitationId, link } = response.json();
      expect(link).toMatch(/^http:\/\/localhost:4000\/invite\/[A-Za-z0-9_-]{43}$/);
      expect(await itemOf(invitationId)).toMatchObject({
        link,
        status: "open",
        attempt: null,
        ...candidateOf,
      });
      const token = link.split("/").at(-1);
      expect((await api.anonymous.call("POST", "/api/candidate/sessions", { token })).json()).toEqual({
        invitationId,
      });
    }
  });

  it.each([
    [
      "an unpublished version",
      async () => ({ assessmentVersionId: (await insertAssessmentVersion(api.db, { published: false })).id }),
      404,
      "assessment_version_not_found",
    ],
    [
      "an unknown version",
      async () => ({ assessmentVersionId: "6f1de0b6-4c1e-4a4e-9d43-0d8a3f1c7b11" }),
      404,
      "assessment_version_not_found",
    ],
    ["an end in the past", async () => ({ expiresAt: "2020-01-01T00:00:00Z" }), 400, "invalid_request"],
    [
      "an end before its beginning",
      async () => ({
        validFrom: new Date(Date.now() + 9e8).toISOString(),
        expiresAt: new Date(Date.now() + 8e8).toISOString(),
      }),
      400,
      "invalid_request",
    ],
    ["a beginning in year 0", async () => ({ validFrom: "0000-01-01T00:00:00Z" }), 400, "invalid_request"],
    ["no e-mail", async () => ({ candidateEmail: "nobody" }), 400, "invalid_request"],
    ["a line break in the name", async () => ({ candidateName: "a\nb" }), 400, "invalid_request"],
    ["a NUL character", async () => ({ candidateName: "a\0b" }), 400, "invalid_request"],
    ["half the time", async () => ({ extraTimeFactor: 0.5 }), 400, "invalid_request"],
  ] as const)("with %s is refused", async (_name, make, status, code) => {
    const body = { assessmentVersionId: versionId, ...candidateOf, ...(await make()) };
    const response = await admin.call("POST", "/api/admin/invitations", body);
    expect([response.statusCode, response.json().code]).toEqual([status, code]);
  });

  it("withdrawn ends what is open and discards it, keeps what was submitted, and can be repeated", async () => {
    const { id } = await insertInvitation(api.db, { assessmentVersionId: versionId });
    const attemptId = await insertAttempt(api.db, { invitationId: id, sandbox: "ready" });
    const revoke = () =>
      admin.call("POST", `/api/admin/invitations/${id}/revoke`, { reason: "Role is filled" });
    const responses = await Promise.all([revoke(), revoke(), revoke()]);
    for (const response of responses)
      expect(response.json()).toMatchObject({
        status: "revoked",
        attempt: { state: "ended", endReason: "revoked" },
      });
    expect((await jobsOf(attemptId)).map((job) => job.name)).toEqual(["discard"]);
    expect((await api.candidate(id).call("GET", `/api/candidate/invitations/${id}`)).json().code).toBe(
      "invitation_revoked",
    );

    const done = await insertInvitation(api.db, { assessmentVersionId: versionId });
    const doneAttempt = await insertAttempt(api.db, { invitationId: done.id, state: "submitted" });
    const submission = await insertSubmission(api.db, api.blobs, { attemptId: doneAttempt });
    const item = (await admin.call("POST", `/api/admin/invitations/${done.id}/revoke`, {})).json();
    expect(item).toMatchObject({
      status: "revoked",
      submissionId: submission.id,
      attempt: { state: "submitted" },
    });
  });
});

describe("more time", () => {
  it("moves the deadline by exactly what was given, each time", async () => {
    const { id } = await insertInvitation(api.db, { assessmentVersionId: versionId, extraTimeFactor: 1.5 });
    const attemptId = await insertAttempt(api.db, { invitationId: id, limitSec: 1000 });
    await api.db
      .updateTable("attempt")
      .set({ deadline_at: new Date(Date.now() + 1_500_000), started_at: new Date() })
      .where("id", "=", attemptId)
      .execute();
    const { started_at } = await api.db
      .selectFrom("attempt")
      .select("started_at")
      .where("id", "=", attemptId)
      .executeTakeFirstOrThrow();
    const extend = () =>
      admin.call("POST", `/api/admin/attempts/${attemptId}/extend`, { seconds: 60, reason: "Fire drill" });
    const responses = await Promise.all([extend(), extend()]);
    expect(responses.map((response) => response.json().creditedSec).sort()).toEqual([120, 60]);
    const { attempt } = await itemOf(id);
    expect(attempt).toMatchObject({
      creditedSec: 120,
      deadlineAt: new Date(started_at!.getTime() + 1_620_000).toISOString(),
    });
    const jobs = await jobsOf(attemptId);
    expect(jobs.map((job) => [job.name, job.queue])).toEqual(
      Array(2).fill(["deadline", "worksample-host-test-host"]),
    );
    expect(jobs[1]!.run_at.toISOString()).toBe(attempt!.deadlineAt);
    const view = (await api.candidate(id).call("GET", `/api/candidate/invitations/${id}`)).json();
    expect(view.attempt.credits).toMatchObject([{ seconds: 60, reason: "Fire drill" }, { seconds: 60 }]);
  });

  it.each([
    ["provisioning", "attempt_not_running"],
    ["sealing", "attempt_over"],
    ["submitted", "attempt_over"],
    ["failed", "attempt_over"],
  ] as const)("is refused while %s", async (state, code) => {
    const { id } = await insertInvitation(api.db, { assessmentVersionId: versionId });
    const attemptId = await insertAttempt(api.db, { invitationId: id, state });
    const response = await admin.call("POST", `/api/admin/attempts/${attemptId}/extend`, {
      seconds: 60,
      reason: "x",
    });
    expect([response.statusCode, response.json().code]).toEqual([409, code]);
  });
});

describe("the board", () => {
  it("shows the latest attempt with its sandbox, and practice", async () => {
    const { id } = await insertInvitation(api.db, { assessmentVersionId: versionId });
    await insertAttempt(api.db, { invitationId: id, state: "failed" });
    const attemptId = await insertAttempt(api.db, { invitationId: id, sandbox: "ready" });
    await insertAttempt(api.db, { invitationId: id, kind: "practice" });
    const health = {
      at: new Date().toISOString(),
      memoryBytes: 1,
      memoryLimitBytes: 2,
      cpuPercent: 3.5,
      diskUsedBytes: 4,
      diskLimitBytes: 5,
      ideAnswers: true,
    };
    await api.db
      .updateTable("sandbox")
      .set({ health: JSON.stringify(health) })
      .where("attempt_id", "=", attemptId)
      .execute();
    expect(await itemOf(id)).toMatchObject({
      status: "used",
      practiceRunning: true,
      attempt: { id: attemptId, state: "running", sandboxState: "ready", epoch: 1, health },
    });
  });

  it("lists published versions only", async () => {
    const draft = await insertAssessmentVersion(api.db, { published: false });
    const items = (await admin.call("GET", "/api/admin/assessment-versions")).json().items;
    expect(items.map((item: { id: string }) => item.id)).toContain(versionId);
    expect(items.map((item: { id: string }) => item.id)).not.toContain(draft.id);
  });
});

describe("staff accounts", () => {
  const member = { name: "Ida Berg", role: "reviewer", password: "a long enough password" };

  it("are created by an admin and can sign in, in any case of the address", async () => {
    const created = await admin.call("POST", "/api/admin/staff", {
      ...member,
      email: "Ida.Berg@Example.com",
    });
    expect(created.statusCode).toBe(201);
    expect(created.body).not.toContain("password");
    const cookie = await signIn(api.anonymous, "IDA.berg@example.com", member.password);
    expect((await api.client({ cookie }).call("GET", "/api/staff/me")).json()).toMatchObject({
      name: "Ida Berg",
      role: "reviewer",
    });
    const twice = await admin.call("POST", "/api/admin/staff", { ...member, email: "ida.berg@example.com" });
    expect([twice.statusCode, twice.json().code]).toEqual([409, "email_taken"]);
    expect(
      (await admin.call("GET", "/api/admin/staff")).json().items.map((item: { name: string }) => item.name),
    ).toContain("Ida Berg");
  });

  it.each([{ role: "owner" }, { password: "short" }, { email: "x" }, { name: "" }])(
    "with %j are refused",
    async (wrong) => {
      const response = await admin.call("POST", "/api/admin/staff", {
        ...member,
        email: "b@example.com",
        ...wrong,
      });
      expect([response.statusCode, response.json().code]).toEqual([400, "invalid_request"]);
    },
  );
});

describe("signing in", () => {
  const attempt = (body: object) => api.anonymous.call("POST", "/api/auth/sign-in/email", body);

  it("sets an HttpOnly cookie and answers nothing secret", async () => {
    const { email } = await api.staff("reviewer");
    const response = await attempt({ email, password: STAFF_PASSWORD });
    expect(response.json()).toEqual({ ok: true });
    expect(response.cookies).toMatchObject([
      { name: "worksample.session_token", httpOnly: true, sameSite: "Lax", path: "/" },
    ]);
  });

  it("answers the same to a wrong password, an unknown address and no address", async () => {
    const { email } = await api.staff("reviewer");
    const tries = [
      { email, password: "wrong" },
      { email: "nobody@example.com", password: STAFF_PASSWORD },
      { email: "nobody", password: "x" },
    ];
    for (const body of tries) {
      const response = await attempt(body);
      const { requestId: _, ...problem } = response.json();
      expect([response.statusCode, problem]).toEqual([
        401,
        expect.objectContaining({ code: "sign_in_failed" }),
      ]);
      expect(problem).not.toHaveProperty("detail");
      expect(response.cookies).toEqual([]);
    }
  });

  it.each(["sign-up/email", "update-user", "change-password", "get-session", "list-sessions", "ok"])(
    "is all there is: better-auth's own %s is not served",
    async (path) => {
      const response = await api.anonymous.call("POST", `/api/auth/${path}`, {
        name: "x",
        email: "x@example.com",
        password: STAFF_PASSWORD,
        role: "admin",
      });
      expect([response.statusCode, response.json().code]).toEqual([404, "not_found"]);
    },
  );
});
