import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepareSpec } from "../../services/shared/assessments/prepare-spec.ts";
import type { AssessmentDraft } from "../../services/shared/contracts/assessment-draft.ts";
import type { AssessmentDetail, DraftView } from "../../services/shared/contracts/composer.ts";
import { completeDraft, pinsOfVersion } from "../support/assessment-fixture.ts";
import {
  insertAssessmentVersion,
  insertAttempt,
  insertInvitation,
  insertMountedDataset,
  insertSubmission,
  writeTree,
} from "../support/fixtures.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

const PATH = "/api/admin/assessments";

let api: TestApi;
let admin: Client & { id: string };

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.staff("admin");
});
afterAll(() => api?.close());

async function create(template = "blank", title = "Route the tickets"): Promise<AssessmentDetail> {
  const response = await admin.call("POST", PATH, { title, template });
  expect(response.statusCode).toBe(201);
  return response.json();
}

async function save(id: string, revision: number, content: AssessmentDraft) {
  return admin.call("PUT", `${PATH}/${id}/draft`, { revision, content });
}

/** A draft with this content. @returns its assessment's id and its revision */
async function composed(content = completeDraft()): Promise<{ id: string; revision: number }> {
  const { id } = await create();
  const saved = await save(id, 1, content);
  expect(saved.statusCode).toBe(200);
  return { id, revision: saved.json().revision };
}

/** What the worker does when the check has passed. */
async function pass(id: string, revision: number): Promise<void> {
  const { content } = await api.db
    .selectFrom("assessment_draft")
    .select("content")
    .where("assessment_id", "=", id)
    .executeTakeFirstOrThrow();
  const { spec } = await prepareSpec(api.db, api.blobs, content as never, ["workbench"]);
  await api.db
    .updateTable("assessment_draft")
    .set({
      check_state: "passed",
      checked_revision: revision,
      check_requested_at: new Date(),
      prepared: JSON.stringify(spec),
    })
    .where("assessment_id", "=", id)
    .execute();
}

async function auditOf(id: string): Promise<string[]> {
  const rows = await api.db
    .selectFrom("audit_event")
    .select("action")
    .where("subject_id", "=", id)
    .orderBy("id")
    .execute();
  return rows.map(({ action }) => action);
}

async function jobs(name: string): Promise<unknown[]> {
  return (await api.db.selectFrom("outbox").select("payload").where("name", "=", name).execute()).map(
    ({ payload }) => payload,
  );
}

