import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SubmissionEntry } from "../../services/shared/contracts/review.ts";
import {
  insertAssessmentVersion,
  insertAttempt,
  insertInvitation,
  insertSubmission,
  writeTree,
} from "../support/fixtures.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

let api: TestApi;
let reviewer: Client & { id: string };
let versionId: string;

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const STARTER = {
  "README.md": "# Start here",
  "kept.txt": "same",
  "removed.txt": "gone",
  ".git/config": "x",
};

beforeAll(async () => {
  api = await startTestApi();
  reviewer = await api.staff("reviewer");
  const starter = await writeTree(api.blobs, STARTER);
  versionId = (await insertAssessmentVersion(api.db, { spec: { starterTreeSha256: starter.sha256 } })).id;
});
afterAll(() => api?.close());

async function submit(files: Record<string, string | Uint8Array>, notes = "") {
  const { id: invitationId } = await insertInvitation(api.db, { assessmentVersionId: versionId });
  const attemptId = await insertAttempt(api.db, { invitationId, state: "submitted", notes });
  const submission = await insertSubmission(api.db, api.blobs, { attemptId, files });
  const base = `/api/review/submissions/${submission.id}`;
  const indexOf = (path: string) => submission.tree.entries.findIndex((entry) => entry.path === path);
  return {
    ...submission,
    base,
    invitationId,
    attemptId,
    view: async (path: string) =>
      (await reviewer.call("GET", `${base}/files/submission/${indexOf(path)}`)).json(),
    indexOf,
  };
}

describe("the tree", () => {
  it("says what changed since the starter files, and counts git's own files without showing them", async () => {
    const { base } = await submit({
      "README.md": "# Changed",
      "kept.txt": "same",
      "src/new.py": "print()",
      link: "-> kept.txt",
      ".git/HEAD": "ref",
      "sub/.git/logs/HEAD": "Amelie Brandt",
      ".gitconfig": "name = Amelie Brandt",
    });
    const tree = (await reviewer.call("GET", `${base}/tree`)).json();
    const changes = tree.entries.map((entry: typeof SubmissionEntry._output) => [entry.path, entry.change]);
    expect(changes).toEqual([
      ["README.md", "modified"],
      ["kept.txt", "unchanged"],
      ["link", "added"],
      ["removed.txt", "deleted"],
      ["src/new.py", "added"],
    ]);
    expect(tree).toMatchObject({ hiddenGitFiles: 3, truncated: false });
    const removed = tree.entries[3];
    const before = await reviewer.call("GET", `${base}/files/starter/${removed.index}`);
    expect(before.json()).toMatchObject({ path: "removed.txt", text: "gone" });
  });

  it("lists 20,000 entries and says that there are more", async () => {
    const { sha256 } = await api.blobs.write(Buffer.from("x"));
    const entries = Array.from({ length: 20_001 }, (_, index) => ({
      type: "file" as const,
      path: `f${String(index).padStart(6, "0")}`,
      mode: 0o644,
      mtimeMs: 0,
      size: 1,
      sha256,
    }));
    const json = JSON.stringify({ format: "worksample-tree-1", entries, omitted: [] });
    const tree = await api.blobs.write(Buffer.from(json));
    const { base, id } = await submit({});
    await api.db.updateTable("submission").set({ tree_sha256: tree.sha256 }).where("id", "=", id).execute();
    const view = (await reviewer.call("GET", `${base}/tree`)).json();
    expect([view.entries.length, view.truncated]).toEqual([20_000, true]);
  });
});

describe("a file", () => {
  it.each([
    ["UTF-8", "a.txt", "grüße 🐦", { kind: "text", text: "grüße 🐦" }],
    [
      "UTF-16 with a byte order mark",
      "a.txt",
      Buffer.from("\ufeffhallo", "utf16le"),
      { kind: "text", text: "hallo" },
    ],
    ["empty", "a.txt", "", { kind: "text", text: "", size: 0 }],
    ["with a NUL byte", "a.txt", "a\0b", { kind: "binary", text: null }],
    ["not valid UTF-8", "a.py", Buffer.from([0x61, 0xff, 0x62]), { kind: "binary", text: null }],
    [
      "a PNG under another name",
      "a.txt",
      PNG,
      { kind: "image", imageType: "image/png", imageBase64: PNG.toString("base64") },
    ],
    ["HTML that says it is a PNG", "a.png", "<script>alert(1)</script>", { kind: "text", imageType: null }],
    ["SVG", "a.svg", "<svg onload='x'/>", { kind: "text", imageType: null }],
    ["a symlink", "a", "-> /etc/passwd", { kind: "symlink", text: "/etc/passwd", sha256: null }],
  ] as const)("%s", async (_name, path, content, expected) => {
    const submission = await submit({ [path]: content });
    expect(await submission.view(path)).toMatchObject(expected);
  });

  it("of more than 1 MiB is cut, inside no character", async () => {
    const submission = await submit({
      "big.txt": "ü".repeat(600 * 1024),
      "just.txt": "x".repeat(1024 * 1024),
    });
    const big = await submission.view("big.txt");
    expect(big).toMatchObject({ kind: "text", truncated: true });
    expect(big.text).toMatch(/^ü+$/);
    expect(await submission.view("just.txt")).toMatchObject({ kind: "text", truncated: false });
  });

  it("that is an image of more than 5 MiB is binary", async () => {
    const submission = await submit({ "big.png": Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)]) });
    expect(await submission.view("big.png")).toMatchObject({ kind: "binary", imageBase64: null });
  });

  it.each(["99999", "-1", "1.5", "abc", "1e3", "99999999999999999999"])(
    "at place %s is a clear refusal",
    async (index) => {
      const { base } = await submit({ a: "b" });
      const response = await reviewer.call("GET", `${base}/files/submission/${index}`);
      expect([400, 404]).toContain(response.statusCode);
    },
  );

  it("that is a directory is no file", async () => {
    const submission = await submit({ "src/a.txt": "a" });
    expect(await submission.view("src")).toMatchObject({ code: "entry_not_found" });
  });
});

