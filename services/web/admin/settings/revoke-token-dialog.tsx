import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ApiTokenItem } from "../../../shared/contracts/api-token.ts";
import { api } from "../../api-client/client.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast.tsx";
import { tokensQuery } from "./settings-api.ts";

export function RevokeTokenDialog({ item, onClose }: { item: ApiTokenItem; onClose: () => void }) {
  const client = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => api.revokeApiToken(item.id),
    onSuccess: () => {
      onClose();
      showToast({ tone: "good", title: "Token revoked", text: `${item.name} has no access any more.` });
      void client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Revoke the token for ${item.name}?`}
      confirmLabel="Revoke"
      variant="danger"
      onConfirm={() => revoking.mutate()}
      isBusy={revoking.isPending}
      failure={revoking.error ? <ErrorState error={revoking.error} /> : null}
      data-testid="revoke-token-dialog"
    >
      <p>Its next request is refused. It cannot be undone; make a new token instead.</p>
    </ConfirmDialog>
  );
}
