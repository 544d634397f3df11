import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextArea } from "../../ui/field.tsx";
import { ErrorState } from "../../ui/states.tsx";
import type { Notes } from "./use-notes.ts";

export interface SubmitDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onSubmit: () => void;
  isPending: boolean;
  error: unknown;
  notes: Notes;
  /** For example `1 hour 5 minutes left`. */
  remaining: string;
}

export function SubmitDialog({
  isOpen,
  onClose,
  onSubmit,
  isPending,
  error,
  notes,
  remaining,
}: SubmitDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Submit your work?"
      size="medium"
      role="alertdialog"
      isBusy={isPending}
      data-testid="submit-dialog"
      footer={
        <>
          <Button onPress={onClose} isDisabled={isPending} data-testid="submit-cancel">
            Keep working
          </Button>
          <Button variant="primary" onPress={onSubmit} isPending={isPending} data-testid="submit-confirm">
            Submit
          </Button>
        </>
      }
    >
      <ul className="mb-5 list-disc space-y-1.5 pl-5 marker:text-ink-faint">
        <li>
          Everything in <code className="font-mono text-[0.87rem] text-ink">/workspace</code> is archived as
          it is now, with its timeline and your notes. Save open files first.
        </li>
        <li>
          The workspace closes at once. This cannot be undone; you still have{" "}
          {remaining.replace(/ left$/, "")}.
        </li>
        <li>You get a signed receipt and can download what you made.</li>
      </ul>
      <TextArea
        label="Notes to the reviewer"
        description="Optional. How to run it, what you decided, what you would do next."
        value={notes.state.text}
        onChange={notes.edit}
        maxLength={20_000}
        rows={6}
        data-testid="submit-notes"
      />
      {error ? <ErrorState error={error} className="mt-4" /> : null}
    </Dialog>
  );
}