describe("a draft", () => {
  it.each(["api_integrator", "ml_engineer", "ai_systems_engineer"])(
    "from the template %s lacks only what is the company's own",
    async (template) => {
      const { draft } = await create(template);
      const { findings } = await prepareSpec(api.db, api.blobs, draft.content, ["workbench"]);
      expect(findings.map(({ path }) => path)).toEqual(["company.name", "brief"]);
      expect(draft.content.rubric.criteria).toHaveLength(5);
      expect(draft.changed).toBe(true);
    },
  );

  it("is saved on top of the revision that was edited, and only when it differs", async () => {
    const { id } = await create();
    const first = await save(id, 1, completeDraft({ title: "One" }));
    expect(first.json()).toMatchObject({ revision: 2, content: { title: "One" } });
    expect((await save(id, 2, completeDraft({ title: "One" }))).json().revision).toBe(2);
    const stale = await save(id, 1, completeDraft({ title: "Two" }));
    expect(stale.statusCode).toBe(409);
    expect(stale.json().code).toBe("assessment_conflict");
    expect((await admin.call("GET", `${PATH}/${id}`)).json().title).toBe("One");
  });

  it("may be incomplete and wrong, but not endless or of another shape", async () => {
    const { id } = await create();
    const wrong = { ...completeDraft({ brief: "", image: "no such" }), limitSec: -1, title: "" };
    expect((await save(id, 1, wrong)).statusCode).toBe(200);
    for (const content of [
      { ...completeDraft(), brief: "x".repeat(200_001) },
      { ...completeDraft(), starterTreeSha256: "0".repeat(64) },
      { ...completeDraft(), datasets: [{ mountName: "a", datasetVersionId: "1", delivery: {} }] },
      { ...completeDraft(), datasets: [{ mountName: "a", datasetVersionId: null, delivery: { all: true } }] },
    ])
      expect((await save(id, 2, content as AssessmentDraft)).statusCode).toBe(400);
  });

  it("takes files only from uploads that are meant for it", async () => {
    const { id } = await create();
    const upload = async (purpose: string, state: string) =>
      (
        await api.db
          .insertInto("upload")
          .values({
            purpose,
            state,
            file_name: "a.zip",
            bytes: 1,
            sha256: state === "stored" ? "0".repeat(64) : null,
          })
          .returning("id")
          .executeTakeFirstOrThrow()
      ).id;
    const withUpload = (uploadId: string) =>
      completeDraft({ starter: { source: { kind: "upload", uploadId }, files: [] } });
    const other = await save(id, 1, withUpload(await upload("dataset", "stored")));
    expect(other.json().code).toBe("upload_not_usable");
    const arriving = await save(id, 1, withUpload(await upload("starter", "receiving")));
    expect(arriving.json().starterImports).toMatchObject([{ state: "receiving" }]);
    const stored = await upload("starter", "stored");
    const { revision, starterImports }: DraftView = (await save(id, 2, withUpload(stored))).json();
    expect(starterImports).toMatchObject([{ uploadId: stored, state: "waiting" }]);
    await save(id, revision, withUpload(stored));
    expect((await jobs("import-starter")).filter((job) => JSON.stringify(job).includes(stored))).toHaveLength(
      1,
    );
  });

  it("of what was published without one says what the version says", async () => {
    const tree = await writeTree(api.blobs, { "BRIEF.md": "old", "a.py": "a" });
    const version = await insertAssessmentVersion(api.db, {
      spec: { starterTreeSha256: tree.sha256, practiceTreeSha256: tree.sha256 },
    });
    await insertMountedDataset(api.db, { assessmentVersionId: version.id, mountName: "tickets" });
    const { assessment_id: id } = await api.db
      .selectFrom("assessment_version")
      .select("assessment_id")
      .where("id", "=", version.id)
      .executeTakeFirstOrThrow();
    const detail: AssessmentDetail = (await admin.call("GET", `${PATH}/${id}`)).json();
    expect(detail.state).toBe("published");
    expect(detail.draft.changed).toBe(false);
    expect(detail.draft.content).toMatchObject({
      title: version.spec.title,
      ...(await pinsOfVersion(api.db, version.id)),
      starter: { source: { kind: "version", assessmentVersionId: version.id } },
    });
    expect(detail.draft.pinnedDatasets).toMatchObject([{ title: "Support tickets", archived: false }]);
    const view = await admin.call("GET", `${PATH}/${id}/versions/${version.id}`);
    expect(view.json()).toMatchObject({ number: 1, content: { title: version.spec.title } });
  });
});

