import { useRef, useState } from "react";
import type { SubmissionEntry, SubmissionTreeView, SubmissionView } from "../../shared/contracts/review.ts";
import { classNames } from "../ui/class-names.ts";
import { useDocumentTitle } from "../ui/document-title.ts";
import { Segmented } from "../ui/segmented.tsx";
import type { CodeViewHandle } from "./code/code-view.tsx";
import { DraftTrouble } from "./draft-trouble.tsx";
import { FilePane, type FileSettings, type LoadedFile } from "./file-pane.tsx";
import { type FoundReference, formatReference, type LineRange } from "./file-reference.ts";
import { fileKey } from "./file-tree.ts";
import { FilesPane } from "./files-pane.tsx";
import { NothingToRead } from "./nothing-to-read.tsx";
import { RoomHeader } from "./room-header.tsx";
import { findGaps, ratingOf } from "./rubric-progress.ts";
import { ShortcutDialog } from "./shortcut-dialog.tsx";
import type { ShortcutAction } from "./shortcuts.ts";
import { SidePane } from "./side-pane.tsx";
import { SubmitDialog } from "./submit-dialog.tsx";
import type { useFileBrowser } from "./use-file-browser.ts";
import type { ReviewDraft } from "./use-review-draft.ts";
import { useShortcuts } from "./use-shortcuts.ts";

export interface ReadingRoomProps {
  submission: SubmissionView;
  tree: SubmissionTreeView;
  browser: ReturnType<typeof useFileBrowser>;
  loaded: LoadedFile;
  draft: ReviewDraft;
  onOpen: (entry: SubmissionEntry) => void;
}

type Pane = "files" | "code" | "review";
type Dialog = "none" | "help" | "submit";

/** Files, code and rubric side by side; on a phone one of them at a time. */
export function ReadingRoom({ submission, tree, browser, loaded, draft, onOpen }: ReadingRoomProps) {
  useDocumentTitle(submission.codeName);
  const { rubric } = submission;
  const [pane, setPane] = useState<Pane>("code");
  const [dialog, setDialog] = useState<Dialog>("none");
  const [tab, setTab] = useState("rubric");
  const [showGaps, setShowGaps] = useState(false);
  const [settings, setSettings] = useState<FileSettings>({
    showChanges: true,
    wrap: false,
    foldUnchanged: true,
  });
  const [lines, setLines] = useState<LineRange | null>(null);
  const [reveal, setReveal] = useState<(LineRange & { path: string }) | null>(null);
  const [criterionId, setCriterionId] = useState(rubric.criteria[0]?.id ?? "");
  const viewer = useRef<CodeViewHandle | null>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  const { open } = browser;
  const isLocked = draft.state.phase === "locked";

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
    const at = rubric.criteria.findIndex(({ id }) => id === criterionId);
    const next = rubric.criteria[Math.min(rubric.criteria.length - 1, Math.max(0, at + step))];
    if (!next) return;
    setTab("rubric");
    setCriterionId(next.id);
    document
      .querySelector(`[data-criterion="${next.id}"]`)
      ?.scrollIntoView({ block: "start", behavior: "smooth" });
  };
  const act = (action: ShortcutAction) => {
    switch (action.kind) {
      case "next_file":
        return openEntry(browser.neighbour(1));
      case "previous_file":
        return openEntry(browser.neighbour(-1));
      case "next_change":
        return viewer.current?.nextChange();
      case "previous_change":
        return viewer.current?.previousChange();
      case "toggle_diff":
        return setSettings((before) => ({ ...before, showChanges: !before.showChanges }));
      case "toggle_unchanged":
        return browser.setFilter({ ...browser.filter, hideUnchanged: !browser.filter.hideUnchanged });
      case "focus_filter":
        setPane("files");
        return filterInput.current?.focus();
      case "show_help":
        return setDialog("help");
      case "next_criterion":
        return focusCriterion(1);
      case "previous_criterion":
        return focusCriterion(-1);
      case "rate":
        return isLocked || tab !== "rubric" ? undefined : rate(action.level);
      case "insert_reference":
        return document
          .querySelector<HTMLElement>(`[data-criterion="${criterionId}"] [data-insert-reference]`)
          ?.click();
    }
  };
  const rate = (level: number) => {
    const { content } = draft.state;
    const rating = { ...ratingOf(content.ratings, criterionId), level };
    draft.edit({ ...content, ratings: { ...content.ratings, [criterionId]: rating } });
  };
  useShortcuts(act);
  const askToSubmit = () => {
    if (findGaps(rubric, draft.state.content).length === 0) return setDialog("submit");
    setShowGaps(true);
    setTab("rubric");
    setPane("review");
  };
  const inPane = (name: Pane, className: string) =>
    classNames("flex min-h-0 min-w-0 flex-col bg-surface", className, pane !== name && "max-lg:hidden");

  return (
    <>
      <RoomHeader
        submission={submission}
        draft={draft}
        onHelp={() => setDialog("help")}
        onSubmit={askToSubmit}
      />
      <div className="border-b border-line bg-surface p-2 lg:hidden">
        <Segmented
          label="What to show"
          value={pane}
          onChange={setPane}
          className="flex! [&>*]:flex-1 [&>*]:justify-center"
          options={[
            { value: "files", label: "Files" },
            { value: "code", label: "Code" },
            { value: "review", label: "Review" },
          ]}
        />
      </div>
      <div className="grid min-h-0 flex-1 grid-rows-[minmax(0,1fr)] lg:grid-cols-[15.5rem_minmax(0,1fr)_25rem] xl:grid-cols-[17rem_minmax(0,1fr)_26rem] 2xl:grid-cols-[19rem_minmax(0,1fr)_32rem]">
        <section aria-label="Files" className={inPane("files", "border-r border-line")}>
          <FilesPane
            tree={tree}
            nodes={browser.nodes}
            filter={browser.filter}
            onFilter={browser.setFilter}
            filterRef={filterInput}
            openKey={open && fileKey(open)}
            collapsed={browser.collapsed}
            onCollapsed={browser.setCollapsed}
            onOpen={(key) => openEntry(tree.entries.find((entry) => fileKey(entry) === key) ?? null)}
          />
        </section>
        <section aria-label="Code" className={inPane("code", "")}>
          {open ? (
            <FilePane
              entry={open}
              loaded={loaded}
              settings={settings}
              onSettings={setSettings}
              reveal={reveal?.path === open.path ? reveal : null}
              onSelectLines={setLines}
              viewer={viewer}
            />
          ) : (
            <NothingToRead />
          )}
        </section>
        <section aria-label="Review" className={inPane("review", "border-l border-line")}>
          <DraftTrouble draft={draft} rubric={rubric} />
          <SidePane
            submission={submission}
            draft={draft}
            tab={tab}
            onTab={setTab}
            criterionId={criterionId}
            onCriterion={setCriterionId}
            showGaps={showGaps}
            reference={open && formatReference(open.path, lines)}
            paths={browser.paths}
            onFollow={follow}
          />
        </section>
      </div>
      <ShortcutDialog isOpen={dialog === "help"} onClose={() => setDialog("none")} />
      <SubmitDialog
        isOpen={dialog === "submit"}
        onClose={() => setDialog("none")}
        rubric={rubric}
        draft={draft}
        codeName={submission.codeName}
      />
    </>
  );
}
