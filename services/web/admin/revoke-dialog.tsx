import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { BoardItem } from "../../shared/contracts/admin.ts";
import { api } from "../api-client/client.ts";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { ErrorState } from "../ui/states.tsx";
import { showToast } from "../ui/toast.tsx";
import { BOARD_KEY } from "./admin-api.ts";
import { revokeConsequence } from "./row-actions.ts";

export function RevokeDialog({ item, onClose }: { item: BoardItem; onClose: () => void }) {
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const revoking = useMutation({
    mutationFn: () => api.revokeInvitation(item.invitationId, { reason: reason.trim() }),
    onSuccess: () => {
      onClose();
      showToast({
        tone: "good",
        title: "Invitation revoked",
        text: `${item.candidateName} can no longer use the link.`,
      });
      void client.invalidateQueries({ queryKey: BOARD_KEY });
    },
  });
  const isWorking = item.attempt?.state === "running";
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Revoke the invitation of ${item.candidateName}?`}
      confirmLabel={isWorking ? "Revoke and discard the work" : "Revoke"}
      variant="danger"
      onConfirm={() => revoking.mutate()}
      isBusy={revoking.isPending}
      failure={revoking.error ? <ErrorState error={revoking.error} /> : null}
      data-testid="revoke-dialog"
    >
      <p data-testid="revoke-consequence">{revokeConsequence(item)} It cannot be undone.</p>
      <TextField
        label="Reason"
        description="For your own records; optional."
        maxLength={500}
        value={reason}
        onChange={setReason}
        className="mt-4"
        data-testid="revoke-reason"
      />
    </ConfirmDialog>
  );
}
