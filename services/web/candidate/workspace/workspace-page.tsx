import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AttemptView } from "../../../shared/contracts/candidate.ts";
import { remainingMs } from "../../../shared/domain/clock.ts";
import { ProblemError } from "../../api-client/problem-error.ts";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { spokenRemaining } from "../../ui/time-words.ts";
import { showToast } from "../../ui/toast.tsx";
import { openWorkspaceTab } from "../../workspace/open-workspace-tab.ts";
import { PreviewDialog } from "../../workspace/preview-dialog.tsx";
import type { RequestLink } from "../../workspace/use-workspace-link.ts";
import { candidateApi } from "../candidate-api.ts";
import type { ScreenProps } from "../candidate-page.tsx";
import { useWindowWidth } from "../lobby/system-check.ts";
import { MessageBanners } from "../message-banners.tsx";
import { SidePanel } from "./side-panel.tsx";
import { SubmitDialog } from "./submit-dialog.tsx";
import { useNotes } from "./use-notes.ts";
import { useOnlyTab } from "./use-only-tab.ts";
import { WorkspaceBanners } from "./workspace-banners.tsx";
import { WorkspaceBar } from "./workspace-bar.tsx";
import { WorkspaceView } from "./workspace-view.tsx";

/** Below this width there is no room for an editor. */
const EDITOR_WIDTH = 768;

export function WorkspacePage({ invitationId, live }: ScreenProps) {
  const { view, offsetMs, stream, accept } = live;
  const attempt = view.attempt as AttemptView;
  useDocumentTitle(view.lobby.title);
  const windowWidth = useWindowWidth();
  const narrow = windowWidth < EDITOR_WIDTH;
  const [panelOpen, setPanelOpen] = useState(true);
  const [dialog, setDialog] = useState<"preview" | "submit" | null>(null);
  const [generation, setGeneration] = useState(0);
  const { elsewhere, takeOver } = useOnlyTab(attempt.id);
  const task = useQuery({
    queryKey: ["candidate", invitationId, "task"],
    queryFn: ({ signal }) => candidateApi.task(invitationId, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const notes = useNotes(invitationId, task.data?.notesToReviewer);
  const requestLink: RequestLink = (target) => candidateApi.workspaceLink(invitationId, "scored", target);
  const submit = useMutation({
    mutationFn: () => candidateApi.submit(invitationId, notes.state.text),
    onSuccess: accept,
  });

  return (
    <>
      <WorkspaceView
        invitationId={invitationId}
        attempt={attempt}
        offsetMs={offsetMs}
        windowWidth={windowWidth}
        narrow={narrow}
        panelOpen={panelOpen}
        generation={generation}
        elsewhere={elsewhere}
        onTakeOver={takeOver}
        bar={
          <WorkspaceBar
            title={view.lobby.title}
            attempt={attempt}
            offsetMs={offsetMs}
            narrow={narrow}
            panelOpen={panelOpen}
            onTogglePanel={() => setPanelOpen((open) => !open)}
            onReload={() => setGeneration((count) => count + 1)}
            onOpenTab={() => void openWorkspaceTab(requestLink, "ide").catch(sayWhy)}
            onPreview={() => setDialog("preview")}
            onSubmit={() => setDialog("submit")}
          />
        }
        banners={
          <WorkspaceBanners
            messages={
              <MessageBanners flush invitationId={invitationId} messages={attempt.messages} onView={accept} />
            }
            attempt={attempt}
            offsetMs={offsetMs}
            stream={stream}
          />
        }
        panel={
          <SidePanel
            invitationId={invitationId}
            attempt={attempt}
            task={task}
            notes={notes}
            hasModels={view.lobby.offers.models.length > 0}
            isVisible={narrow || panelOpen}
          />
        }
      />
      <PreviewDialog
        requestLink={requestLink}
        title="Preview your app"
        isOpen={dialog === "preview"}
        onClose={() => setDialog(null)}
      />
      <SubmitDialog
        isOpen={dialog === "submit"}
        onClose={() => {
          setDialog(null);
          submit.reset();
        }}
        onSubmit={() => submit.mutate()}
        isPending={submit.isPending || submit.isSuccess}
        error={submit.error}
        notes={notes}
        remaining={timeLeft(attempt, offsetMs)}
      />
    </>
  );
}

function sayWhy(failure: unknown): void {
  const { title, hint } = ProblemError.from(failure).problem;
  showToast({ tone: "danger", title, text: hint });
}

function timeLeft(attempt: AttemptView, offsetMs: number): string {
  if (!attempt.deadlineAt) return "time left";
  return spokenRemaining(remainingMs(new Date(attempt.deadlineAt), new Date(Date.now() + offsetMs)));
}