describe("publishing", () => {
  it("takes exactly what passed the check, once", async () => {
    const { id, revision } = await composed();
    const publish = (at = revision) =>
      admin.call("POST", `${PATH}/${id}/draft/publish`, { revision: at, changeNote: "First" });
    expect((await publish()).json().code).toBe("assessment_not_checked");
    await pass(id, revision);
    expect((await publish(revision - 1)).json().code).toBe("assessment_conflict");
    const published = await publish();
    expect(published.statusCode).toBe(201);
    expect(published.json().number).toBe(1);
    expect((await publish()).json().code).toBe("assessment_unchanged");
    const detail: AssessmentDetail = (await admin.call("GET", `${PATH}/${id}`)).json();
    expect(detail).toMatchObject({ state: "published", draft: { changed: false } });
    expect(detail.versions).toMatchObject([{ number: 1, changeNote: "First", publishedBy: "Test admin" }]);
    expect(await auditOf(id)).toEqual(["assessment.create", "assessment.publish"]);
  });

  it("does not take a draft that was changed after its check, or whose check failed", async () => {
    const { id, revision } = await composed();
    await pass(id, revision);
    const changed = (await save(id, revision, completeDraft({ brief: "# Another" }))).json();
    const refused = await admin.call("POST", `${PATH}/${id}/draft/publish`, { revision: changed.revision });
    expect(refused.json()).toMatchObject({
      code: "assessment_not_checked",
      detail: "The draft was changed since its last check.",
    });
    await pass(id, changed.revision);
    await api.db
      .updateTable("assessment_draft")
      .set({ check_state: "failed" })
      .where("assessment_id", "=", id)
      .execute();
    const failed = await admin.call("POST", `${PATH}/${id}/draft/publish`, { revision: changed.revision });
    expect(failed.json().code).toBe("assessment_not_checked");
  });

  it("does not take what was archived since the check", async () => {
    const version = await insertAssessmentVersion(api.db);
    await insertMountedDataset(api.db, { assessmentVersionId: version.id, mountName: "tickets" });
    const pins = await pinsOfVersion(api.db, version.id);
    const { id, revision } = await composed(completeDraft(pins));
    await pass(id, revision);
    await api.db
      .updateTable("dataset")
      .set({ archived_at: new Date() })
      .where("id", "in", (e) =>
        e
          .selectFrom("dataset_version")
          .select("dataset_id")
          .where("id", "=", pins.datasets[0]!.datasetVersionId!),
      )
      .execute();
    const refused = await admin.call("POST", `${PATH}/${id}/draft/publish`, { revision });
    expect(refused.json()).toMatchObject({
      code: "assessment_incomplete",
      errors: [{ path: "datasets.0.datasetVersionId" }],
    });
  });
});

describe("a check", () => {
  it("is asked for once, and given up when the draft changes", async () => {
    const { id, revision } = await composed();
    const ask = () => admin.call("POST", `${PATH}/${id}/draft/check`, { revision });
    expect((await ask()).json().check).toMatchObject({ state: "waiting", revision, current: true });
    expect((await ask()).statusCode).toBe(202);
    expect((await jobs("check-assessment")).filter((job) => JSON.stringify(job).includes(id))).toHaveLength(
      1,
    );
    const { check } = (await save(id, revision, completeDraft({ brief: "# New" }))).json();
    expect(check).toMatchObject({ state: "none", current: false });
  });
});

