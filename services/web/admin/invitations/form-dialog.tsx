import { type FormEvent, type ReactNode, useId } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/states.tsx";

export interface FormDialogProps {
  title: string;
  confirmLabel: string;
  cancelLabel?: string;
  onCancel: () => void;
  onSubmit: () => void;
  isPending: boolean;
  error: unknown;
  children: ReactNode;
  testId: string;
}

/** A dialog with a few fields and two buttons. */
export function FormDialog(props: FormDialogProps) {
  const formId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Dialog
      isOpen
      onClose={props.onCancel}
      isBusy={props.isPending}
      title={props.title}
      data-testid={props.testId}
      footer={
        <>
          <Button onPress={props.onCancel} isDisabled={props.isPending}>
            {props.cancelLabel ?? "Cancel"}
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isPending={props.isPending}
            data-testid={`${props.testId}-confirm`}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit} validationBehavior="aria" className="flex flex-col gap-4">
        {props.children}
        {props.error ? <ErrorState error={props.error} /> : null}
      </Form>
    </Dialog>
  );
}
