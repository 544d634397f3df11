import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ModelTreatmentRow } from "../../../../shared/contracts/models.ts";
import { api } from "../../../api-client/client.ts";
import { ConfirmDialog } from "../../../ui/dialog.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { durationWords, formatInstant } from "../../../ui/time-words.ts";
import { showToast } from "../../../ui/toast.tsx";
import { treatmentQuery } from "../assessments-api.ts";
import type { Outage } from "./outage-list.tsx";

export interface CreditDialogProps {
  assessmentId: string;
  versionId: string;
  row: ModelTreatmentRow;
  outage: Outage;
  onClose: () => void;
}

export function CreditDialog({ assessmentId, versionId, row, outage, onClose }: CreditDialogProps) {
  const client = useQueryClient();
  const refresh = () =>
    client.invalidateQueries({ queryKey: treatmentQuery(assessmentId, versionId).queryKey });
  const crediting = useMutation({
    mutationFn: () => api.creditOutage(row.attemptId, { from: outage.from }),
    onSuccess: ({ givenSec, deadlineAt }) => {
      onClose();
      const until = `${row.candidateName} now has until ${formatInstant(deadlineAt).slice(-5)}.`;
      showToast(
        givenSec > 0
          ? { tone: "good", title: `${durationWords(givenSec)} given back`, text: until }
          : { tone: "neutral", title: "It was given back already", text: until },
      );
      void refresh();
    },
    // What could not be credited has changed since the report was read.
    onError: () => void refresh(),
  });
  const words = durationWords(outage.uncreditedSec);
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      isBusy={crediting.isPending}
      title={`Give ${words} back to ${row.candidateName}?`}
      confirmLabel={`Give ${words} back`}
      onConfirm={() => crediting.mutate()}
      failure={crediting.error ? <ErrorState error={crediting.error} /> : null}
      data-testid="credit-dialog"
    >
      <p>
        The deadline moves by it at once, and the candidate is told that the models did not answer for a
        while. It cannot be taken back. Time that was given back for the same moments is not given twice.
      </p>
    </ConfirmDialog>
  );
}
