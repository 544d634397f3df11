import { ConfirmDialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/states.tsx";

export interface EndDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onEnd: () => void;
  isPending: boolean;
  error: unknown;
}

export function EndDialog({ isOpen, onClose, onEnd, isPending, error }: EndDialogProps) {
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title="End this run?"
      confirmLabel="End the run"
      cancelLabel="Go on"
      onConfirm={onEnd}
      isBusy={isPending}
      failure={error ? <ErrorState error={error} /> : null}
      data-testid="run-end-dialog"
    >
      The sandbox is removed with all that was changed in it. The submission stays as it is, and can be run
      again.
    </ConfirmDialog>
  );
}
