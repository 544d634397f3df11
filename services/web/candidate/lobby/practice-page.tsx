import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { TopBar } from "../../ui/app-shell.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Countdown } from "../../ui/countdown.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { WorkspaceFrame } from "../../workspace/workspace-frame.tsx";
import { candidateApi } from "../candidate-api.ts";
import type { ScreenProps } from "../candidate-page.tsx";
import { rememberPractice } from "./practice-memory.ts";

/** The practice workspace over the whole window, one press away from the lobby. */
export function PracticePage({ invitationId, live, onLeave }: ScreenProps & { onLeave: () => void }) {
  useDocumentTitle("Practice");
  const practice = live.view.practice;
  const end = useMutation({
    mutationFn: () => candidateApi.endPractice(invitationId),
    onSuccess: (view) => {
      live.accept(view);
      onLeave();
    },
  });
  useEffect(() => rememberPractice(invitationId), [invitationId]);
  if (!practice) return null;

  return (
    <div className="flex h-dvh flex-col" data-testid="practice-workspace">
      <TopBar
        wide
        compactMark
        actions={
          <>
            <Button size="small" variant="quiet" onPress={() => end.mutate()} isPending={end.isPending}>
              End practice
            </Button>
            <Button size="small" onPress={onLeave} data-testid="practice-leave">
              <span>
                Back<span className="max-sm:sr-only"> to the lobby</span>
              </span>
            </Button>
          </>
        }
      >
        <h1 className="truncate font-[620]">Practice</h1>
        <span className="hidden sm:block">
          <Badge tone="good">Counts for nothing</Badge>
        </span>
        {practice.deadlineAt ? (
          <span className="hidden text-[0.933rem] text-ink-soft md:block">
            Closes in <Countdown deadlineAt={practice.deadlineAt} offsetMs={live.offsetMs} urgentSec={0} />
          </span>
        ) : null}
      </TopBar>
      <main id="main" className="relative min-h-0 flex-1">
        <WorkspaceFrame
          requestLink={(target) => candidateApi.workspaceLink(invitationId, "practice", target)}
          attemptId={practice.id}
          sandboxState={practice.sandboxState}
          title="Practice workspace: code editor and terminal"
        />
      </main>
    </div>
  );
}
