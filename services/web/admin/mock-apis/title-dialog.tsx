import { useState } from "react";
import { TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";

export interface TitleDialogProps {
  heading: string;
  confirmLabel: string;
  initial: string;
  isBusy: boolean;
  failure: unknown;
  onSave: (title: string) => void;
  onClose: () => void;
}

/** What a mock API is called. */
export function TitleDialog(props: TitleDialogProps) {
  const [title, setTitle] = useState(props.initial);
  const [isTried, setTried] = useState(false);
  const save = () => {
    setTried(true);
    if (title.trim() !== "") props.onSave(title.trim());
  };
  return (
    <FormDialog
      name="mock-api"
      title={props.heading}
      confirmLabel={props.confirmLabel}
      onClose={props.onClose}
      onSubmit={save}
      isPending={props.isBusy}
      error={props.failure}
    >
      <TextField
        label="Name"
        description="As your team calls it, for example Help desk API."
        autoComplete="off"
        maxLength={200}
        value={title}
        onChange={setTitle}
        error={isTried && title.trim() === "" ? "Enter a name." : null}
        data-testid="mock-api-title"
      />
    </FormDialog>
  );
}
