import { type FormEvent, useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { ErrorState } from "../../ui/states.tsx";

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
  const formId = useId();
  const [words, setWords] = useState(props.initial);
  const [isTried, setTried] = useState(false);
  const title = words.title.trim();
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (title !== "") props.onSave({ title, description: words.description.trim() });
  };
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      isBusy={props.isBusy}
      size="medium"
      title={props.heading}
      data-testid="dataset-dialog"
      footer={
        <>
          <Button onPress={props.onClose} isDisabled={props.isBusy}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isPending={props.isBusy}
            data-testid="dataset-save"
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={save} noValidate className="flex flex-col gap-4 text-ink">
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
        {props.failure ? <ErrorState error={props.failure} /> : null}
      </form>
    </Dialog>
  );
}
