import type { ReactNode } from "react";
import type { SubmissionTreeView } from "../../shared/contracts/review.ts";
import { DraftTrouble } from "../drafts/draft-trouble.tsx";
import { classNames } from "../ui/class-names.ts";
import { useDocumentTitle } from "../ui/document-title.ts";
import { Segmented } from "../ui/segmented.tsx";
import { nameOfPath, wordsOfValue } from "./draft-words.ts";
import { FilePane, type LoadedFile } from "./file-pane.tsx";
import { formatReference } from "./file-reference.ts";
import { fileKey } from "./file-tree.ts";
import { FilesPane } from "./files-pane.tsx";
import { NothingToRead } from "./nothing-to-read.tsx";
import { RoomHeader } from "./room-header.tsx";
import { ShortcutDialog } from "./shortcut-dialog.tsx";
import { SidePane } from "./side-pane.tsx";
import { SubmitDialog } from "./submit-dialog.tsx";
import { actOnShortcut, type Pane, type Room, type RoomInputs, useRoom } from "./use-room.ts";
import { useShortcuts } from "./use-shortcuts.ts";

export interface ReadingRoomProps extends RoomInputs {
  tree: SubmissionTreeView;
  loaded: LoadedFile;
}

const COLUMNS =
  "lg:grid-cols-[15.5rem_minmax(0,1fr)_25rem] xl:grid-cols-[17rem_minmax(0,1fr)_26rem] 2xl:grid-cols-[19rem_minmax(0,1fr)_32rem]";

/** Files, code and rubric side by side; on a phone one of them at a time. */
export function ReadingRoom(props: ReadingRoomProps) {
  const { submission, draft, browser } = props;
  const room = useRoom(props);
  useDocumentTitle(submission.codeName);
  useShortcuts((action) => actOnShortcut(action, room, browser));
  return (
    <>
      <RoomHeader
        submission={submission}
        draft={draft}
        onHelp={() => room.setDialog("help")}
        onSubmit={room.askToSubmit}
      />
      <PaneSwitch room={room} />
      <div className={classNames("grid min-h-0 flex-1 grid-rows-[minmax(0,1fr)]", COLUMNS)}>
        <Column name="Files" pane="files" room={room} className="border-r border-line">
          <Files {...props} room={room} />
        </Column>
        <Column name="Code" pane="code" room={room}>
          <Code {...props} room={room} />
        </Column>
        <Column name="Review" pane="review" room={room} className="border-l border-line">
          <Review {...props} room={room} />
        </Column>
      </div>
      <ShortcutDialog isOpen={room.dialog === "help"} onClose={() => room.setDialog("none")} />
      <SubmitDialog
        isOpen={room.dialog === "submit"}
        onClose={() => room.setDialog("none")}
        rubric={submission.rubric}
        draft={draft}
        codeName={submission.codeName}
      />
    </>
  );
}

function PaneSwitch({ room }: { room: Room }) {
  return (
    <div className="border-b border-line bg-surface p-2 lg:hidden">
      <Segmented
        label="What to show"
        value={room.pane}
        onChange={room.setPane}
        className="flex! [&>*]:flex-1 [&>*]:justify-center"
        options={[
          { value: "files", label: "Files" },
          { value: "code", label: "Code" },
          { value: "review", label: "Review" },
        ]}
      />
    </div>
  );
}

interface ColumnProps {
  name: string;
  pane: Pane;
  room: Room;
  className?: string;
  children: ReactNode;
}

function Column({ name, pane, room, className, children }: ColumnProps) {
  return (
    <section
      aria-label={name}
      className={classNames(
        "flex min-h-0 min-w-0 flex-col bg-surface",
        className,
        room.pane !== pane && "max-lg:hidden",
      )}
    >
      {children}
    </section>
  );
}

type PartProps = ReadingRoomProps & { room: Room };

function Files({ tree, browser, room }: PartProps) {
  return (
    <FilesPane
      tree={tree}
      nodes={browser.nodes}
      filter={browser.filter}
      onFilter={browser.setFilter}
      filterRef={room.filterInput}
      openKey={browser.open && fileKey(browser.open)}
      collapsed={browser.collapsed}
      onCollapsed={browser.setCollapsed}
      onOpen={(key) => room.openEntry(browser.byKey.get(key) ?? null)}
    />
  );
}

function Code({ browser, loaded, room }: PartProps) {
  const { open } = browser;
  if (!open) return <NothingToRead />;
  return (
    <FilePane
      entry={open}
      loaded={loaded}
      settings={room.settings}
      onSettings={room.setSettings}
      reveal={room.reveal?.path === open.path ? room.reveal : null}
      onSelectLines={room.setLines}
      viewer={room.viewer}
    />
  );
}

function Review({ submission, draft, browser, room }: PartProps) {
  return (
    <>
      <DraftTrouble
        draft={draft}
        changedElsewhere="This review was also changed in another tab or browser"
        flush
        nameOf={(path) => nameOfPath(path, submission.rubric)}
        wordsOf={wordsOfValue}
      />
      <SidePane
        submission={submission}
        draft={draft}
        tab={room.tab}
        onTab={room.setTab}
        criterionId={room.criterionId}
        onCriterion={room.setCriterionId}
        showGaps={room.showGaps}
        reference={browser.open && formatReference(browser.open.path, room.lines)}
        paths={browser.paths}
        onFollow={room.follow}
      />
    </>
  );
}
