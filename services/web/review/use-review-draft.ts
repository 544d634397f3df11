import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Problem } from "../../shared/contracts/problem.ts";
import type { ReviewView } from "../../shared/contracts/review.ts";
import { api } from "../api-client/client.ts";
import { ProblemError } from "../api-client/problem-error.ts";
import { readLocalCopy, writeLocalCopy } from "../drafts/local-copy.ts";
import { useSaveTimer } from "../drafts/use-save-timer.ts";
import { localCopyKey, StoredContent } from "./local-copy.ts";
import {
  advanceDraft,
  type DraftEvent,
  type DraftState,
  localCopyOf,
  openDraft,
  saveDelayMs,
} from "./review-draft.ts";
import type { ReviewContent } from "./rubric-progress.ts";

/** Stands for a review that does not exist yet; the first save makes it. */
const NOT_STARTED: ReviewView = {
  id: "",
  state: "draft",
  ratings: {},
  summary: "",
  recommendation: null,
  revision: 0,
  updatedAt: "",
  submittedAt: null,
};

/** Submitting now would lock a review without what was typed last. */
const NOT_SAVED: Problem = {
  type: "about:blank",
  status: 409,
  code: "review_conflict",
  title: "Your last changes are not saved yet",
  hint: "Go on editing, choose what to keep above the rubric, then submit again.",
};

export interface ReviewDraft {
  state: DraftState;
  /** The review as the server last described it; null until the first save. */
  review: ReviewView | null;
  /** Why the last save failed. */
  error: ProblemError | null;
  edit: (content: ReviewContent) => void;
  retry: () => void;
  settle: (keep: "mine" | "theirs") => void;
  /** Saves what is unsaved, then submits. Rejects with `ProblemError`. */
  submit: () => Promise<void>;
}

/** Keeps a draft saved: in this browser at once, on the server after a short pause. */
export function useReviewDraft(
  staffId: string,
  submissionId: string,
  initial: ReviewView | null,
): ReviewDraft {
  const key = localCopyKey(staffId, submissionId);
  const [state, setState] = useState(() =>
    openDraft(initial ?? NOT_STARTED, readLocalCopy(localStorage, key, StoredContent)),
  );
  const [review, setReview] = useState(initial);
  const [error, setError] = useState<ProblemError | null>(null);
  // Ahead of the rendered state by at most one render, so that a chain of calls never acts on an old one.
  const latest = useRef(state);
  const dispatch = useCallback((event: DraftEvent) => {
    latest.current = advanceDraft(latest.current, event);
    setState(latest.current);
  }, []);
  const calls = useMemo(() => reviewCalls(submissionId), [submissionId]);

  useEffect(() => writeLocalCopy(localStorage, key, localCopyOf(state)), [key, state]);

  const save = useCallback(
    async (keepalive = false): Promise<ReviewView> => {
      const { content, revision } = latest.current;
      dispatch({ type: "save_started" });
      try {
        if (revision === 0) {
          const started = await calls.open();
          setReview(started);
          dispatch({ type: "save_refused", review: started });
          return started;
        }
        const saved = await calls.save(revision, content, keepalive);
        setReview(saved);
        setError(null);
        dispatch({ type: "save_answered", review: saved });
        return saved;
      } catch (cause) {
        const problem = ProblemError.from(cause);
        if (problem.code === "review_conflict" || problem.code === "review_locked") {
          const theirs = await calls.open().catch(() => null);
          if (theirs) {
            setReview(theirs);
            dispatch({ type: "save_refused", review: theirs });
            return theirs;
          }
        }
        setError(problem);
        dispatch({ type: "save_failed" });
        throw problem;
      }
    },
    [calls, dispatch],
  );

  useSaveTimer(saveDelayMs(state), state.content, save);

  const submit = useCallback(async () => {
    for (let round = 0; round < 4 && latest.current.phase !== "saved"; round += 1) {
      if (latest.current.phase === "conflict" || latest.current.phase === "locked") break;
      await save();
    }
    if (latest.current.phase === "locked") return;
    if (latest.current.phase !== "saved") throw new ProblemError(NOT_SAVED);
    const submitted = await calls.submit(latest.current.revision);
    setReview(submitted);
    dispatch({ type: "submitted", review: submitted });
  }, [calls, dispatch, save]);

  return {
    state,
    review,
    error: state.phase === "failed" ? error : null,
    edit: useCallback((content) => dispatch({ type: "edited", content }), [dispatch]),
    retry: useCallback(() => void save().catch(() => undefined), [save]),
    settle: useCallback((keep) => dispatch({ type: "collisions_settled", keep }), [dispatch]),
    submit,
  };
}

function reviewCalls(submissionId: string) {
  return {
    /** Starts my review, or returns it as it stands. */
    open: () => api.startReview(submissionId),
    save: (revision: number, content: ReviewContent, keepalive: boolean) =>
      api.saveReview(submissionId, { revision, ...content }, { keepalive }),
    submit: (revision: number) => api.submitReview(submissionId, { revision }),
  };
}
