import { randomUUID } from "node:crypto";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  BulkReport,
  BulkResult,
  InvitationDetails,
} from "../../services/shared/contracts/invitation-studio.ts";
import {
  insertAssessmentVersion,
  insertAttempt,
  insertInvitation,
  insertSubmission,
} from "../support/fixtures.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

let api: TestApi;
let admin: Client & { id: string };
let versionId: string;
beforeAll(async () => {
  api = await startTestApi({
    config: { smtpUrl: "smtp://127.0.0.1:9", mailFrom: "Hiring <hiring@example.com>" },
  });
  admin = await api.staff("admin");
  versionId = (await insertAssessmentVersion(api.db)).id;
});
afterAll(() => api?.close());

const INVITATIONS = "/api/admin/invitations";
const days = (count: number) => new Date(Date.now() + count * 24 * 3600_000).toISOString();
const detailsOf = async (id: string): Promise<InvitationDetails> =>
  (await admin.call("GET", `${INVITATIONS}/${id}`)).json();
const audits = async (action: string) =>
  (await api.db.selectFrom("audit_event").selectAll().where("action", "=", action).execute()).length;
const opens = async (link: string) =>
  (await api.anonymous.call("POST", "/api/candidate/sessions", { token: link.split("/").at(-1)! })).json();

