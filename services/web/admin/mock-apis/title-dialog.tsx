import { type FormEvent, useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { ErrorState } from "../../ui/states.tsx";

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
  const formId = useId();
  const [title, setTitle] = useState(props.initial);
  const [isTried, setTried] = useState(false);
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (title.trim() !== "") props.onSave(title.trim());
  };
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      isBusy={props.isBusy}
      title={props.heading}
      data-testid="mock-api-dialog"
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
            data-testid="mock-api-save"
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={save} noValidate className="flex flex-col gap-4 text-ink">
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
        {props.failure ? <ErrorState error={props.failure} /> : null}
      </form>
    </Dialog>
  );
}
