import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { AssessmentImportView } from "../../../../shared/contracts/assessment-transfer.ts";
import { api } from "../../../api-client/client.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Banner } from "../../../ui/banner.tsx";
import { Button, LinkButton } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Spinner } from "../../../ui/spinner.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { uploadIdOf } from "../../../uploads/upload-item.ts";
import { UploadPanel } from "../../../uploads/upload-panel.tsx";
import { useUploads } from "../../../uploads/use-uploads.ts";
import { importQuery } from "../assessments-api.ts";

/** Brings in a file that another assessment was exported to. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const { session, items } = useUploads("assessment", "assessment-import");
  const starting = useMutation({ mutationFn: (uploadId: string) => api.importAssessment({ uploadId }) });
  const started = starting.data?.id ?? null;
  const progress = useQuery({ ...importQuery(started ?? ""), enabled: started !== null });
  const current = progress.data ?? starting.data ?? null;
  const stored = items.find(({ phase }) => phase === "stored");
  const isDone = current?.state === "done";

  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: ["admin", "assessments"] });
  }, [client, isDone]);

  const begin = () => {
    const uploadId = stored ? uploadIdOf(stored) : null;
    if (stored && uploadId) starting.mutate(uploadId, { onSuccess: () => session.release() });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="medium"
      title="Import an assessment"
      data-testid="import-dialog"
      footer={
        isDone && current.assessmentId ? (
          <>
            <Button onPress={onClose}>Close</Button>
            <LinkButton variant="primary" href={`/admin/assessments/${current.assessmentId}`}>
              Open the draft
            </LinkButton>
          </>
        ) : (
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button
              variant="primary"
              isDisabled={!stored || current !== null}
              isPending={starting.isPending}
              onPress={begin}
              data-testid="import-confirm"
            >
              Import
            </Button>
          </>
        )
      }
    >
      {current ? (
        <ImportProgress view={current} onAgain={() => starting.reset()} />
      ) : (
        <UploadPanel
          session={session}
          items={items}
          label="File to import"
          title="Drop an exported assessment here"
          accept={[".zip"]}
        >
          One .zip file with everything in it: task, rubric, files, datasets and mock APIs. It arrives as a
          draft; nothing is published by importing it.
        </UploadPanel>
      )}
      {starting.error ? <ErrorState error={starting.error} className="mt-4" /> : null}
      {progress.error ? <ErrorState error={progress.error} className="mt-4" /> : null}
    </Dialog>
  );
}

const KINDS = {
  dataset: "Dataset",
  mock_api: "Mock API",
  model: "Model",
  starter: "Files",
  assessment: "Assessment",
};
const OUTCOMES = {
  created: { tone: "good", words: "New" },
  reused: { tone: "neutral", words: "Was here already" },
  missing: { tone: "warn", words: "Not set up here" },
} as const;

function ImportProgress({ view, onAgain }: { view: AssessmentImportView; onAgain: () => void }) {
  if (view.state === "waiting") {
    return (
      <p role="status" className="flex items-center gap-2.5 py-6">
        <Spinner /> Reading {view.fileName} and checking every part of it…
      </p>
    );
  }
  if (view.state === "failed") {
    return (
      <Banner
        tone="danger"
        role="alert"
        title="This file could not be imported"
        data-testid="import-failed"
        actions={
          <Button size="small" onPress={onAgain}>
            Choose another file
          </Button>
        }
      >
        <ul className="list-disc pl-5">
          {view.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </Banner>
    );
  }
  return (
    <div data-testid="import-done">
      <Banner tone="good" role="status" title="Imported as a draft">
        Read it through, check it, and publish it when it is right.
      </Banner>
      <ul className="mt-4 divide-y divide-line rounded-lg border border-line">
        {view.parts.map((part) => (
          <li key={part.kind + part.title} className="flex items-center gap-3 px-4 py-2.5">
            <span className="w-24 shrink-0 text-[0.867rem] text-ink-faint">{KINDS[part.kind]}</span>
            <span className="min-w-0 flex-1 text-ink [overflow-wrap:anywhere]">{part.title}</span>
            <Badge tone={OUTCOMES[part.outcome].tone}>{OUTCOMES[part.outcome].words}</Badge>
          </li>
        ))}
      </ul>
    </div>
  );
}
