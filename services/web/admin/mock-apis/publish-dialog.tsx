import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { MockApiDetail } from "../../../shared/contracts/mock-api-studio.ts";
import { WEATHER_PRESETS } from "../../../shared/contracts/weather-words.ts";
import { sameJson } from "../../drafts/merge.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog, Dialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { plural } from "../../ui/time-words.ts";
import { showToast } from "../../ui/toast.tsx";
import { mockApiQuery, mockApisQuery, publishDraft } from "./mock-apis-api.ts";
import type { TabId } from "./tab-ids.ts";
import type { MockApiEditor } from "./use-mock-api-draft.ts";

export interface PublishDialogProps {
  detail: MockApiDetail;
  editor: MockApiEditor;
  onCheck: () => void;
  onGoTo: (tab: TabId) => void;
  onClose: () => void;
}

/** Makes a version of the draft, or says what is in the way. */
export function PublishDialog(props: PublishDialogProps) {
  return props.editor.checkState === "passed" ? <Confirm {...props} /> : <NotYet {...props} />;
}

function Confirm({ detail, editor, onGoTo, onClose }: PublishDialogProps) {
  const client = useQueryClient();
  const publishing = useMutation({
    mutationFn: async () => publishDraft(detail.id, await editor.draft.flush()),
    onSuccess: ({ version, mockApi }) => {
      onClose();
      onGoTo("versions");
      showToast({ tone: "good", title: `Version ${version.number} is published` });
      client.setQueryData(mockApiQuery(detail.id).queryKey, mockApi);
      void client.invalidateQueries({ queryKey: mockApisQuery.queryKey });
      void client.invalidateQueries({ queryKey: ["admin", "materials"] });
    },
  });
  const { view } = editor;
  const next = (detail.latestVersion?.number ?? 0) + 1;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Publish version ${next}?`}
      confirmLabel="Publish"
      onConfirm={() => publishing.mutate()}
      isBusy={publishing.isPending}
      failure={publishing.error ? <ErrorState error={publishing.error} /> : null}
      data-testid="publish-dialog"
    >
      <p>
        Assessments can use it from then on. A version never changes; you can publish another at any time.
      </p>
      <ul className="mt-3 list-disc pl-5">
        {contentsOf(editor).map((line) => (
          <li key={line} className="[overflow-wrap:anywhere]">
            {line}
          </li>
        ))}
      </ul>
      {view.report?.warnings ? (
        <p className="mt-3">
          The check has {view.report.warnings} {plural(view.report.warnings, "warning")}: they are on the
          Document tab.
        </p>
      ) : null}
    </ConfirmDialog>
  );
}

function contentsOf({ view }: MockApiEditor): string[] {
  const bound = view.operations.filter(({ answeredBy }) => answeredBy !== "document").length;
  const count = view.operations.length;
  const preset = WEATHER_PRESETS.find(({ weather }) => sameJson(weather, view.weather));
  const rules = view.weather.rules.length;
  return [
    `${count} ${plural(count, "operation")}, ${bound} of them on data`,
    view.dataset
      ? `Data: ${view.dataset.datasetTitle}, version ${view.dataset.number}`
      : "No dataset: everything is answered from examples and schemas",
    `Weather: ${preset ? preset.title : `${rules} ${plural(rules, "rule")} of your own`}`,
  ];
}

function NotYet({ editor, onCheck, onGoTo, onClose }: PublishDialogProps) {
  const gap = gapOf(editor);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Not ready to publish yet"
      data-testid="publish-gap"
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          {gap.way === "check" ? (
            <Button variant="primary" onPress={onCheck} data-testid="publish-check">
              Check now
            </Button>
          ) : gap.way === "document" ? (
            <Button
              variant="primary"
              onPress={() => {
                onClose();
                onGoTo("document");
              }}
            >
              Go to the document
            </Button>
          ) : null}
        </>
      }
    >
      <p role="status">{gap.words}</p>
    </Dialog>
  );
}

function gapOf({ view, draft, checkState }: MockApiEditor): {
  words: string;
  way: "check" | "document" | null;
} {
  if (draft.state.phase === "conflict")
    return {
      words: "The draft was changed elsewhere, too. Choose what to keep at the top of the page.",
      way: null,
    };
  if (!view.source && !view.document)
    return { words: "There is no document yet. Upload an OpenAPI document first.", way: "document" };
  if (checkState === "waiting")
    return {
      words: "The draft is being checked. This takes a few seconds; stay here or come back.",
      way: null,
    };
  if (checkState === "failed") {
    const errors = view.report?.errors ?? 0;
    return {
      words: `The check found ${errors} ${plural(errors, "error")}. Correct ${errors === 1 ? "it" : "them"}; the Document tab says where and how.`,
      way: "document",
    };
  }
  return {
    words: "The draft has changed since its last check. Only a checked draft is published.",
    way: "check",
  };
}