describe("inviting by table", () => {
  const check = async (body: object) =>
    admin.call("POST", `${INVITATIONS}/bulk/check`, { assessmentVersionId: versionId, ...body });
  const create = (body: object) =>
    admin.call("POST", `${INVITATIONS}/bulk`, {
      assessmentVersionId: versionId,
      idempotencyKey: randomUUID(),
      ...body,
    });
  const count = async () =>
    (
      await api.db
        .selectFrom("invitation")
        .select((e) => e.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow()
    ).n;

  it("says row by row what would happen, and does none of it", async () => {
    await insertInvitation(api.db, { assessmentVersionId: versionId, candidateEmail: "Known@example.com" });
    const used = await insertInvitation(api.db, {
      assessmentVersionId: versionId,
      candidateEmail: "used@example.com",
    });
    await insertAttempt(api.db, { invitationId: used.id, state: "submitted" });
    const before = await count();
    const text =
      "Name;E-Mail;Extra time;Phone\nZoë;zoe@example.com;25%;1\nB;known@EXAMPLE.com;;2\nC;;;3\nD;used@example.com;;4\n";
    const response = await check({ fileBase64: iconv.encode(text, "windows-1252").toString("base64") });
    const report: BulkReport = response.json();
    expect(report.dialect).toEqual({
      encoding: "windows-1252",
      delimiter: ";",
      hasHeader: true,
      columns: [
        { header: "Name", field: "name" },
        { header: "E-Mail", field: "email" },
        { header: "Extra time", field: "extraTimeFactor" },
        { header: "Phone", field: null },
      ],
    });
    expect(report.rows.map(({ line, problems }) => [line, problems.map(({ code }) => code)])).toEqual([
      [2, []],
      [3, ["already_invited"]],
      [4, ["missing"]],
      [5, []],
    ]);
    expect(report.rows[0]).toMatchObject({ name: "Zoë", extraTimeFactor: 1.25 });
    expect([report.readyCount, report.problemCount, await count()]).toEqual([2, 2, before]);
  });

  it("invites all or, on purpose, those that are fine; and nobody twice, however often it is sent", async () => {
    const mails = async () =>
      (await api.db.selectFrom("email_message").select("recipient").orderBy("recipient").execute()).map(
        (mail) => mail.recipient,
      );
    const body = {
      text: "name,email\nAda,ada.b@example.com\nBea,bea@\nCem,cem@example.com",
      idempotencyKey: randomUUID(),
      sendEmail: true,
      validFrom: days(1),
      expiresAt: days(9),
    };
    const refused = await create({ ...body, leaveOutProblems: false });
    expect([refused.statusCode, refused.json().code]).toEqual([422, "bulk_has_problems"]);
    expect(refused.json().errors).toEqual([
      { path: "line 3 email", message: "is not of the form name@example.com" },
    ]);
    expect(await mails()).toEqual([]);

    const again = { ...body, leaveOutProblems: true };
    const responses = await Promise.all([create(again), create(again), create(again)]);
    const results: BulkResult[] = responses.map((response) => response.json());
    expect(results.map(({ isRepeat }) => isRepeat).sort()).toEqual([false, true, true]);
    const [result] = results;
    expect(result!.created.map(({ line, name }) => [line, name])).toEqual([
      [2, "Ada"],
      [4, "Cem"],
    ]);
    expect(result!.leftOut).toMatchObject([{ line: 3, email: "bea@" }]);
    for (const other of results)
      expect({ ...other, isRepeat: false }).toEqual({ ...result, isRepeat: false });
    expect(await mails()).toEqual(["ada.b@example.com", "cem@example.com"]);
    expect(await audits("invitation.create_bulk")).toBe(1);
    expect((await opens(result!.created[0]!.link)).code).toBe("invitation_not_yet_valid");

    const reused = await create({ ...again, text: "name,email\nDan,dan@example.com" });
    expect([reused.statusCode, reused.json().code]).toEqual([409, "idempotency_key_reused"]);
    const anew = await create({ ...again, idempotencyKey: randomUUID() });
    expect([anew.statusCode, anew.json().code]).toEqual([422, "bulk_nothing_to_invite"]);
  });

  it("does not invite the same person twice by two tables at the same time", async () => {
    const text = "name,email\nTwin,twin@example.com";
    const responses = await Promise.all([create({ text }), create({ text })]);
    expect(responses.map(({ statusCode }) => statusCode).sort()).toEqual([201, 422]);
  });

  it("takes 5,000 rows in one go", async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `Person ${index},person${index}@many.example`);
    const began = performance.now();
    const response = await create({ text: `name,email\n${rows.join("\n")}`, sendEmail: true });
    console.log(`invited 5,000 in ${Math.round(performance.now() - began)} ms`);
    expect((response.json() as BulkResult).created).toHaveLength(5000);
    const board = (
      await admin.call("GET", "/api/admin/board?group=waiting&search=many.example&page=100")
    ).json();
    expect([board.items.length, board.counts.waiting, board.pageCount]).toEqual([50, 5000, 100]);
  });

  it.each<[string, object, number, string]>([
    ["neither text nor file", {}, 400, "invalid_request"],
    ["both", { text: "a", fileBase64: "YQ==" }, 400, "invalid_request"],
    ["a time zone nobody knows", { text: "name,email", timeZone: "Mars/Base" }, 400, "invalid_request"],
    ["a workbook", { fileBase64: Buffer.from("PK\x03\x04").toString("base64") }, 422, "bulk_unreadable"],
    ["5,001 rows", { text: `name,email\n${"A,a@b.example\n".repeat(5001)}` }, 422, "bulk_unreadable"],
    ["more than a mebibyte", { text: "x".repeat(1024 * 1024 + 1) }, 400, "invalid_request"],
    [
      "an unknown assessment",
      { text: "a", assessmentVersionId: randomUUID() },
      404,
      "assessment_version_not_found",
    ],
  ])("with %s is refused", async (_name, body, status, code) => {
    const response = await check(body);
    expect([response.statusCode, response.json().code]).toEqual([status, code]);
  });
});