describe("a trial", () => {
  const tryOut = (id: string, revision: number) =>
    admin.call("POST", `${PATH}/${id}/draft/trial`, { revision });

  it("needs a complete draft", async () => {
    const { id, revision } = await composed(completeDraft({ brief: "", company: { name: "", about: "" } }));
    const refused = await tryOut(id, revision);
    expect(refused.statusCode).toBe(422);
    expect(refused.json().errors.map(({ path }: { path: string }) => path)).toEqual([
      "company.name",
      "brief",
    ]);
  });

  it("opens the whole journey, and is in no list, count or queue", async () => {
    const { id, revision } = await composed();
    const trial = (await tryOut(id, revision)).json();
    const token = new URL(trial.link).pathname.split("/").at(-1);
    const opened = await api.anonymous.call("POST", "/api/candidate/sessions", { token });
    expect(opened.statusCode).toBe(200);
    const lobby = await api
      .candidate(trial.invitationId)
      .call("GET", `/api/candidate/invitations/${trial.invitationId}`);
    expect(lobby.json().lobby.title).toBe("Route the tickets");

    const attemptId = await insertAttempt(api.db, { invitationId: trial.invitationId, state: "submitted" });
    const submission = await insertSubmission(api.db, api.blobs, { attemptId, files: { a: "b" } });
    const invitation = await insertInvitation(api.db);
    const sealed = await insertAttempt(api.db, { invitationId: invitation.id, state: "submitted" });
    const real = await insertSubmission(api.db, api.blobs, { attemptId: sealed, files: { a: "b" } });
    const reviewer = await api.staff("reviewer");
    const queue = await reviewer.call("GET", "/api/review/queue");
    expect(queue.body).toContain(real.id);
    expect(queue.body).not.toContain(submission.id);
    expect((await reviewer.call("GET", `/api/review/submissions/${submission.id}`)).statusCode).toBe(404);
    expect((await reviewer.call("GET", `/api/review/submissions/${real.id}`)).statusCode).toBe(200);
    const board = await admin.call("GET", "/api/admin/board");
    expect(board.body).toContain(invitation.id);
    expect(board.body).not.toContain(trial.invitationId);
    const { assessment_version_id: tried } = await api.db
      .selectFrom("invitation")
      .select("assessment_version_id")
      .where("id", "=", trial.invitationId)
      .executeTakeFirstOrThrow();
    const versions = await admin.call("GET", "/api/admin/assessment-versions");
    expect(versions.body).not.toContain(tried);
    const invited = await admin.call("POST", "/api/admin/invitations", {
      assessmentVersionId: tried,
      candidateName: "Ada",
      candidateEmail: "ada@example.com",
    });
    expect(invited.json().code).toBe("assessment_version_not_found");
    const { items } = (await admin.call("GET", `${PATH}?search=route`)).json();
    expect(items.find((item: { id: string }) => item.id === id)).toMatchObject({
      state: "draft",
      invitationCount: 0,
      submissionCount: 0,
    });
  });

  it("takes the place of the one before it", async () => {
    const { id, revision } = await composed();
    const first = (await tryOut(id, revision)).json();
    await insertAttempt(api.db, { invitationId: first.invitationId, state: "running", sandbox: "ready" });
    const second = (await tryOut(id, revision)).json();
    const { trials }: AssessmentDetail = (await admin.call("GET", `${PATH}/${id}`)).json();
    expect(trials.map(({ invitationId }) => invitationId)).toEqual([second.invitationId]);
    const attempt = await api.db
      .selectFrom("attempt")
      .select("state")
      .where("invitation_id", "=", first.invitationId)
      .executeTakeFirstOrThrow();
    expect(attempt.state).toBe("ended");
    expect((await auditOf(id)).filter((action) => action === "assessment.try")).toHaveLength(2);
  });
});

describe("the list", () => {
  it("shows what is not archived, unless asked", async () => {
    const { id } = await create("blank", "Quite unlike 100%_others");
    const find = async (query: string) =>
      (await admin.call("GET", `${PATH}?${query}`)).json().items.map((item: { id: string }) => item.id);
    expect(await find("search=100%25_oth")).toEqual([id]);
    expect(await find("search=100x")).toEqual([]);
    const archived = await admin.call("POST", `${PATH}/${id}/archive`);
    expect(archived.json().state).toBe("archived");
    expect(await find("search=unlike")).toEqual([]);
    expect(await find("search=unlike&state=archived")).toEqual([id]);
    expect((await save(id, 1, completeDraft())).json().code).toBe("assessment_archived");
    await admin.call("POST", `${PATH}/${id}/restore`);
    expect(await find("search=unlike")).toEqual([id]);
    expect(await auditOf(id)).toEqual(["assessment.create", "assessment.archive", "assessment.restore"]);
  });

  it("has clones of drafts and of versions, with a name of their own", async () => {
    const { id, revision } = await composed();
    await pass(id, revision);
    const { assessmentVersionId } = (
      await admin.call("POST", `${PATH}/${id}/draft/publish`, { revision })
    ).json();
    await save(id, revision, completeDraft({ brief: "# Later" }));
    const ofDraft: AssessmentDetail = (await admin.call("POST", `${PATH}/${id}/clone`, {})).json();
    expect(ofDraft.draft.content).toMatchObject({ brief: "# Later", title: "Route the tickets (copy)" });
    const ofVersion: AssessmentDetail = (
      await admin.call("POST", `${PATH}/${id}/clone`, { assessmentVersionId, title: "Mine" })
    ).json();
    expect(ofVersion).toMatchObject({ title: "Mine", state: "draft", versions: [] });
    expect(ofVersion.draft.content.brief).toBe(completeDraft().brief);
    const { findings } = await prepareSpec(api.db, api.blobs, ofVersion.draft.content, ["workbench"]);
    expect(findings).toEqual([]);
  });
});
