import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button, type ButtonVariant, IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** Buttons at the foot, the main one last. */
  footer?: ReactNode;
  size?: "small" | "medium" | "large";
  /** Escape and a click outside do nothing while something cannot be interrupted. */
  isBusy?: boolean;
  role?: "dialog" | "alertdialog";
  "data-testid"?: string;
}

const WIDTHS = { small: "max-w-md", medium: "max-w-xl", large: "max-w-3xl" };

/** A modal dialog: traps focus, closes on Escape, gives focus back. */
export function Dialog({
  isOpen,
  onClose,
  title,
  children,
  footer,
  size = "small",
  isBusy,
  ...rest
}: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!isBusy && rest.role !== "alertdialog"}
      isKeyboardDismissDisabled={Boolean(isBusy)}
      className="fixed inset-0 z-50 flex items-end justify-center overflow-y-auto bg-veil p-3 sm:items-center sm:p-6"
    >
      <Modal className={classNames("w-full", WIDTHS[size])}>
        <AriaDialog
          role={rest.role ?? "dialog"}
          data-testid={rest["data-testid"]}
          className="flex max-h-[calc(100dvh-1.5rem)] flex-col rounded-2xl border border-line bg-surface outline-none"
        >
          <header className="flex items-start justify-between gap-4 px-6 pt-5 pb-2">
            <Heading slot="title" className="text-[1.2rem] leading-snug font-[640]">
              {title}
            </Heading>
            <IconButton
              label="Close"
              size="small"
              className="-mt-1 -mr-2"
              onPress={onClose}
              isDisabled={isBusy}
            >
              <X aria-hidden size={18} />
            </IconButton>
          </header>
          <div className="overflow-y-auto px-6 pb-5 text-ink-soft">{children}</div>
          {footer ? (
            <footer className="flex flex-col-reverse gap-2 border-t border-line px-6 py-4 sm:flex-row sm:justify-end">
              {footer}
            </footer>
          ) : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmDialogProps extends Omit<DialogProps, "footer" | "role"> {
  confirmLabel: string;
  cancelLabel?: string;
  variant?: Extract<ButtonVariant, "primary" | "danger">;
  onConfirm: () => void;
  /** What went wrong with the confirmed action, above the buttons. */
  failure?: ReactNode;
}

/** Asks before something that cannot be undone. Nothing but its buttons and Escape closes it. */
export function ConfirmDialog({
  confirmLabel,
  cancelLabel = "Cancel",
  variant = "primary",
  ...rest
}: ConfirmDialogProps) {
  const { onConfirm, failure, children, ...dialog } = rest;
  const testId = rest["data-testid"];
  return (
    <Dialog
      {...dialog}
      role="alertdialog"
      footer={
        <>
          <Button onPress={rest.onClose} isDisabled={rest.isBusy} data-testid={testId && `${testId}-cancel`}>
            {cancelLabel}
          </Button>
          <Button
            variant={variant}
            onPress={onConfirm}
            isPending={rest.isBusy}
            data-testid={testId && `${testId}-confirm`}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
      {failure ? <div className="mt-4">{failure}</div> : null}
    </Dialog>
  );
}