describe("an invitation", () => {
  const single = { candidateName: "Noor", candidateEmail: "noor@example.com" };

  it("is made once for one key, and its mail with it", async () => {
    const body = { assessmentVersionId: versionId, ...single, sendEmail: true, idempotencyKey: randomUUID() };
    const responses = await Promise.all([1, 2, 3].map(() => admin.call("POST", INVITATIONS, body)));
    const ids = new Set(responses.map((response) => response.json().invitationId));
    expect(ids.size).toBe(1);
    const { emails } = await detailsOf([...ids][0]);
    expect(emails).toMatchObject([{ state: "waiting", recipient: "noor@example.com", attempts: 0 }]);
    const other = await admin.call("POST", INVITATIONS, { ...body, candidateName: "Someone else" });
    expect([other.statusCode, other.json().code]).toEqual([409, "idempotency_key_reused"]);
  });

  it("can be changed until its candidate begins", async () => {
    const { id } = await insertInvitation(api.db, { assessmentVersionId: versionId });
    const expiresAt = days(30);
    const edit = (body: object) => admin.call("PATCH", `${INVITATIONS}/${id}`, body);
    expect((await edit({ expiresAt, extraTimeFactor: 1.5 })).json()).toMatchObject({
      expiresAt,
      extraTimeFactor: 1.5,
    });
    expect((await edit({})).statusCode).toBe(400);
    expect((await edit({ expiresAt: days(-1) })).json().code).toBe("invalid_request");
    const failed = await insertAttempt(api.db, { invitationId: id, state: "failed" });
    await api.db
      .updateTable("attempt")
      .set({ started_at: null, deadline_at: null })
      .where("id", "=", failed)
      .execute();
    expect((await edit({ extraTimeFactor: 2 })).statusCode).toBe(200);
    await insertAttempt(api.db, { invitationId: id });
    expect((await edit({ extraTimeFactor: 3 })).json().code).toBe("invitation_not_editable");
    expect(await audits("invitation.edit")).toBe(2);
  });

  it("is replaced by another when it was not used, and the old link ends", async () => {
    const old = (await admin.call("POST", INVITATIONS, { assessmentVersionId: versionId, ...single })).json();
    const response = await admin.call("POST", `${INVITATIONS}/${old.invitationId}/reinvite`, {
      extraTimeFactor: 2,
    });
    expect(response.statusCode).toBe(201);
    expect((await opens(old.link)).code).toBe("invitation_revoked");
    expect(await opens(response.json().link)).toEqual({ invitationId: response.json().invitationId });
    const next = await detailsOf(response.json().invitationId);
    expect(next).toMatchObject({ reinvitedFrom: old.invitationId, item: { extraTimeFactor: 2, ...single } });
    expect(await detailsOf(old.invitationId)).toMatchObject({
      reinvitedAs: next.item.invitationId,
      canEdit: false,
    });
  });

  it("that was used or has expired is followed by another; one in use is not", async () => {
    const used = await insertInvitation(api.db, { assessmentVersionId: versionId });
    const attemptId = await insertAttempt(api.db, { invitationId: used.id, state: "submitted" });
    await insertSubmission(api.db, api.blobs, { attemptId });
    const expired = await insertInvitation(api.db, {
      assessmentVersionId: versionId,
      expiresAt: new Date(Date.now() - 1000),
    });
    for (const { id } of [used, expired]) {
      const key = randomUUID();
      const anew = () => admin.call("POST", `${INVITATIONS}/${id}/reinvite`, { idempotencyKey: key });
      const [first, second] = [await anew(), await anew()];
      expect(first.statusCode).toBe(201);
      expect(second.json()).toEqual(first.json());
      expect((await detailsOf(first.json().invitationId)).item.status).toBe("open");
    }
    expect((await detailsOf(used.id)).item.status).toBe("used");
    const busy = await insertInvitation(api.db, { assessmentVersionId: versionId });
    await insertAttempt(api.db, { invitationId: busy.id });
    const response = await admin.call("POST", `${INVITATIONS}/${busy.id}/reinvite`, {});
    expect([response.statusCode, response.json().code]).toEqual([409, "invitation_in_use"]);
  });

  it("is written to again, but not while a mail waits, nor once it is withdrawn", async () => {
    const { id } = await insertInvitation(api.db, { assessmentVersionId: versionId });
    const send = () => admin.call("POST", `${INVITATIONS}/${id}/emails`, {});
    await send();
    expect((await send()).json().emails).toHaveLength(1);
    await api.db
      .updateTable("email_message")
      .set({ state: "sent" })
      .where("invitation_id", "=", id)
      .execute();
    expect((await send()).json().emails).toHaveLength(2);
    await admin.call("POST", `${INVITATIONS}/${id}/revoke`, {});
    expect((await send()).json().code).toBe("invitation_not_editable");
  });

  it("keeps its link out of every row", async () => {
    const created = (
      await admin.call("POST", INVITATIONS, { assessmentVersionId: versionId, ...single, sendEmail: true })
    ).json();
    const token = created.link.split("/").at(-1);
    for (const table of ["invitation", "email_message", "outbox", "audit_event"] as const) {
      const rows = JSON.stringify(await api.db.selectFrom(table).selectAll().execute());
      expect(rows).toContain(table === "outbox" ? "emailId" : created.invitationId);
      expect(rows).not.toContain(token);
    }
  });
});

