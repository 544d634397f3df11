import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AssessmentSpec } from "../../services/shared/contracts/assessment.ts";
import { consentVersionOf } from "../../services/shared/domain/consent.ts";
import { invitationToken } from "../../services/shared/domain/invitation-link.ts";
import { openTicket } from "../../services/shared/domain/workspace-access.ts";
import {
  insertAssessmentVersion,
  insertAttempt,
  insertInvitation,
  insertMountedDataset,
  insertServedMockApi,
  insertSubmission,
} from "../support/fixtures.ts";
import { startTestApi, type TestApi } from "../support/test-api.ts";

let api: TestApi;
let version: { id: string; spec: AssessmentSpec };
beforeAll(async () => {
  api = await startTestApi();
  version = await insertAssessmentVersion(api.db);
  await insertMountedDataset(api.db, { assessmentVersionId: version.id, mountName: "tickets" });
  await insertServedMockApi(api.db, { assessmentVersionId: version.id, hostname: "desk.internal" });
});
afterAll(() => api?.close());

const base = (invitationId: string) => `/api/candidate/invitations/${invitationId}`;

async function invite(consented = true, options = {}) {
  const { id } = await insertInvitation(api.db, {
    assessmentVersionId: version.id,
    ...(consented ? { consentedTo: version.spec } : {}),
    ...options,
  });
  return { id, candidate: api.candidate(id) };
}

const jobs = (attemptId: string) =>
  api.db
    .selectFrom("outbox")
    .select(["name", "queue"])
    .where((where) => where(where.ref("payload", "->>").key("attemptId" as never), "=", attemptId as never))
    .orderBy("id")
    .execute();
const events = async (attemptId: string) =>
  (
    await api.db
      .selectFrom("attempt_event")
      .select("type")
      .where("attempt_id", "=", attemptId)
      .orderBy("id")
      .execute()
  ).map((event) => event.type);

const LONG_AGO = new Date(Date.now() - 61 * 24 * 3600_000);

describe("opening a personal link", () => {
  it("gives a cookie of this invitation alone and starts nothing", async () => {
    const { id } = await invite(false);
    const token = invitationToken(api.sealer, id, 1);
    const response = await api.anonymous.call("POST", "/api/candidate/sessions", { token });
    expect(response.json()).toEqual({ invitationId: id });
    expect(response.cookies).toMatchObject([
      { name: "ws_candidate", path: base(id), httpOnly: true, sameSite: "Lax" },
    ]);
    const cookie = `ws_candidate=${response.cookies[0]!.value}`;
    const view = await api.client({ cookie }).call("GET", base(id));
    expect(view.json()).toMatchObject({ invitationId: id, attempt: null, practice: null, consentedAt: null });
    expect(view.body).not.toContain("secret task");
  });

  it.each([
    [
      "a forged token",
      async (id: string) => ({ token: `${invitationToken(api.sealer, id, 1).slice(0, -2)}AA` }),
      404,
      "invitation_not_found",
    ],
    [
      "the token of an earlier generation",
      async (id: string) => {
        const token = invitationToken(api.sealer, id, 1);
        await api.db.updateTable("invitation").set({ link_generation: 2 }).where("id", "=", id).execute();
        return { token };
      },
      404,
      "invitation_not_found",
    ],
    ["no token at all", async () => ({ token: "hello" }), 404, "invitation_not_found"],
    ["a body of the wrong type", async () => ({ token: 5 }), 400, "invalid_request"],
  ] as const)("refuses %s", async (_name, make, status, code) => {
    const { id } = await invite(false);
    const response = await api.anonymous.call("POST", "/api/candidate/sessions", await make(id));
    expect([response.statusCode, response.json().code]).toEqual([status, code]);
    expect(response.cookies).toEqual([]);
  });

  it.each([
    ["revoked", { revokedAt: new Date() }, 410, "invitation_revoked"],
    ["long expired", { validFrom: LONG_AGO, expiresAt: LONG_AGO }, 410, "invitation_expired"],
    ["not open yet", { validFrom: new Date(Date.now() + 60_000) }, 403, "invitation_not_yet_valid"],
  ] as const)(
    "refuses one that is %s, at the link and at each later request",
    async (_name, options, status, code) => {
      const { id, candidate } = await invite(false, options);
      const token = invitationToken(api.sealer, id, 1);
      const opened = await api.anonymous.call("POST", "/api/candidate/sessions", { token });
      expect([opened.statusCode, opened.json().code]).toEqual([status, code]);
      const later = await candidate.call("GET", base(id));
      expect([later.statusCode, later.json().code]).toEqual([status, code]);
    },
  );

  it("lets a candidate who is late look and ask for another date, and nothing else", async () => {
    const { id, candidate } = await invite(false, { expiresAt: new Date(Date.now() - 1000) });
    const token = invitationToken(api.sealer, id, 1);
    expect((await api.anonymous.call("POST", "/api/candidate/sessions", { token })).statusCode).toBe(200);
    expect((await candidate.call("GET", base(id))).statusCode).toBe(200);
    for (const [method, path] of [
      ["POST", "/start"],
      ["POST", "/practice"],
    ] as const) {
      const refused = await candidate.call(method, `${base(id)}${path}`);
      expect([refused.statusCode, refused.json().code]).toEqual([410, "invitation_expired"]);
    }
    const asked = await candidate.call("POST", `${base(id)}/requests`, {
      kind: "new_date",
      message: "I was ill.",
    });
    expect(asked.statusCode).toBe(201);
    expect(asked.json().requests).toMatchObject([{ kind: "new_date", state: "open" }]);
  });

  it("lets a candidate whose attempt began in time finish after the window", async () => {
    const { id, candidate } = await invite(true, { expiresAt: new Date(Date.now() - 1000) });
    await insertAttempt(api.db, { invitationId: id });
    expect((await candidate.call("GET", base(id))).statusCode).toBe(200);
  });
});

