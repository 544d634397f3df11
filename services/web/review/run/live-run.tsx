import { AppWindow, ExternalLink, RotateCw } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Run } from "../../../shared/contracts/run.ts";
import { ProblemError } from "../../api-client/problem-error.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { showToast } from "../../ui/toast.tsx";
import { openWorkspaceTab } from "../../workspace/open-workspace-tab.ts";
import { PreviewDialog } from "../../workspace/preview-dialog.tsx";
import type { RequestLink } from "../../workspace/use-workspace-link.ts";
import { WorkspaceFrame } from "../../workspace/workspace-frame.tsx";
import { useIsWide } from "./use-is-wide.ts";

export interface LiveRunProps {
  run: Run;
  requestLink: RequestLink;
  modelUse: ReactNode;
}

/** Editor and terminal, and beside them what else there is to do. On a phone only the latter. */
export function LiveRun({ run, requestLink, modelUse }: LiveRunProps) {
  const [isPreviewing, setPreviewing] = useState(false);
  const [generation, setGeneration] = useState(0);
  const isWide = useIsWide();
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col" data-testid="run-live">
      {isWide ? (
        <section aria-label="Editor" className="relative min-w-0 flex-1">
          <WorkspaceFrame
            requestLink={requestLink}
            attemptId={run.id}
            sandboxState="ready"
            generation={generation}
            title="The run: code editor and terminal"
          />
        </section>
      ) : (
        <Banner flush title="The editor needs a larger screen" data-testid="run-too-narrow">
          Open this page on a computer to use the editor and the terminal.
        </Banner>
      )}
      <aside
        aria-label="About this run"
        className="flex min-h-0 flex-col gap-6 overflow-y-auto bg-page px-4 py-5 max-md:flex-1 md:w-[21rem] md:shrink-0 md:border-l md:border-line"
      >
        <div className="flex flex-wrap gap-2">
          <Button size="small" onPress={() => setPreviewing(true)} data-testid="run-preview">
            <AppWindow aria-hidden size={15} /> Preview the app
          </Button>
          <Button
            size="small"
            onPress={() => void openWorkspaceTab(requestLink, "ide").catch(sayWhy)}
            data-testid="run-open-tab"
          >
            <ExternalLink aria-hidden size={15} /> Editor in a new tab
          </Button>
          {isWide ? (
            <Button size="small" variant="quiet" onPress={() => setGeneration((count) => count + 1)}>
              <RotateCw aria-hidden size={15} /> Reload the editor
            </Button>
          ) : null}
        </div>
        <p className="text-[0.867rem] text-ink-soft">
          Files are as the candidate left them: names in them are not replaced here.
        </p>
        {modelUse}
      </aside>
      <PreviewDialog
        requestLink={requestLink}
        title="Preview the app"
        isOpen={isPreviewing}
        onClose={() => setPreviewing(false)}
      />
    </div>
  );
}

function sayWhy(failure: unknown): void {
  const { title, hint } = ProblemError.from(failure).problem;
  showToast({ tone: "danger", title, text: hint });
}
