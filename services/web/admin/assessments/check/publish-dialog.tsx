import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../../api-client/client.ts";
import { ConfirmDialog } from "../../../ui/dialog.tsx";
import { TextArea } from "../../../ui/field.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { assessmentQuery, loadDraft } from "../assessments-api.ts";
import type { Composer } from "../composer/use-composer.ts";

export interface PublishDialogProps {
  composer: Composer;
  assessmentId: string;
  /** What the new version will be called. */
  number: number;
  onClose: () => void;
  onPublished: () => void;
}

export function PublishDialog({ composer, assessmentId, number, onClose, onPublished }: PublishDialogProps) {
  const client = useQueryClient();
  const [note, setNote] = useState("");
  const publishing = useMutation({
    mutationFn: async () => {
      const revision = await composer.draft.flush();
      return api.publishAssessmentDraft(assessmentId, { revision, changeNote: note });
    },
    onSuccess: async (published) => {
      await client.invalidateQueries({ queryKey: assessmentQuery(assessmentId).queryKey });
      void client.invalidateQueries({ queryKey: ["admin", "assessment-versions"] });
      void loadDraft(assessmentId).then(composer.see, () => undefined);
      showToast({
        tone: "good",
        title: `Version ${published.number} is published`,
        text: "Candidates can be invited to it.",
      });
      onClose();
      onPublished();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      size="medium"
      title={`Publish version ${number}?`}
      confirmLabel={`Publish version ${number}`}
      cancelLabel="Not yet"
      onConfirm={() => publishing.mutate()}
      isBusy={publishing.isPending}
      failure={publishing.error ? <ErrorState error={publishing.error} /> : null}
      data-testid="publish-dialog"
    >
      <p className="mb-4">
        It is frozen as it is: task, materials, rules and rubric. Reviews of it always use this rubric. Later
        changes become the next version.
      </p>
      <TextArea
        label="What changed, and why"
        description="For your colleagues; candidates never see it. You may leave it empty."
        rows={3}
        value={note}
        onChange={setNote}
        maxLength={2000}
        data-testid="change-note"
      />
    </ConfirmDialog>
  );
}
