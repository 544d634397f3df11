import { useState } from "react";
import type { RunView } from "../../../shared/contracts/run.ts";
import { Banner } from "../../ui/banner.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { EndDialog } from "./end-dialog.tsx";
import { LiveRun } from "./live-run.tsx";
import { ModelUse } from "./model-use.tsx";
import { RunHeader } from "./run-header.tsx";
import { Preparing, RunIntro } from "./run-intro.tsx";
import { SpendingDialog } from "./spending-dialog.tsx";
import type { RunControls } from "./use-run.ts";

export interface RunRoomProps {
  submissionId: string;
  view: RunView;
  controls: RunControls;
}

type OpenDialog = "none" | "end" | "spending";

/** A submission live: before, while and after it runs. */
export function RunRoom({ submissionId, view, controls }: RunRoomProps) {
  const { run } = view;
  const { query, start, end, allow, offsetMs, requestLink } = controls;
  const [dialog, setDialog] = useState<OpenDialog>("none");
  useDocumentTitle(`Run of ${view.codeName}`);
  const isOpen = run?.state === "preparing" || run?.state === "running";
  const models = run?.models ?? null;
  const closeDialog = () => {
    setDialog("none");
    end.reset();
    allow.reset();
  };
  return (
    <>
      <RunHeader
        submissionId={submissionId}
        codeName={view.codeName}
        run={run}
        offsetMs={offsetMs}
        onEnd={() => setDialog("end")}
      />
      {query.isRefetchError && isOpen ? (
        <Banner
          flush
          tone="warn"
          role="status"
          title="The state of the run is out of date"
          data-testid="run-stale"
        >
          The platform does not answer at the moment. This page tries again by itself.
        </Banner>
      ) : null}
      {run?.state === "running" ? (
        <LiveRun
          run={run}
          requestLink={requestLink}
          modelUse={models && <ModelUse models={models} onAllow={() => setDialog("spending")} />}
        />
      ) : run?.state === "preparing" ? (
        <Preparing />
      ) : (
        <RunIntro
          view={view}
          onStart={() => start.mutate()}
          isStarting={start.isPending}
          error={start.error}
          modelUse={models && <ModelUse models={models} isOver />}
        />
      )}
      <EndDialog
        isOpen={dialog === "end" && isOpen}
        onClose={closeDialog}
        isPending={end.isPending}
        error={end.error}
        onEnd={() => end.mutate(undefined, { onSuccess: closeDialog })}
      />
      {models && dialog === "spending" && isOpen ? (
        <SpendingDialog
          models={models}
          onClose={closeDialog}
          isPending={allow.isPending}
          error={allow.error}
          onAllow={(usd) => allow.mutate(usd, { onSuccess: closeDialog })}
        />
      ) : null}
    </>
  );
}