describe("consent", () => {
  it("is recorded for the conditions that were shown", async () => {
    const { id, candidate } = await invite(false);
    const consentVersion = consentVersionOf(version.spec);
    const response = await candidate.call("POST", `${base(id)}/consent`, { accepted: true, consentVersion });
    expect(response.json().consentedAt).toEqual(expect.any(String));
  });

  it("to other conditions is refused", async () => {
    const { id, candidate } = await invite(false);
    const response = await candidate.call("POST", `${base(id)}/consent`, {
      accepted: true,
      consentVersion: "0000000000000000",
    });
    expect([response.statusCode, response.json().code]).toEqual([409, "consent_outdated"]);
    expect((await candidate.call("POST", `${base(id)}/start`)).json().code).toBe("consent_required");
  });

  it("given to other conditions does not let a candidate start", async () => {
    const { id, candidate } = await invite(true);
    await api.db.updateTable("invitation").set({ consent_version: "other" }).where("id", "=", id).execute();
    expect((await candidate.call("POST", `${base(id)}/start`)).json().code).toBe("consent_outdated");
  });
});

describe("Start", () => {
  it("pressed ten times at once makes one attempt and one job", async () => {
    const { id, candidate } = await invite(true, { extraTimeFactor: 1.5 });
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => candidate.call("POST", `${base(id)}/start`)),
    );
    expect(responses.map((response) => response.statusCode)).toEqual(Array(10).fill(202));
    const attemptId = responses[0]!.json().attempt.id;
    expect(new Set(responses.map((response) => response.json().attempt.id))).toEqual(new Set([attemptId]));
    expect(responses[0]!.json().attempt).toMatchObject({
      state: "provisioning",
      limitSec: 10_800,
      startedAt: null,
    });
    expect(await jobs(attemptId)).toEqual([{ name: "provision", queue: "worksample-provision" }]);
    expect(await events(attemptId)).toEqual(["consented", "start_requested"]);
  });

  it("gives a running practice workspace up", async () => {
    const { id, candidate } = await invite();
    const practiceId = await insertAttempt(api.db, { invitationId: id, kind: "practice", sandbox: "ready" });
    const view = (await candidate.call("POST", `${base(id)}/start`)).json();
    expect(view.practice).toMatchObject({ id: practiceId, state: "ended", endReason: "candidate" });
    expect(await jobs(practiceId)).toEqual([{ name: "discard", queue: "worksample-host-test-host" }]);
  });

  it("after a failed start makes a new attempt", async () => {
    const { id, candidate } = await invite();
    const failed = await insertAttempt(api.db, { invitationId: id, state: "failed" });
    const view = (await candidate.call("POST", `${base(id)}/start`)).json();
    expect(view.attempt.state).toBe("provisioning");
    expect(view.attempt.id).not.toBe(failed);
  });

  it.each(["sealing", "submitted", "ended"] as const)("is refused once the attempt is %s", async (state) => {
    const { id, candidate } = await invite();
    await insertAttempt(api.db, { invitationId: id, state });
    const response = await candidate.call("POST", `${base(id)}/start`);
    expect([response.statusCode, response.json().code]).toEqual([409, "attempt_over"]);
  });

  it("racing with a withdrawal never leaves an open attempt", async () => {
    const admin = await api.token("admin:write");
    for (let round = 0; round < 8; round++) {
      const { id, candidate } = await invite();
      await Promise.all([
        candidate.call("POST", `${base(id)}/start`),
        admin.call("POST", `/api/admin/invitations/${id}/revoke`, { reason: "" }),
      ]);
      const open = await api.db
        .selectFrom("attempt")
        .select("state")
        .where("invitation_id", "=", id)
        .where("state", "!=", "ended")
        .execute();
      expect(open).toEqual([]);
    }
  });
});

