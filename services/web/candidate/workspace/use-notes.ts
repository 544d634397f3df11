import { useCallback, useEffect, useReducer, useRef } from "react";
import { candidateApi } from "../candidate-api.ts";
import { NO_NOTES, type NotesState, reduceNotes } from "./notes-autosave.ts";

const QUIET_MS = 1_000;
const RETRY_MS = 5_000;

export interface Notes {
  state: NotesState;
  edit: (text: string) => void;
  /** Saves at once. */
  save: () => void;
}

/** The notes to the reviewer: saved a second after the last key, again after a failure, and when the page goes. */
export function useNotes(invitationId: string, loaded: string | undefined): Notes {
  const [state, dispatch] = useReducer(reduceNotes, NO_NOTES);
  const latest = useRef(state);
  latest.current = state;

  useEffect(() => {
    if (loaded !== undefined) dispatch({ type: "loaded", text: loaded });
  }, [loaded]);

  const save = useCallback(() => {
    dispatch({ type: "sent" });
    candidateApi.saveNotes(invitationId, latest.current.text).then(
      ({ savedAt }) => dispatch({ type: "saved", at: savedAt }),
      () => dispatch({ type: "failed" }),
    );
  }, [invitationId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each key starts the wait anew
  useEffect(() => {
    if (state.status !== "dirty" && state.status !== "failed") return;
    const timer = setTimeout(save, state.status === "dirty" ? QUIET_MS : RETRY_MS);
    return () => clearTimeout(timer);
  }, [state.status, state.text, save]);

  useEffect(() => {
    const leave = () => {
      const { status, text } = latest.current;
      if (status !== "saved") candidateApi.saveNotes(invitationId, text, true).catch(() => {});
    };
    window.addEventListener("pagehide", leave);
    return () => window.removeEventListener("pagehide", leave);
  }, [invitationId]);

  return { state, edit: useCallback((text) => dispatch({ type: "edited", text }), []), save };
}
