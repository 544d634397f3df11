import { useCallback, useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { ProblemError } from "../api-client/problem-error.ts";
import {
  advanceDraft,
  type DraftEvent,
  type DraftState,
  localCopyOf,
  NOT_STARTED,
  openDraft,
  type ServerDraft,
  saveDelayMs,
} from "./draft-state.ts";
import { readLocalCopy, writeLocalCopy } from "./local-copy.ts";
import { useSaveTimer } from "./use-save-timer.ts";

/** How a kind of draft is kept: where in this browser, and by which calls. All functions must be stable. */
export interface DraftStore<Content> {
  /** Names the copy in this browser: one for each person and thing. */
  key: string;
  schema: z.ZodType<Content>;
  /** Rejects with `ProblemError`; the code `conflict` means that the revision is an old one, `locked` that none will do. */
  save: (revision: number, content: Content, keepalive: boolean) => Promise<ServerDraft<Content>>;
  /** What the server holds now; it makes a draft that is `NOT_STARTED`. */
  load: () => Promise<ServerDraft<Content>>;
  conflict: string;
  locked?: string;
}

export interface Draft<Content> {
  state: DraftState<Content>;
  content: Content;
  /** Why the last save failed. */
  error: ProblemError | null;
  edit: (change: (content: Content) => Content) => void;
  retry: () => void;
  settle: (keep: "mine" | "theirs") => void;
  /**
   * Saves what is unsaved and answers the revision the server then has.
   * Rejects with `ProblemError` when it could not, and with code `conflict` of the store when sides must be chosen.
   * Of a draft that is locked it answers the revision it was locked at.
   */
  flush: () => Promise<number>;
  /** Takes over what the server holds now, keeping what is unsaved here on top. */
  accept: (draft: ServerDraft<Content>) => void;
}

/** Keeps a draft saved: in this browser at once, on the server after a short pause. */
export function useDraft<Content>(initial: ServerDraft<Content>, store: DraftStore<Content>): Draft<Content> {
  const [state, setState] = useState(() =>
    openDraft(initial, readLocalCopy(localStorage, store.key, store.schema)),
  );
  const [error, setError] = useState<ProblemError | null>(null);
  // Ahead of the rendered state by at most one render, so that a chain of calls never acts on an old one.
  const latest = useRef(state);
  const underWay = useRef<Promise<void> | null>(null);
  const dispatch = useCallback((event: DraftEvent<Content>) => {
    latest.current = advanceDraft(latest.current, event);
    setState(latest.current);
  }, []);

  useEffect(() => writeLocalCopy(localStorage, store.key, localCopyOf(state)), [store.key, state]);

  const saveOnce = useCallback(
    async (keepalive: boolean): Promise<void> => {
      const { content, revision } = latest.current;
      dispatch({ type: "save_started" });
      try {
        // It may have been started in another tab, so what is there is joined with what is here before a save.
        if (revision === NOT_STARTED) return dispatch({ type: "save_refused", draft: await store.load() });
        dispatch({ type: "save_answered", draft: await store.save(revision, content, keepalive) });
        setError(null);
      } catch (cause) {
        const problem = ProblemError.from(cause);
        const isOutdated = problem.code === store.conflict || problem.code === store.locked;
        const theirs = isOutdated ? await store.load().catch(() => null) : null;
        if (theirs) return dispatch({ type: "save_refused", draft: theirs });
        setError(problem);
        dispatch({ type: "save_failed" });
        throw problem;
      }
    },
    [store, dispatch],
  );

  /** One save at a time: two with the same revision would make the second look like somebody else's. */
  const save = useCallback(
    (keepalive = false): Promise<void> => {
      underWay.current ??= saveOnce(keepalive).finally(() => {
        underWay.current = null;
      });
      return underWay.current;
    },
    [saveOnce],
  );

  useSaveTimer(saveDelayMs(state), state.content, save);

  const flush = useCallback(async (): Promise<number> => {
    const isAtRest = () => latest.current.phase === "saved" || latest.current.phase === "locked";
    for (let round = 0; round < 5 && !isAtRest(); round += 1) {
      if (latest.current.phase === "conflict") break;
      await save();
    }
    if (isAtRest()) return latest.current.revision;
    throw new ProblemError({
      type: "about:blank",
      status: 409,
      code: store.conflict,
      title: "Your last changes are not saved yet",
      hint: "Choose what to keep where both differ, then do this again.",
    });
  }, [save, store]);

  return {
    state,
    content: state.content,
    error: state.phase === "failed" ? error : null,
    edit: useCallback(
      (change) => dispatch({ type: "edited", content: change(latest.current.content) }),
      [dispatch],
    ),
    retry: useCallback(() => void save().catch(() => undefined), [save]),
    settle: useCallback((keep) => dispatch({ type: "collisions_settled", keep }), [dispatch]),
    accept: useCallback((draft) => dispatch({ type: "save_refused", draft }), [dispatch]),
    flush,
  };
}
