import { ExternalLink, PanelRightClose, PanelRightOpen, RotateCw, SquareArrowOutUpRight } from "lucide-react";
import type { AttemptView } from "../../../shared/contracts/candidate.ts";
import { TopBar } from "../../ui/app-shell.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Countdown, useServerNow } from "../../ui/countdown.tsx";
import { agoWords, formatInstant } from "../../ui/time-words.ts";

export interface WorkspaceBarProps {
  title: string;
  attempt: AttemptView;
  offsetMs: number;
  /** No editor on this screen: only what works without it. */
  narrow: boolean;
  panelOpen: boolean;
  onTogglePanel: () => void;
  onReload: () => void;
  onOpenTab: () => void;
  onPreview: () => void;
  onSubmit: () => void;
}

export function WorkspaceBar({ title, attempt, offsetMs, narrow, ...rest }: WorkspaceBarProps) {
  return (
    <TopBar
      wide
      compactMark
      actions={
        <>
          {narrow ? null : <EditorActions {...rest} />}
          <Button
            size="small"
            variant="primary"
            onPress={rest.onSubmit}
            isDisabled={attempt.pausedAt !== null}
            data-testid="submit"
          >
            Submit
          </Button>
        </>
      }
    >
      <h1 className="hidden min-w-0 truncate font-[620] md:block">{title}</h1>
      <div className="flex shrink-0 items-center gap-4">
        {attempt.deadlineAt ? (
          <TimeLeft deadlineAt={attempt.deadlineAt} pausedAt={attempt.pausedAt} offsetMs={offsetMs} />
        ) : null}
        {narrow ? null : <SavedAgo lastSavedAt={attempt.lastSavedAt} offsetMs={offsetMs} />}
      </div>
    </TopBar>
  );
}

interface TimeLeftProps {
  deadlineAt: string;
  pausedAt: string | null;
  offsetMs: number;
}

function TimeLeft({ deadlineAt, pausedAt, offsetMs }: TimeLeftProps) {
  return (
    <p
      className="inline-flex items-baseline gap-1.5 rounded-md border border-transparent py-0.5 whitespace-nowrap has-data-urgent:border-danger-line has-data-urgent:bg-danger-soft has-data-urgent:px-2.5"
      title={pausedAt ? "The clock stands still" : `Ends ${formatInstant(deadlineAt, true)}`}
    >
      <Countdown
        deadlineAt={deadlineAt}
        stoppedAt={pausedAt}
        offsetMs={offsetMs}
        className="text-[1.133rem]"
      />
      <span className="text-[0.867rem] text-ink-soft">{pausedAt ? "left, paused" : "left"}</span>
    </p>
  );
}

function SavedAgo({ lastSavedAt, offsetMs }: { lastSavedAt: string | null; offsetMs: number }) {
  const now = useServerNow(offsetMs, 1000);
  return (
    <p
      className="hidden text-[0.867rem] whitespace-nowrap text-ink-soft lg:block"
      title="We save your files whenever they change. Nothing for you to do."
      data-testid="saved-ago"
    >
      {lastSavedAt ? `Saved ${agoWords(now - Date.parse(lastSavedAt))}` : "Saves by itself"}
    </p>
  );
}

type EditorActionsProps = Pick<
  WorkspaceBarProps,
  "panelOpen" | "onTogglePanel" | "onReload" | "onOpenTab" | "onPreview"
>;

function EditorActions({ panelOpen, onTogglePanel, onReload, onOpenTab, onPreview }: EditorActionsProps) {
  return (
    <>
      <IconButton label="Reload the editor" size="small" onPress={onReload} data-testid="reload-editor">
        <RotateCw aria-hidden size={16} />
      </IconButton>
      <IconButton
        label="Open the editor in its own tab"
        size="small"
        onPress={onOpenTab}
        data-testid="editor-tab"
      >
        <SquareArrowOutUpRight aria-hidden size={15} />
      </IconButton>
      <Button
        size="small"
        variant="quiet"
        onPress={onTogglePanel}
        aria-expanded={panelOpen}
        aria-controls="task-panel"
        data-testid="toggle-panel"
      >
        {panelOpen ? <PanelRightClose aria-hidden size={16} /> : <PanelRightOpen aria-hidden size={16} />}
        {panelOpen ? "Hide task" : "Show task"}
      </Button>
      <Button size="small" onPress={onPreview} data-testid="preview">
        <ExternalLink aria-hidden size={15} /> Preview
      </Button>
    </>
  );
}
