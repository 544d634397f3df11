import { useRef, useState } from "react";
import type { SubmissionEntry, SubmissionView } from "../../shared/contracts/review.ts";
import type { CodeViewHandle } from "./code/code-view.tsx";
import type { FileSettings } from "./file-pane.tsx";
import type { FoundReference, LineRange } from "./file-reference.ts";
import { findGaps, ratingOf } from "./rubric-progress.ts";
import type { ShortcutAction } from "./shortcuts.ts";
import type { useFileBrowser } from "./use-file-browser.ts";
import type { ReviewDraft } from "./use-review-draft.ts";

export type Pane = "files" | "code" | "review";
export type RoomDialog = "none" | "help" | "submit";

export interface RoomInputs {
  submission: SubmissionView;
  browser: ReturnType<typeof useFileBrowser>;
  draft: ReviewDraft;
  onOpen: (entry: SubmissionEntry) => void;
}

/** What is in front of the reader: pane, tab, dialog, criterion, lines; and the ways to move between them. */
export function useRoom({ submission, browser, draft, onOpen }: RoomInputs) {
  const { criteria } = submission.rubric;
  const [pane, setPane] = useState<Pane>("code");
  const [dialog, setDialog] = useState<RoomDialog>("none");
  const [tab, setTab] = useState("rubric");
  const [showGaps, setShowGaps] = useState(false);
  const [settings, setSettings] = useState<FileSettings>(FIRST_SETTINGS);
  const [lines, setLines] = useState<LineRange | null>(null);
  const [reveal, setReveal] = useState<(LineRange & { path: string }) | null>(null);
  const [criterionId, setCriterionId] = useState(criteria[0]?.id ?? "");
  const viewer = useRef<CodeViewHandle | null>(null);
  const filterInput = useRef<HTMLInputElement>(null);

  const openEntry = (entry: SubmissionEntry | null, at: LineRange | null = null) => {
    if (!entry) return;
    setReveal(at && { ...at, path: entry.path });
    setPane("code");
    onOpen(entry);
  };
  const follow = (reference: FoundReference) => {
    // Its lines are those of the whole text, which folded changes may hide.
    setSettings((before) => ({ ...before, showChanges: false }));
    openEntry(browser.byPath.get(reference.path) ?? null, reference);
  };
  const focusCriterion = (step: 1 | -1) => {
    const at = criteria.findIndex(({ id }) => id === criterionId);
    const next = criteria[Math.min(criteria.length - 1, Math.max(0, at + step))];
    if (!next) return;
    setTab("rubric");
    setCriterionId(next.id);
    cardOf(next.id)?.scrollIntoView({ block: "start", behavior: "smooth" });
  };
  const rate = (level: number) => {
    if (draft.state.phase === "locked" || tab !== "rubric") return;
    draft.edit((content) => {
      const rating = { ...ratingOf(content.ratings, criterionId), level };
      return { ...content, ratings: { ...content.ratings, [criterionId]: rating } };
    });
  };
  const askToSubmit = () => {
    if (findGaps(submission.rubric, draft.state.content).length === 0) return setDialog("submit");
    setShowGaps(true);
    setTab("rubric");
    setPane("review");
  };
  const focusFilter = () => {
    setPane("files");
    filterInput.current?.focus();
  };

  return {
    ...{ pane, setPane, dialog, setDialog, tab, setTab, showGaps, settings, setSettings },
    ...{ lines, setLines, reveal, criterionId, setCriterionId, viewer, filterInput },
    ...{ openEntry, follow, focusCriterion, rate, askToSubmit, focusFilter },
  };
}

export type Room = ReturnType<typeof useRoom>;

const FIRST_SETTINGS: FileSettings = { showChanges: true, wrap: false, foldUnchanged: true };

const cardOf = (criterionId: string) => document.querySelector(`[data-criterion="${criterionId}"]`);

type Browser = RoomInputs["browser"];

const ON_KEY: Record<Exclude<ShortcutAction["kind"], "rate">, (room: Room, browser: Browser) => void> = {
  next_file: (room, browser) => room.openEntry(browser.neighbour(1)),
  previous_file: (room, browser) => room.openEntry(browser.neighbour(-1)),
  next_change: (room) => room.viewer.current?.nextChange(),
  previous_change: (room) => room.viewer.current?.previousChange(),
  toggle_diff: (room) => room.setSettings((before) => ({ ...before, showChanges: !before.showChanges })),
  toggle_unchanged: (_room, { filter, setFilter }) =>
    setFilter({ ...filter, hideUnchanged: !filter.hideUnchanged }),
  focus_filter: (room) => room.focusFilter(),
  show_help: (room) => room.setDialog("help"),
  next_criterion: (room) => room.focusCriterion(1),
  previous_criterion: (room) => room.focusCriterion(-1),
  insert_reference: (room) =>
    cardOf(room.criterionId)?.querySelector<HTMLElement>("[data-insert-reference]")?.click(),
};

/** Does what a single key asks for. */
export function actOnShortcut(action: ShortcutAction, room: Room, browser: Browser): void {
  if (action.kind === "rate") room.rate(action.level);
  else ON_KEY[action.kind](room, browser);
}