describe("what candidates ask for", () => {
  const ask = (id: string, body: object) =>
    api.candidate(id).call("POST", `/api/candidate/invitations/${id}/requests`, body);
  const answer = (requestId: string, body: object) =>
    admin.call("POST", `/api/admin/requests/${requestId}/answer`, body);

  it("reaches the admins, and the answer changes the invitation and reaches the candidate", async () => {
    const { id } = await insertInvitation(api.db, { assessmentVersionId: versionId });
    const asked = await ask(id, { kind: "extra_time", message: "I am dyslexic." });
    expect(asked.statusCode).toBe(201);
    expect((await ask(id, { kind: "extra_time", message: "Again" })).json().code).toBe(
      "request_already_open",
    );
    await ask(id, { kind: "new_date", message: "Exams", wantedDate: days(20).slice(0, 10) });
    const { items, openCount } = (await admin.call("GET", "/api/admin/requests")).json();
    expect(openCount).toBe(2);
    expect(items).toMatchObject([
      { kind: "extra_time", message: "I am dyslexic.", canGrant: true },
      { kind: "new_date", wantedDate: days(20).slice(0, 10) },
    ]);
    const row = (await admin.call("GET", "/api/admin/board?group=attention")).json();
    expect(row.items.find((item: { invitationId: string }) => item.invitationId === id)).toMatchObject({
      openRequests: 2,
    });

    const [extra, date] = items;
    const incomplete = await answer(extra.id, { decision: "grant" });
    expect(incomplete.json()).toMatchObject({
      code: "invalid_request",
      errors: [{ path: "extraTimeFactor" }],
    });
    await answer(extra.id, { decision: "grant", extraTimeFactor: 1.5, answer: "Gladly.", sendEmail: true });
    expect((await answer(date.id, { decision: "decline", answer: " " })).statusCode).toBe(400);
    await answer(date.id, { decision: "decline", answer: "The position is filled by then." });
    expect((await answer(date.id, { decision: "decline", answer: "No" })).json().code).toBe("request_closed");

    const view = (await api.candidate(id).call("GET", `/api/candidate/invitations/${id}`)).json();
    expect(view.lobby.extraTimeIncluded).toBe(true);
    expect(view.requests).toMatchObject([
      { kind: "new_date", state: "declined", answer: "The position is filled by then." },
      { kind: "extra_time", state: "granted", answer: "Gladly." },
    ]);
    expect((await detailsOf(id)).emails).toMatchObject([{ template: "answer", state: "waiting" }]);
    // Why somebody needs time is between them and the admins: the audit log has the answer alone.
    const log = JSON.stringify(
      await api.db.selectFrom("audit_event").selectAll().where("action", "=", "request.answer").execute(),
    );
    expect(log).toContain("Gladly.");
    expect(log).not.toContain("dyslexic");
  });

  it("can be taken back, and is refused once the clock runs, to others, and without end", async () => {
    const { id } = await insertInvitation(api.db, { assessmentVersionId: versionId });
    const other = await insertInvitation(api.db, { assessmentVersionId: versionId });
    for (let round = 0; round < 10; round++) {
      const { requests } = (await ask(id, { kind: "new_date", message: "x" })).json();
      const path = (invitation: string) =>
        `/api/candidate/invitations/${invitation}/requests/${requests[0].id}/withdraw`;
      expect((await api.candidate(other.id).call("POST", path(other.id))).json().code).toBe(
        "request_not_found",
      );
      expect((await api.candidate(id).call("POST", path(id))).json().requests[0].state).toBe("withdrawn");
    }
    expect((await ask(id, { kind: "new_date", message: "x" })).json().code).toBe("too_many_requests_made");
    expect(
      (await ask(other.id, { kind: "new_date", message: "x", wantedDate: "2020-01-01" })).json().code,
    ).toBe("invalid_request");
    const { requests } = (await ask(other.id, { kind: "new_date", message: "x" })).json();
    await insertAttempt(api.db, { invitationId: other.id });
    expect((await ask(other.id, { kind: "extra_time", message: "x" })).json().code).toBe(
      "attempt_already_started",
    );
    const late = await answer(requests[0].id, { decision: "grant", expiresAt: days(9) });
    expect(late.json().code).toBe("invitation_not_editable");
  });
});

