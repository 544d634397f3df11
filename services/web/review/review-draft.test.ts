import { expect, it } from "vitest";
import type { ReviewView } from "../../shared/contracts/review.ts";
import type { Rubric } from "../../shared/contracts/rubric.ts";
import { advanceDraft, NOT_STARTED, openDraft } from "../drafts/draft-state.ts";
import { readLocalCopy } from "../drafts/local-copy.ts";
import { localCopyKey, reviewStore, serverDraftOf } from "./review-draft.ts";
import type { ReviewContent } from "./rubric-progress.ts";

const rubric: Rubric = {
  criteria: ["clarity", "evaluation"].map((id) => ({ id, title: id, guidance: "", weight: 1, anchors: [] })),
};
const review = (revision: number, over: Partial<ReviewView> = {}): ReviewView => ({
  id: "7a5a1c0e-4a35-4b39-9a54-0d7a52d4a6c1",
  state: "draft",
  ratings: {},
  summary: "",
  recommendation: null,
  revision,
  updatedAt: `2026-03-01T09:00:0${revision}.000Z`,
  submittedAt: null,
  ...over,
});
const store = reviewStore({ staffId: "ada", submissionId: "s1", rubric, onReview: () => {} });
/** As a browser kept it. */
const kept = (copy: { revision: number; acknowledged: ReviewContent; content: ReviewContent }) =>
  readLocalCopy(
    { getItem: () => JSON.stringify(copy), setItem: () => {}, removeItem: () => {} },
    store.key,
    store.schema,
  );
const words = (summary: string, ratings: ReviewContent["ratings"] = {}): ReviewContent => ({
  ratings,
  summary,
  recommendation: null,
});

it("a criterion that is absent and one left empty are the same", () => {
  const empty = { level: null, evidence: "" };
  const spelledOut = review(1, { ratings: { clarity: empty, evaluation: empty } });
  expect(serverDraftOf(rubric, review(1))).toEqual(serverDraftOf(rubric, spelledOut));
  expect(serverDraftOf(rubric, null).content).toEqual(serverDraftOf(rubric, review(1)).content);
});

it("the words of one reviewer and one submission stay theirs", () => {
  expect(store.key).not.toBe(localCopyKey("bob", "s1"));
  expect(store.key).not.toBe(localCopyKey("ada", "s2"));
});

it("words left from the last visit are put on top of what was rated since", () => {
  const local = kept({ revision: 1, acknowledged: words(""), content: words("typed before the crash") });
  const rated = review(4, { ratings: { clarity: { level: 2, evidence: "" } } });
  expect(openDraft(serverDraftOf(rubric, rated), local)).toMatchObject({
    phase: "unsaved",
    revision: 4,
    content: { summary: "typed before the crash", ratings: { clarity: { level: 2 } } },
  });
});

it("a level given here and evidence written there are joined; two levels of one criterion are not", () => {
  const local = kept({
    revision: 1,
    acknowledged: words(""),
    content: words("", { clarity: { level: 2, evidence: "" } }),
  });
  const there = (level: number | null) =>
    serverDraftOf(rubric, review(2, { ratings: { clarity: { level, evidence: "There." } } }));
  expect(openDraft(there(null), local)).toMatchObject({
    phase: "unsaved",
    content: { ratings: { clarity: { level: 2, evidence: "There." } } },
  });
  expect(openDraft(there(5), local)).toMatchObject({
    phase: "conflict",
    collisions: [{ path: ["ratings", "clarity", "level"], mine: 2, theirs: 5 }],
  });
});

it("a review that was submitted is locked, whatever this browser kept", () => {
  const local = kept({ revision: 1, acknowledged: words(""), content: words("mine") });
  const submitted = review(3, {
    summary: "done",
    state: "submitted",
    submittedAt: "2026-03-01T10:00:00.000Z",
  });
  expect(openDraft(serverDraftOf(rubric, submitted), local)).toMatchObject({
    phase: "locked",
    content: { summary: "done" },
  });
});

it("a review that is not there yet is not started, and takes the first words typed", () => {
  const opened = openDraft(serverDraftOf(rubric, null), null);
  expect(opened).toMatchObject({ phase: "saved", revision: NOT_STARTED });
  const typed = advanceDraft(opened, { type: "edited", content: { ...opened.content, summary: "First" } });
  const started = advanceDraft(typed, { type: "save_refused", draft: serverDraftOf(rubric, review(1)) });
  expect(started).toMatchObject({ phase: "unsaved", revision: 1, content: { summary: "First" } });
});
