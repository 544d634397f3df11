import { type FormEvent, type ReactNode, useId } from "react";
import { Form } from "react-aria-components";
import { Button } from "./button.tsx";
import { Dialog, type DialogProps } from "./dialog.tsx";
import { ErrorState } from "./states.tsx";

export interface FormDialogProps extends Pick<DialogProps, "title" | "size" | "onClose"> {
  /** Fields, one below the other. */
  children: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  /** There is nothing to confirm yet. */
  isConfirmDisabled?: boolean;
  onSubmit: () => void;
  /** What was submitted is on its way. */
  isPending?: boolean;
  /** Why it failed. */
  error?: unknown;
  /** Of the dialog, `<name>-dialog`, and of its main button, `<name>-confirm`. */
  name: string;
}

/** A dialog that asks for something: fields, and two buttons. Enter in a field submits. */
export function FormDialog(props: FormDialogProps) {
  const formId = useId();
  const { onClose, isPending = false } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isBusy={isPending}
      size={props.size}
      title={props.title}
      data-testid={`${props.name}-dialog`}
      footer={
        <>
          <Button onPress={onClose} isDisabled={isPending}>
            {props.cancelLabel ?? "Cancel"}
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isPending={isPending}
            isDisabled={props.isConfirmDisabled}
            data-testid={`${props.name}-confirm`}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit} validationBehavior="aria" className="flex flex-col gap-5 text-ink">
        {props.children}
        {props.error ? <ErrorState error={props.error} /> : null}
      </Form>
    </Dialog>
  );
}
