import { useMutation } from "@tanstack/react-query";
import { FileCode2 } from "lucide-react";
import { useState } from "react";
import { Banner } from "../../../ui/banner.tsx";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { ProgressBar } from "../../../ui/progress-bar.tsx";
import { formatBytes } from "../../../ui/time-words.ts";
import { LiveRegion } from "../../../ui/toast.tsx";
import { type DocumentSource, putDocument } from "../mock-apis-api.ts";
import type { TabId } from "../tab-ids.ts";
import type { MockApiEditor } from "../use-mock-api-draft.ts";
import { DocumentUpload } from "./document-upload.tsx";
import { OperationTable } from "./operation-table.tsx";
import { PasteDialog } from "./paste-dialog.tsx";
import { ReportCard } from "./report-card.tsx";

export interface DocumentTabProps {
  editor: MockApiEditor;
  onGoTo: (tab: TabId) => void;
}

/** The OpenAPI document: bringing it, what its check says, and what it describes. */
export function DocumentTab({ editor, onGoTo }: DocumentTabProps) {
  const { view, stream } = editor;
  const [isReplacing, setReplacing] = useState(false);
  const [isPasting, setPasting] = useState(false);
  const putting = useMutation({
    mutationFn: (source: DocumentSource) =>
      editor.act((revision) => putDocument(view.mockApiId, { revision, ...source })),
    onSuccess: () => {
      setReplacing(false);
      setPasting(false);
    },
  });
  const isFirst = view.source === null && view.document === null;
  const isWaiting = view.checkState === "waiting";
  return (
    <div className="flex flex-col gap-6">
      {isFirst || isReplacing ? (
        <DocumentUpload
          mockApiId={view.mockApiId}
          isFirst={isFirst}
          isPending={putting.isPending}
          failure={isPasting ? null : putting.error}
          onStored={(uploadId) => putting.mutateAsync({ uploadId })}
          onPaste={() => setPasting(true)}
          onCancel={() => setReplacing(false)}
        />
      ) : (
        <SourceRow
          editor={editor}
          onReplace={() => {
            putting.reset();
            setReplacing(true);
          }}
        />
      )}
      {isWaiting ? <CheckProgress isLost={stream === "lost"} /> : null}
      {view.report && !isWaiting ? (
        <ReportCard report={view.report} isOutdated={editor.checkState === "none"} onGoTo={onGoTo} />
      ) : null}
      {view.checkState === "failed" && view.document ? (
        <Banner title={`Still in the draft: ${view.document.title} ${view.document.version}`}>
          The document that passed last is the one you try and bind until the new one passes.
        </Banner>
      ) : null}
      {view.document ? <OperationTable document={view.document} operations={view.operations} /> : null}
      {isPasting ? (
        <PasteDialog
          isBusy={putting.isPending}
          failure={putting.error}
          onSave={(source) => putting.mutate(source)}
          onClose={() => setPasting(false)}
        />
      ) : null}
    </div>
  );
}

function SourceRow({ editor: { view }, onReplace }: { editor: MockApiEditor; onReplace: () => void }) {
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3" data-testid="document-source">
        <FileCode2 aria-hidden size={22} className="shrink-0 text-accent" />
        <div className="min-w-0 flex-1 basis-48">
          <p className="font-[620] [overflow-wrap:anywhere]">
            {view.source?.name ?? "Document of the latest version"}
          </p>
          <p className="text-[0.9rem] text-ink-soft">
            {view.source ? formatBytes(view.source.bytes) : "It was not uploaded here."}
            {view.updatedBy ? ` · draft last changed by ${view.updatedBy}` : ""}
          </p>
        </div>
        <Button onPress={onReplace} data-testid="replace-document">
          Replace
        </Button>
      </div>
    </Card>
  );
}

function CheckProgress({ isLost }: { isLost: boolean }) {
  return (
    <Card data-testid="check-progress">
      <ProgressBar label="Checking the draft" share={null} />
      <p className="mt-3 text-[0.9rem] text-ink-soft">
        {isLost
          ? "The live connection is lost; the page asks now and then instead."
          : "Read against the OpenAPI specification, then compiled as the gateway will serve it. Usually done in a second or two."}
      </p>
      <LiveRegion message="Checking the draft" />
    </Card>
  );
}
