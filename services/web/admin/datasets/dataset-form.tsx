import { useState } from "react";
import { TextArea, TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";

export interface DatasetWords {
  title: string;
  description: string;
}

export interface DatasetFormDialogProps {
  heading: string;
  confirmLabel: string;
  initial: DatasetWords;
  isBusy: boolean;
  failure: unknown;
  onSave: (words: DatasetWords) => void;
  onClose: () => void;
}

/** What a dataset is called, and what it is. */
export function DatasetFormDialog(props: DatasetFormDialogProps) {
  const [words, setWords] = useState(props.initial);
  const [isTried, setTried] = useState(false);
  const title = words.title.trim();
  const save = () => {
    setTried(true);
    if (title !== "") props.onSave({ title, description: words.description.trim() });
  };
  return (
    <FormDialog
      name="dataset"
      size="medium"
      title={props.heading}
      confirmLabel={props.confirmLabel}
      onClose={props.onClose}
      onSubmit={save}
      isPending={props.isBusy}
      error={props.failure}
    >
      <TextField
        label="Name"
        description="Only staff see it. For example “Support tickets 2025”."
        autoFocus
        maxLength={200}
        value={words.title}
        onChange={(value) => setWords({ ...words, title: value })}
        error={isTried && title === "" ? "Give it a name." : undefined}
        data-testid="dataset-title"
      />
      <TextArea
        label="What it is"
        description="Optional. Where it comes from and what it may be used for."
        rows={3}
        maxLength={5000}
        value={words.description}
        onChange={(value) => setWords({ ...words, description: value })}
        data-testid="dataset-description"
      />
    </FormDialog>
  );
}
