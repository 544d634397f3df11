import { useState } from "react";
import type { RunModels } from "../../../shared/contracts/run.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { formatUsd } from "../../ui/money-words.ts";
import { NumberField } from "../../ui/number-field.tsx";
import { ErrorState } from "../../ui/states.tsx";

export interface SpendingDialogProps {
  models: RunModels;
  onClose: () => void;
  onAllow: (usd: number) => void;
  isPending: boolean;
  error: unknown;
}

/** A cent, but for budgets that are smaller. */
const LEAST_USD = 0.01;

/** What new requests may cost in all. */
export function SpendingDialog({ models, onClose, onAllow, isPending, error }: SpendingDialogProps) {
  const { ceilingUsd, spending } = models;
  const [usd, setUsd] = useState<number | null>(spending?.limitUsd ?? ceilingUsd);
  const leastUsd = Math.min(LEAST_USD, ceilingUsd);
  const wrong = usd === null || usd < leastUsd || usd > ceilingUsd;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isBusy={isPending}
      title="Allow spending in this run"
      data-testid="run-spending-dialog"
      footer={
        <>
          <Button onPress={onClose} isDisabled={isPending}>
            Cancel
          </Button>
          <Button
            variant="primary"
            isDisabled={wrong}
            isPending={isPending}
            onPress={() => usd !== null && onAllow(usd)}
            data-testid="run-spending-confirm"
          >
            Allow up to {usd === null || wrong ? "…" : formatUsd(usd)}
          </Button>
        </>
      }
    >
      <p className="mb-3">
        From then on, requests that are not on the record go to the models of the assessment, as the
        candidate's did, and your company pays for them: up to this amount in all, and never more. Answers on
        the record stay free.
      </p>
      {spending ? <p className="mb-3">Spent so far: {formatUsd(spending.spentUsd)}.</p> : null}
      <NumberField
        label="At most"
        description={`The candidate's own programs had ${formatUsd(ceilingUsd)}, which is the most a run can have.`}
        unit="US dollars"
        value={usd}
        onChange={setUsd}
        step={0.01}
        error={wrong ? `From ${formatUsd(leastUsd)} to ${formatUsd(ceilingUsd)}.` : undefined}
        data-testid="run-spending-usd"
      />
      {error ? <ErrorState error={error} className="mt-4" /> : null}
    </Dialog>
  );
}
