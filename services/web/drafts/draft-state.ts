import { type Collision, mergeDrafts, sameJson } from "./merge.ts";

/**
 * The life of a draft in the browser, without I/O: the hook beside it saves, waits and stores what this asks for.
 *
 * ```
 *          edit                 delay over             answered
 *  saved ───────► unsaved ────────────────► saving ──────────────► saved (or unsaved: edited meanwhile)
 *                    ▲                         ├─ no answer ──────► failed ── retry ──► saving
 *                    └────── both merged ──────┼─ other revision ─► conflict (only if one value has two)
 *                                              └─ locked meanwhile ► locked
 * ```
 */
export type DraftPhase = "saved" | "unsaved" | "saving" | "failed" | "conflict" | "locked";

/** Revision of a draft that does not exist on the server: no draft there has it. */
export const NOT_STARTED = 0;

/** A draft as the server holds it. */
export interface ServerDraft<Content> {
  revision: number;
  content: Content;
  /** ISO instant of the last save. */
  updatedAt: string;
  /** Nothing of it can be changed any more. */
  isLocked?: boolean;
}

export interface DraftState<Content> {
  phase: DraftPhase;
  content: Content;
  /** What the server is known to hold, at `revision`. */
  acknowledged: Content;
  revision: number;
  savedAt: string;
  /** What went out with the save under way. */
  inFlight: Content | null;
  /** Saves in a row that got no answer; the wait before the next grows with it. */
  failures: number;
  collisions: Collision[];
  /** What both sides started from, while `phase` is `conflict`. */
  base: Content | null;
  /** What was on screen when the conflict arose: whatever differs from it was typed since. */
  joined: Content | null;
}

export type DraftEvent<Content> =
  | { type: "edited"; content: Content }
  | { type: "save_started" }
  | { type: "save_answered"; draft: ServerDraft<Content> }
  | { type: "save_failed" }
  /** The server refused an old revision; `draft` is what it holds now. */
  | { type: "save_refused"; draft: ServerDraft<Content> }
  | { type: "collisions_settled"; keep: "mine" | "theirs" };

/** What a browser keeps of a draft until the server has it. */
export interface LocalCopy<Content> {
  revision: number;
  acknowledged: Content;
  content: Content;
}

/** Starts from the server's draft and, where the last visit left unsaved words behind, from those. */
export function openDraft<Content>(
  draft: ServerDraft<Content>,
  local: LocalCopy<Content> | null,
): DraftState<Content> {
  const state = atRest(draft);
  if (draft.isLocked || local === null || sameJson(local.content, state.content)) return state;
  return rebase({ ...state, acknowledged: local.acknowledged, content: local.content }, draft);
}

function atRest<Content>(draft: ServerDraft<Content>): DraftState<Content> {
  return {
    phase: draft.isLocked ? "locked" : "saved",
    content: draft.content,
    acknowledged: draft.content,
    revision: draft.revision,
    savedAt: draft.updatedAt,
    inFlight: null,
    failures: 0,
    collisions: [],
    base: null,
    joined: null,
  };
}

/** Puts unsaved changes on top of what the server holds now. */
function rebase<Content>(state: DraftState<Content>, draft: ServerDraft<Content>): DraftState<Content> {
  if (draft.isLocked) return atRest(draft);
  const base = state.base ?? state.acknowledged;
  const { content, collisions } = mergeDrafts(base, state.content, draft.content);
  const rebased: DraftState<Content> = { ...atRest(draft), content, collisions };
  if (collisions.length === 0) return { ...rebased, phase: restingPhase(rebased) };
  return { ...rebased, phase: "conflict", base, joined: content };
}

const restingPhase = <Content>(state: DraftState<Content>): "saved" | "unsaved" =>
  sameJson(state.content, state.acknowledged) ? "saved" : "unsaved";

export function advanceDraft<Content>(
  state: DraftState<Content>,
  event: DraftEvent<Content>,
): DraftState<Content> {
  if (state.phase === "locked") return state;
  switch (event.type) {
    case "edited":
      return withEdit(state, event.content);
    case "save_started":
      return { ...state, phase: "saving", inFlight: state.content };
    case "save_answered":
      return afterAnswer(state, event.draft);
    case "save_failed":
      return { ...state, phase: "failed", inFlight: null, failures: state.failures + 1 };
    case "save_refused":
      return rebase(state, event.draft);
    case "collisions_settled":
      return settle(state, event.keep);
  }
}

function settle<Content>(state: DraftState<Content>, keep: "mine" | "theirs"): DraftState<Content> {
  if (state.base === null || state.joined === null) return state;
  // What was typed since stays, except in a value that was asked about and is now theirs.
  const chosen = mergeDrafts(state.base, state.joined, state.acknowledged, keep).content;
  const { content } = mergeDrafts(state.joined, state.content, chosen, keep);
  const settled = { ...state, content, collisions: [], base: null, joined: null };
  return { ...settled, phase: restingPhase(settled) };
}

/** Typing never waits: while a save is under way, has failed or is refused, the words are kept all the same. */
function withEdit<Content>(state: DraftState<Content>, content: Content): DraftState<Content> {
  const edited = { ...state, content };
  if (state.phase === "saving" || state.phase === "conflict" || state.phase === "failed") return edited;
  return { ...edited, phase: restingPhase(edited) };
}

/**
 * The server may have tidied what it was sent (trimmed a title, say): its words count where nothing was typed since,
 * and what was typed since stays on top of them.
 */
function afterAnswer<Content>(state: DraftState<Content>, draft: ServerDraft<Content>): DraftState<Content> {
  const editedMeanwhile = state.inFlight !== null && !sameJson(state.content, state.inFlight);
  if (draft.isLocked || !editedMeanwhile) return atRest(draft);
  const { content } = mergeDrafts(state.inFlight as Content, state.content, draft.content);
  const answered = { ...atRest(draft), content };
  return { ...answered, phase: restingPhase(answered) };
}

/** How long to wait before the next save in milliseconds; null when there is nothing to save. */
export function saveDelayMs<Content>(state: DraftState<Content>): number | null {
  if (state.phase === "unsaved") return 800;
  if (state.phase === "failed") return Math.min(30_000, 1000 * 2 ** state.failures);
  return null;
}

/** What the browser has to keep; null once the server has it all. */
export function localCopyOf<Content>(state: DraftState<Content>): LocalCopy<Content> | null {
  if (sameJson(state.content, state.acknowledged)) return null;
  const { revision, acknowledged, content, base } = state;
  // Undecided collisions are still undecided after a reload.
  return { revision, acknowledged: base ?? acknowledged, content };
}
