import { afterAll, beforeAll, expect, it } from "vitest";
import {
  insertAssessmentVersion,
  insertAttempt,
  insertInvitation,
  insertSubmission,
  writeTree,
} from "../support/fixtures.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

/** A candidate who puts her name and address wherever she can. */
const NAME = "Amelie Brandt";
const EMAIL = "amelie.brandt@example.com";
const FILES = {
  [`${NAME}/report.md`]: `by ${NAME} <${EMAIL}>`,
  "report.md": `# By AMELIE BRANDT\nWrite to ${EMAIL.toUpperCase()} or Brandt, Amelie`,
  "utf16.txt": Buffer.from(`\ufeffI am ${NAME}`, "utf16le"),
  "edge.txt": "x".repeat(1024 * 1024 - 6) + NAME + "y".repeat(10_000),
  link: `-> /home/amelie.brandt/${NAME}`,
  ".git/logs/HEAD": `${NAME} <${EMAIL}>`,
  ".gitconfig": `email = ${EMAIL}`,
};

let api: TestApi;
let reviewer: Client;
let submission: Awaited<ReturnType<typeof insertSubmission>>;
let ids: { invitationId: string; attemptId: string };
let base: string;

beforeAll(async () => {
  api = await startTestApi();
  reviewer = await api.staff("reviewer");
  const starter = await writeTree(api.blobs, {});
  const version = await insertAssessmentVersion(api.db, { spec: { starterTreeSha256: starter.sha256 } });
  const invitation = await insertInvitation(api.db, {
    assessmentVersionId: version.id,
    candidateName: NAME,
    candidateEmail: EMAIL,
    extraTimeFactor: 1.75,
  });
  const attemptId = await insertAttempt(api.db, {
    invitationId: invitation.id,
    state: "submitted",
    notes: `Thanks! ${NAME}, ${EMAIL}`,
  });
  ids = { invitationId: invitation.id, attemptId };
  const omitted = [{ path: `${NAME}.sock`, reason: "socket" as const }];
  submission = await insertSubmission(api.db, api.blobs, { attemptId, files: FILES, omitted });
  base = `/api/review/submissions/${submission.id}`;
});
afterAll(() => api?.close());

async function everythingAReviewerReads(): Promise<string> {
  const files = submission.tree.entries.map((_entry, index) => `${base}/files/submission/${index}`);
  const responses = await Promise.all(
    ["/api/review/queue", base, `${base}/tree`, ...files].map((url) => reviewer.call("GET", url)),
  );
  responses.push(await reviewer.call("POST", `${base}/review`));
  return responses.map((response) => response.body).join("\n");
}

it("tells a reviewer neither name nor address nor anything that leads to them", async () => {
  const body = await everythingAReviewerReads();
  expect(body).toContain("[candidate name]");
  expect(body).toContain("[candidate e-mail]");
  expect(body.toLowerCase()).not.toMatch(/amelie[\s._-]*b|brandt,? amelie|brandt@/);
  for (const id of Object.values(ids)) expect(body).not.toContain(id);
  expect(body).not.toMatch(/extraTime|candidateName|candidateEmail|1\.75/);
});

it("would find them, were they not taken out", async () => {
  const admin = await api.staff("admin");
  const board = (await admin.call("GET", "/api/admin/board")).body;
  expect(board).toContain(NAME);
  const raw = await Promise.all(
    submission.tree.entries.map((entry) => (entry.type === "file" ? api.blobs.read(entry.sha256) : "")),
  );
  expect(raw.join("\n").toLowerCase()).toMatch(/amelie[\s._-]*b|brandt,? amelie|brandt@/);
});

it.each([".git/logs/HEAD", ".gitconfig"])("does not open %s by its number", async (path) => {
  const index = submission.tree.entries.findIndex((entry) => entry.path === path);
  const response = await reviewer.call("GET", `${base}/files/submission/${index}`);
  expect([response.statusCode, response.json().code]).toEqual([404, "entry_not_found"]);
});

it("keeps a reviewer away from the pages that name people", async () => {
  const { invitationId } = ids;
  for (const url of [
    "/api/admin/board",
    "/api/admin/requests",
    `/api/admin/invitations/${invitationId}`,
    `/api/admin/submissions/${submission.id}/archive`,
  ])
    expect((await reviewer.call("GET", url)).statusCode).toBe(403);
  expect((await reviewer.call("GET", `/api/candidate/invitations/${invitationId}`)).statusCode).toBe(401);
});
