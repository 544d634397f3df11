import { useState } from "react";
import { api } from "../../../api-client/client.ts";
import { TextField } from "../../../ui/field.tsx";
import { FormDialog } from "../../../ui/form-dialog.tsx";
import { useNewAssessment } from "./use-new-assessment.ts";

export interface CloneDialogProps {
  assessmentId: string;
  title: string;
  /** The published version to start from; without one, the draft. */
  version?: { id: string; number: number };
  onClose: () => void;
}

/** A new assessment that starts as a copy. */
export function CloneDialog({ assessmentId, title, version, onClose }: CloneDialogProps) {
  const [name, setName] = useState(`${title} (copy)`.slice(0, 200));
  const [wasTried, setTried] = useState(false);
  const cloning = useNewAssessment(
    () =>
      api.cloneAssessment(assessmentId, {
        title: name.trim(),
        ...(version ? { assessmentVersionId: version.id } : {}),
      }),
    onClose,
  );
  const submit = () => {
    setTried(true);
    if (name.trim() !== "") cloning.mutate();
  };
  return (
    <FormDialog
      name="clone"
      title={version ? `Clone version ${version.number}` : "Clone the assessment"}
      confirmLabel="Clone"
      onClose={onClose}
      onSubmit={submit}
      isPending={cloning.isPending}
      error={cloning.error}
    >
      <p className="text-ink-soft">
        The copy is a draft of its own: nothing you change in it touches the original.
      </p>
      <TextField
        label="Title"
        value={name}
        onChange={setName}
        maxLength={200}
        autoFocus
        error={wasTried && name.trim() === "" ? "Give it a title." : null}
        data-testid="clone-title"
      />
    </FormDialog>
  );
}