describe("practice", () => {
  it("can be started, repeated and given up, and leaves the scored attempt alone", async () => {
    const { id, candidate } = await invite(false);
    const first = (await candidate.call("POST", `${base(id)}/practice`)).json().practice;
    const again = await candidate.call("POST", `${base(id)}/practice`);
    expect([again.statusCode, again.json().practice.id]).toEqual([202, first.id]);
    const stopped = await candidate.call("DELETE", `${base(id)}/practice`);
    expect([stopped.statusCode, stopped.json().practice.state]).toEqual([200, "ended"]);
    expect((await candidate.call("DELETE", `${base(id)}/practice`)).statusCode).toBe(200);
    const second = (await candidate.call("POST", `${base(id)}/practice`)).json();
    expect(second.practice.id).not.toBe(first.id);
    expect(second.attempt).toBeNull();
  });

  it("is refused once the scored attempt began", async () => {
    const { id, candidate } = await invite();
    await insertAttempt(api.db, { invitationId: id });
    const response = await candidate.call("POST", `${base(id)}/practice`);
    expect([response.statusCode, response.json().code]).toEqual([409, "attempt_already_started"]);
  });
});

describe("the task", () => {
  const pages = ["/task", "/datasets/tickets", "/mock-apis/desk.internal"];

  it.each(pages)("%s is secret until the clock runs", async (page) => {
    const { id, candidate } = await invite();
    await insertAttempt(api.db, { invitationId: id, state: "provisioning" });
    await insertAttempt(api.db, { invitationId: id, kind: "practice" });
    const response = await candidate.call("GET", base(id) + page);
    expect([response.statusCode, response.json().code]).toEqual([409, "attempt_not_started"]);
  });

  it("shows the brief, the candidate's part of each dataset, and each API with its key", async () => {
    const { id, candidate } = await invite();
    await insertAttempt(api.db, { invitationId: id, notes: "so far" });
    const [task, dataset, mockApi] = await Promise.all(
      pages.map((page) => candidate.call("GET", base(id) + page)),
    );
    expect(task!.json()).toEqual({
      brief: version.spec.brief,
      datasets: [{ mountName: "tickets", mountPath: "/datasets/tickets", title: "Support tickets" }],
      mockApis: [{ hostname: "desk.internal", baseUrl: "http://desk.internal", title: "Help desk" }],
      notesToReviewer: "so far",
    });
    expect(dataset!.json().files).toEqual([{ path: "csv/tickets.csv", bytes: 10 }]);
    expect(mockApi!.json()).toMatchObject({
      apiKey: expect.stringMatching(/^key_/),
      variables: { baseUrl: "DESK_BASE_URL", apiKey: "DESK_API_KEY" },
      document: { openapi: "3.1.0" },
    });
  });

  it("knows no dataset and no API of other assessments", async () => {
    const { id, candidate } = await invite();
    await insertAttempt(api.db, { invitationId: id });
    for (const page of ["/datasets/other", "/mock-apis/other.internal"])
      expect((await candidate.call("GET", base(id) + page)).statusCode).toBe(404);
  });
});

describe("a workspace link", () => {
  it("carries a ticket for this attempt and target", async () => {
    const { id, candidate } = await invite();
    const attemptId = await insertAttempt(api.db, { invitationId: id, sandbox: "ready" });
    const response = await candidate.call("POST", `${base(id)}/workspace-links`, {
      attempt: "scored",
      target: 8000,
    });
    const url = new URL(response.json().url);
    expect(url.origin).toBe(`http://8000-${attemptId}.localhost:4001`);
    const access = openTicket(api.sealer, url.searchParams.get("ticket")!, Date.now());
    expect(access).toMatchObject({ attemptId, target: 8000 });
    expect(openTicket(api.sealer, url.searchParams.get("ticket")!, Date.now() + 61_000)).toBeNull();
  });

  it.each([
    ["the attempt is being prepared", { state: "provisioning" }, 409, "attempt_not_running"],
    ["the sandbox is lost", { sandbox: "lost" }, 503, "workspace_unavailable"],
    ["the deadline has passed", { sandbox: "ready", remainingSec: -1 }, 409, "attempt_not_running"],
    ["it was submitted", { state: "submitted", sandbox: "removed" }, 409, "attempt_over"],
  ] as const)("is refused while %s", async (_name, attempt, status, code) => {
    const { id, candidate } = await invite();
    await insertAttempt(api.db, { invitationId: id, ...attempt });
    const response = await candidate.call("POST", `${base(id)}/workspace-links`, {
      attempt: "scored",
      target: "ide",
    });
    expect([response.statusCode, response.json().code]).toEqual([status, code]);
  });
});

