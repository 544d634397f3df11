import { useCallback, useMemo, useState } from "react";
import type { ReviewView, SubmissionView } from "../../shared/contracts/review.ts";
import { api } from "../api-client/client.ts";
import { ProblemError } from "../api-client/problem-error.ts";
import { type Draft, useDraft } from "../drafts/use-draft.ts";
import { reviewStore, serverDraftOf } from "./review-draft.ts";
import type { ReviewContent } from "./rubric-progress.ts";

export interface ReviewDraft extends Draft<ReviewContent> {
  /** The review as the server last described it; null until the first save. */
  review: ReviewView | null;
  /** Saves what is unsaved, then submits: what was typed last is in what is locked. Rejects with `ProblemError`. */
  submit: () => Promise<void>;
}

export function useReviewDraft(staffId: string, submission: SubmissionView): ReviewDraft {
  const { submissionId, rubric } = submission;
  const [review, setReview] = useState(submission.review);
  const [initial] = useState(() => serverDraftOf(rubric, submission.review));
  const store = useMemo(
    () => reviewStore({ staffId, submissionId, rubric, onReview: setReview }),
    [staffId, submissionId, rubric],
  );
  const draft = useDraft(initial, store);
  const { flush, accept } = draft;
  const submit = useCallback(async () => {
    const revision = await flush();
    const submitted = await api.submitReview(submissionId, { revision }).catch((cause: unknown) => {
      // Submitted in another tab already.
      if (ProblemError.from(cause).code === store.locked) return api.startReview(submissionId);
      throw cause;
    });
    setReview(submitted);
    accept(serverDraftOf(rubric, submitted));
  }, [accept, flush, rubric, store, submissionId]);
  return { ...draft, review, submit };
}
