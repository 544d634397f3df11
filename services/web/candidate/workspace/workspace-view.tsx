import { AppWindow, CirclePause, Hourglass } from "lucide-react";
import type { ReactNode } from "react";
import type { AttemptView } from "../../../shared/contracts/candidate.ts";
import { remainingMs } from "../../../shared/domain/clock.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { useServerNow } from "../../ui/countdown.tsx";
import { Overlay, WorkspaceFrame } from "../../workspace/workspace-frame.tsx";
import { candidateApi } from "../candidate-api.ts";
import { Splitter, usePanelWidth } from "./splitter.tsx";

export interface WorkspaceViewProps {
  invitationId: string;
  attempt: AttemptView;
  offsetMs: number;
  windowWidth: number;
  /** No editor: the screen is too small for it. */
  narrow: boolean;
  panelOpen: boolean;
  generation: number;
  elsewhere: boolean;
  onTakeOver: () => void;
  bar: ReactNode;
  banners: ReactNode;
  panel: ReactNode;
}

/** Bar, editor, task panel. On a phone the panel is the page. */
export function WorkspaceView(props: WorkspaceViewProps) {
  const { narrow, panelOpen } = props;
  const width = usePanelWidth(props.windowWidth);
  return (
    <div className="flex h-dvh flex-col" data-testid="workspace">
      {props.bar}
      {props.banners}
      <main id="main" className={classNames("flex min-h-0 flex-1", narrow && "flex-col")}>
        {narrow ? (
          <Banner flush title="The editor needs a larger screen" data-testid="too-narrow">
            Open your link on a computer to write code. The brief, your notes and Submit work here too.
          </Banner>
        ) : (
          <div className={classNames("relative min-w-0 flex-1", width.dragging && "pointer-events-none")}>
            <Editor {...props} />
          </div>
        )}
        {!narrow && panelOpen ? <Splitter panel={width} /> : null}
        <aside
          id="task-panel"
          aria-label="Task"
          hidden={!narrow && !panelOpen}
          style={narrow ? undefined : { width: width.width }}
          className={classNames(
            "min-h-0 flex-col bg-page",
            narrow ? "flex w-full flex-1" : panelOpen && "flex shrink-0",
          )}
        >
          {props.panel}
        </aside>
      </main>
    </div>
  );
}

function Editor({ invitationId, attempt, offsetMs, generation, elsewhere, onTakeOver }: WorkspaceViewProps) {
  const now = useServerNow(offsetMs);
  if (elsewhere)
    return (
      <Overlay
        icon={<AppWindow aria-hidden className="text-accent" />}
        title="Your workspace is open in another tab"
        testId="workspace-elsewhere"
        actions={
          <Button variant="primary" onPress={onTakeOver} data-testid="take-over">
            Use it here
          </Button>
        }
      >
        Two editors on one workspace get in each other's way. Go on in the other tab, or move it here.
      </Overlay>
    );
  const over = attempt.deadlineAt !== null && remainingMs(new Date(attempt.deadlineAt), new Date(now)) === 0;
  return (
    <>
      <WorkspaceFrame
        requestLink={(target) => candidateApi.workspaceLink(invitationId, "scored", target)}
        attemptId={attempt.id}
        sandboxState={attempt.sandboxState}
        title="Your workspace: code editor and terminal"
        generation={generation}
      />
      {attempt.pausedAt ? (
        <Overlay
          icon={<CirclePause aria-hidden className="text-accent" />}
          title="Your workspace is paused"
          testId="workspace-paused"
        >
          We had to stop it on our side. Nothing is lost and no time passes. Keep this page in sight: it goes
          on here as soon as we have put things right.
        </Overlay>
      ) : over ? (
        <Overlay
          icon={<Hourglass aria-hidden className="text-accent" />}
          title="The time is up"
          testId="time-up"
        >
          Your work is being saved and submitted for you. You need to do nothing.
        </Overlay>
      ) : null}
    </>
  );
}