describe("notes", () => {
  it("are saved while the attempt runs, with one event a minute", async () => {
    const { id, candidate } = await invite();
    const attemptId = await insertAttempt(api.db, { invitationId: id });
    for (const notes of ["one", "two", "two"])
      expect((await candidate.call("PUT", `${base(id)}/notes`, { notes })).json()).toEqual({
        savedAt: expect.any(String),
      });
    expect((await candidate.call("GET", `${base(id)}/task`)).json().notesToReviewer).toBe("two");
    expect(await events(attemptId)).toEqual(["notes_saved"]);
  });

  it.each([
    [{ state: "sealing" }, "attempt_over"],
    [{ remainingSec: -1 }, "attempt_not_running"],
  ] as const)("are refused when %j", async (attempt, code) => {
    const { id, candidate } = await invite();
    await insertAttempt(api.db, { invitationId: id, ...attempt, notes: "kept" });
    expect((await candidate.call("PUT", `${base(id)}/notes`, { notes: "late" })).json().code).toBe(code);
    expect((await candidate.call("GET", `${base(id)}/task`)).json().notesToReviewer).toBe("kept");
  });
});

describe("Submit", () => {
  it("pressed ten times at once makes one job and one event", async () => {
    const { id, candidate } = await invite();
    const attemptId = await insertAttempt(api.db, { invitationId: id, sandbox: "ready" });
    const body = { confirm: true, notes: "done" };
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => candidate.call("POST", `${base(id)}/submit`, body)),
    );
    expect(responses.map((response) => response.statusCode)).toEqual(Array(10).fill(202));
    expect(await jobs(attemptId)).toEqual([{ name: "finish", queue: "worksample-host-test-host" }]);
    expect(await events(attemptId)).toEqual(["submit_requested"]);
    expect((await candidate.call("GET", `${base(id)}/task`)).json().notesToReviewer).toBe("done");
    expect((await candidate.call("PUT", `${base(id)}/notes`, { notes: "x" })).json().code).toBe(
      "attempt_not_running",
    );
  });

  it.each(["sealing", "submitted"] as const)("repeated while %s is harmless", async (state) => {
    const { id, candidate } = await invite();
    const attemptId = await insertAttempt(api.db, { invitationId: id, state });
    expect((await candidate.call("POST", `${base(id)}/submit`, { confirm: true })).statusCode).toBe(202);
    expect(await jobs(attemptId)).toEqual([]);
  });

  it.each([
    ["before Start", null, "attempt_not_started"],
    ["while it is prepared", { state: "provisioning" }, "attempt_not_running"],
    ["after the deadline", { remainingSec: -1 }, "attempt_not_running"],
    ["after the end", { state: "ended" }, "attempt_over"],
  ] as const)("%s is refused", async (_name, attempt, code) => {
    const { id, candidate } = await invite();
    if (attempt) await insertAttempt(api.db, { invitationId: id, ...attempt });
    const response = await candidate.call("POST", `${base(id)}/submit`, { confirm: true });
    expect([response.statusCode, response.json().code]).toEqual([409, code]);
  });
});

describe("the receipt", () => {
  it("lists the files, at most 2,000, and the archive downloads byte for byte", async () => {
    const { id, candidate } = await invite();
    const attemptId = await insertAttempt(api.db, { invitationId: id, state: "submitted" });
    const archive = Buffer.alloc(300_000, 7);
    const files = Object.fromEntries(
      Array.from({ length: 2001 }, (_, index) => [`src/file-${index}.txt`, "x"]),
    );
    const omitted = [{ path: "pipe", reason: "fifo" as const }];
    const submission = await insertSubmission(api.db, api.blobs, { attemptId, files, archive, omitted });
    const view = (await candidate.call("GET", `${base(id)}/receipt`)).json();
    expect(view).toMatchObject({ archiveSha256: submission.archiveSha256, filesTruncated: true, omitted });
    expect(view.files).toHaveLength(2000);
    const download = await candidate.call("GET", view.downloadUrl);
    expect(download.headers).toMatchObject({
      "content-type": "application/zstd",
      "content-length": "300000",
      "content-disposition": `attachment; filename="submission-${submission.id}.tar.zst"`,
    });
    expect(download.rawPayload.equals(archive)).toBe(true);
  });

  it("is not there before sealing is done", async () => {
    const { id, candidate } = await invite();
    await insertAttempt(api.db, { invitationId: id, state: "sealing" });
    for (const page of ["/receipt", "/archive"])
      expect((await candidate.call("GET", base(id) + page)).json().code).toBe("attempt_not_sealed");
  });
});