describe("a review", () => {
  const rated = (level: number | null, evidence = "main.py line 3") => ({
    works: { level, evidence },
    readable: { level, evidence },
  });
  const save = (base: string, revision: number, parts: object = {}, client: Client = reviewer) =>
    client.call("PUT", `${base}/review`, {
      revision,
      ratings: rated(4),
      summary: "Good",
      recommendation: "yes",
      ...parts,
    });

  it("is started once, saved, submitted, and then locked", async () => {
    const { base } = await submit({});
    const [first, second] = await Promise.all([1, 2].map(() => reviewer.call("POST", `${base}/review`)));
    expect(first!.json()).toMatchObject({ state: "draft", revision: 1 });
    expect(second!.json().id).toBe(first!.json().id);
    expect((await save(base, 1)).json()).toMatchObject({ revision: 2, ratings: rated(4) });
    const submitted = await reviewer.call("POST", `${base}/review/submit`, { revision: 2 });
    expect(submitted.json()).toMatchObject({
      state: "submitted",
      revision: 3,
      submittedAt: expect.any(String),
    });
    const again = await reviewer.call("POST", `${base}/review/submit`, { revision: 2 });
    expect([again.statusCode, again.json().submittedAt]).toEqual([200, submitted.json().submittedAt]);
    for (const late of [
      await save(base, 3),
      await reviewer.call("POST", `${base}/review/submit`, { revision: 3 }),
    ])
      expect([late.statusCode, late.json().code]).toEqual([409, "review_locked"]);
    const queue = (await reviewer.call("GET", "/api/review/queue")).json();
    expect(
      queue.items.find((item: { submissionId: string }) => base.endsWith(item.submissionId)),
    ).toMatchObject({
      myReview: "submitted",
      reviewsSubmitted: 1,
    });
  });

  it("saved from two pages at once keeps one and tells the other", async () => {
    const { base } = await submit({});
    await reviewer.call("POST", `${base}/review`);
    const responses = await Promise.all([save(base, 1), save(base, 1)]);
    expect(responses.map((response) => response.statusCode).sort()).toEqual([200, 409]);
    expect(responses.find((response) => response.statusCode === 409)!.json().code).toBe("review_conflict");
  });

  it("cannot be saved before it is started", async () => {
    const { base } = await submit({});
    expect((await save(base, 1)).json().code).toBe("review_not_started");
  });

  it("takes only criteria of the rubric", async () => {
    const { base } = await submit({});
    await reviewer.call("POST", `${base}/review`);
    const response = await save(base, 1, { ratings: { charm: { level: 5, evidence: "x" } } });
    expect(response.json()).toMatchObject({ code: "invalid_request", errors: [{ path: "ratings.charm" }] });
  });

  it.each([
    ["a level", { ratings: rated(null) }, ["ratings.works.level", "ratings.readable.level"]],
    ["evidence", { ratings: rated(3, "  ") }, ["ratings.works.evidence", "ratings.readable.evidence"]],
    [
      "a criterion",
      { ratings: { works: { level: 3, evidence: "x" } } },
      ["ratings.readable.level", "ratings.readable.evidence"],
    ],
    ["a summary", { summary: " " }, ["summary"]],
    ["a recommendation", { recommendation: null }, ["recommendation"]],
  ])("without %s is kept but not submitted", async (_name, parts, missing) => {
    const { base } = await submit({});
    await reviewer.call("POST", `${base}/review`);
    expect((await save(base, 1, parts)).statusCode).toBe(200);
    const response = await reviewer.call("POST", `${base}/review/submit`, { revision: 2 });
    expect([response.statusCode, response.json().code]).toEqual([422, "review_incomplete"]);
    expect(response.json().errors.map((error: { path: string }) => error.path)).toEqual(missing);
  });

  it("is never shown to another reviewer", async () => {
    const { base } = await submit({});
    await reviewer.call("POST", `${base}/review`);
    await save(base, 1, { summary: "only mine to read" });
    const other = await api.staff("reviewer");
    const view = await other.call("GET", base);
    expect(view.json().review).toBeNull();
    expect(view.body).not.toContain("only mine to read");
    expect((await save(base, 2, {}, other)).json().code).toBe("review_not_started");
    expect((await other.call("POST", `${base}/review`)).json()).toMatchObject({ summary: "", revision: 1 });
  });
});

it("a submission nobody made is not found", async () => {
  const base = "/api/review/submissions/6f1de0b6-4c1e-4a4e-9d43-0d8a3f1c7b11";
  for (const path of ["", "/tree", "/files/submission/0"])
    expect((await reviewer.call("GET", base + path)).json().code).toBe("submission_not_found");
  expect((await reviewer.call("POST", `${base}/review`)).json().code).toBe("submission_not_found");
});