describe("what mails say", () => {
  const put = (name: string, body: object) => admin.call("PUT", `/api/admin/email/templates/${name}`, body);

  it("is changed by an admin, unless another did meanwhile or something is wrong with it", async () => {
    const text = { subject: "Hello {{candidate_name}}", body: "Come: {{link}}" };
    const saved = await put("invitation", { revision: 0, ...text });
    expect(saved.json()).toMatchObject({ revision: 1, isDefault: false, ...text });
    expect((await put("invitation", { revision: 0, ...text, body: "{{link}} new" })).json().code).toBe(
      "email_template_conflict",
    );
    expect(
      (await put("invitation", { revision: 1, ...text, body: "{{link}} {{salary}}" })).json(),
    ).toMatchObject({
      code: "placeholder_unknown",
      errors: [{ path: "body" }],
    });
    expect((await put("invitation", { revision: 1, ...text, body: "Come" })).json().code).toBe(
      "placeholder_missing",
    );
    expect(
      (await put("invitation", { revision: 1, ...text, subject: "a\r\nBcc: b@example.com" })).json().code,
    ).toBe("invalid_request");
    const { isConfigured, from, templates } = (await admin.call("GET", "/api/admin/email")).json();
    expect([isConfigured, from]).toEqual([true, "Hiring <hiring@example.com>"]);
    expect(templates).toMatchObject([
      { name: "invitation", revision: 1 },
      { name: "answer", isDefault: true },
    ]);
    expect(await audits("email_template.edit")).toBe(1);
  });

  it("can be looked at first, without anybody's link", async () => {
    const body = { subject: "For {{candidate_name}}", body: "<b>{{link}}</b>" };
    const preview = (await admin.call("POST", "/api/admin/email/templates/invitation/preview", body)).json();
    expect(preview.subject).toBe("For Maya Lindqvist");
    expect(preview.text).toBe("<b>(the personal link)</b>");
    expect(preview.html).toContain("&lt;b&gt;(the personal link)&lt;/b&gt;");
  });

  it("does not matter where no mail server is set up: pages say so, and nothing is promised", async () => {
    const without = await startTestApi();
    try {
      const client = await without.staff("admin");
      expect((await client.call("GET", "/api/admin/email")).json()).toMatchObject({
        isConfigured: false,
        from: null,
      });
      const version = await insertAssessmentVersion(without.db);
      const body = {
        assessmentVersionId: version.id,
        candidateName: "A",
        candidateEmail: "a@example.com",
        sendEmail: true,
      };
      const response = await client.call("POST", INVITATIONS, body);
      expect([response.statusCode, response.json().code]).toEqual([409, "mail_not_configured"]);
      expect(await without.db.selectFrom("invitation").selectAll().execute()).toEqual([]);
    } finally {
      await without.close();
    }
  });
});
