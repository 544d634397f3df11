import { z } from "zod";
import type { ReviewView } from "../../shared/contracts/review.ts";
import { Ratings, Recommendation, type Rubric } from "../../shared/contracts/rubric.ts";
import { api } from "../api-client/client.ts";
import { NOT_STARTED, type ServerDraft } from "../drafts/draft-state.ts";
import type { DraftStore } from "../drafts/use-draft.ts";
import { type ReviewContent, ratingOf } from "./rubric-progress.ts";

/** What a reviewer writes, with a rating of every criterion: one that is absent and one left empty are the same. */
export function contentOf(
  rubric: Rubric,
  { ratings, summary, recommendation }: ReviewContent,
): ReviewContent {
  const complete = Object.fromEntries(rubric.criteria.map(({ id }) => [id, ratingOf(ratings, id)]));
  return { ratings: complete, summary, recommendation };
}

const NOTHING: ReviewContent = { ratings: {}, summary: "", recommendation: null };

/** @param review null where there is none yet; the first save makes it */
export function serverDraftOf(rubric: Rubric, review: ReviewView | null): ServerDraft<ReviewContent> {
  if (!review) return { revision: NOT_STARTED, content: contentOf(rubric, NOTHING), updatedAt: "" };
  const { revision, updatedAt, state } = review;
  return { revision, updatedAt, content: contentOf(rubric, review), isLocked: state === "submitted" };
}

/** One per reviewer and submission, so that two people at one machine never meet each other's words. */
export const localCopyKey = (staffId: string, submissionId: string): string =>
  `worksample:review-draft:${staffId}:${submissionId}`;

export interface ReviewStoreOptions {
  staffId: string;
  submissionId: string;
  rubric: Rubric;
  /** Told of the review whenever the server describes it. */
  onReview: (review: ReviewView) => void;
}

export function reviewStore(options: ReviewStoreOptions): DraftStore<ReviewContent> {
  const { staffId, submissionId, rubric, onReview } = options;
  const told = (review: ReviewView) => {
    onReview(review);
    return serverDraftOf(rubric, review);
  };
  const content = z.object({
    ratings: Ratings,
    summary: z.string(),
    recommendation: Recommendation.nullable(),
  });
  return {
    key: localCopyKey(staffId, submissionId),
    schema: content.transform((stored) => contentOf(rubric, stored)),
    save: async (revision, written, keepalive) =>
      told(await api.saveReview(submissionId, { revision, ...written }, { keepalive })),
    load: async () => told(await api.startReview(submissionId)),
    conflict: "review_conflict",
    locked: "review_locked",
  };
}
