import type { ReviewView } from "../../shared/contracts/review.ts";
import type { LocalCopy } from "../drafts/draft-state.ts";
import { type Collision, mergeReviews, sameContent, takeTheirs } from "./review-merge.ts";
import type { ReviewContent } from "./rubric-progress.ts";

/**
 * The life of a draft in the browser, without I/O: the hook beside it saves, waits and stores what this asks for.
 *
 * ```
 *          edit                 delay over             answered
 *  saved ───────► unsaved ────────────────► saving ──────────────► saved (or unsaved: edited meanwhile)
 *                    ▲                         ├─ no answer ──────► failed ── retry ──► saving
 *                    └────── both merged ──────┼─ other revision ─► conflict (only if one field has two values)
 *                                              └─ submitted ──────► locked
 * ```
 */
export type DraftPhase = "saved" | "unsaved" | "saving" | "failed" | "conflict" | "locked";

export interface DraftState {
  phase: DraftPhase;
  content: ReviewContent;
  /** What the server is known to hold, at `revision`. */
  acknowledged: ReviewContent;
  revision: number;
  savedAt: string;
  /** What went out with the save under way. */
  inFlight: ReviewContent | null;
  /** Saves in a row that got no answer; the wait before the next grows with it. */
  failures: number;
  collisions: Collision[];
  /** What both sides started from, while `phase` is `conflict`. */
  base: ReviewContent | null;
}

export type DraftEvent =
  | { type: "edited"; content: ReviewContent }
  | { type: "save_started" }
  | { type: "save_answered"; review: ReviewView }
  | { type: "save_failed" }
  /** The server refused an old revision; `review` is what it holds now. */
  | { type: "save_refused"; review: ReviewView }
  | { type: "collisions_settled"; keep: "mine" | "theirs" }
  | { type: "submitted"; review: ReviewView };

export const contentOf = ({ ratings, summary, recommendation }: ReviewContent): ReviewContent => ({
  ratings,
  summary,
  recommendation,
});

/** Starts from the server's review and, where the last visit left unsaved words behind, from those. */
export function openDraft(review: ReviewView, local: LocalCopy<ReviewContent> | null): DraftState {
  const state = atRest(review);
  if (review.state === "submitted" || local === null || sameContent(local.content, state.content))
    return state;
  return rebase({ ...state, acknowledged: local.acknowledged, content: local.content }, review);
}

function atRest(review: ReviewView): DraftState {
  return {
    phase: review.state === "submitted" ? "locked" : "saved",
    content: contentOf(review),
    acknowledged: contentOf(review),
    revision: review.revision,
    savedAt: review.updatedAt,
    inFlight: null,
    failures: 0,
    collisions: [],
    base: null,
  };
}

/** Puts unsaved words on top of what the server holds now. */
function rebase(state: DraftState, review: ReviewView): DraftState {
  if (review.state === "submitted") return atRest(review);
  const base = state.base ?? state.acknowledged;
  const { content, collisions } = mergeReviews(base, state.content, contentOf(review));
  const rebased: DraftState = { ...atRest(review), content, collisions };
  if (collisions.length > 0) return { ...rebased, phase: "conflict", base };
  return { ...rebased, phase: sameContent(content, rebased.acknowledged) ? "saved" : "unsaved" };
}

export function advanceDraft(state: DraftState, event: DraftEvent): DraftState {
  if (event.type === "submitted") return atRest(event.review);
  if (state.phase === "locked") return state;
  switch (event.type) {
    case "edited":
      return withEdit(state, event.content);
    case "save_started":
      return { ...state, phase: "saving", inFlight: state.content };
    case "save_answered":
      return afterAnswer(state, event.review);
    case "save_failed":
      return { ...state, phase: "failed", inFlight: null, failures: state.failures + 1 };
    case "save_refused":
      return rebase(state, event.review);
    case "collisions_settled": {
      const content = event.keep === "mine" ? state.content : takeTheirs(state.content, state.collisions);
      const phase = sameContent(content, state.acknowledged) ? "saved" : "unsaved";
      return { ...state, phase, content, collisions: [], base: null };
    }
  }
}

/** Typing never waits: while a save is under way, has failed or is refused, the words are kept all the same. */
function withEdit(state: DraftState, content: ReviewContent): DraftState {
  if (state.phase === "saving" || state.phase === "conflict" || state.phase === "failed") {
    return { ...state, content };
  }
  return { ...state, content, phase: sameContent(content, state.acknowledged) ? "saved" : "unsaved" };
}

function afterAnswer(state: DraftState, review: ReviewView): DraftState {
  if (review.state === "submitted") return atRest(review);
  const editedMeanwhile = state.inFlight !== null && !sameContent(state.content, state.inFlight);
  if (!editedMeanwhile) return atRest(review);
  return { ...atRest(review), phase: "unsaved", content: state.content };
}

/** How long to wait before the next save; null when there is nothing to save. */
export function saveDelayMs(state: DraftState): number | null {
  if (state.phase === "unsaved") return 800;
  if (state.phase === "failed") return Math.min(30_000, 1000 * 2 ** state.failures);
  return null;
}

/** What the browser has to keep; null once the server has it all. */
export function localCopyOf(state: DraftState): LocalCopy<ReviewContent> | null {
  if (state.phase === "locked" || sameContent(state.content, state.acknowledged)) return null;
  const { revision, acknowledged, content, base } = state;
  // Undecided collisions are still undecided after a reload.
  return { revision, acknowledged: base ?? acknowledged, content };
}
