import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api-client/client.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorState, SkeletonText } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast.tsx";
import { BOARD_KEY } from "../admin-api.ts";
import { DetailsView } from "./details-view.tsx";
import { EditForm } from "./edit-form.tsx";
import { detailsQuery, emailQuery } from "./invitations-api.ts";
import { ReinviteForm } from "./reinvite-form.tsx";

export interface DetailsDialogProps {
  invitationId: string;
  name: string;
  onClose: () => void;
}

/** All that belongs to one invitation, and what can be changed about it. */
export function DetailsDialog({ invitationId, name, onClose }: DetailsDialogProps) {
  const client = useQueryClient();
  const [mode, setMode] = useState<"read" | "edit" | "reinvite">("read");
  const details = useQuery({ ...detailsQuery(invitationId), refetchInterval: 10_000 });
  const email = useQuery(emailQuery);
  const resending = useMutation({
    mutationFn: () => api.sendInvitationEmail(invitationId, {}),
    onSuccess: (answer) => {
      client.setQueryData(detailsQuery(invitationId).queryKey, answer);
      showToast({ tone: "good", title: "The e-mail is on its way" });
    },
  });
  const changed = () => {
    setMode("read");
    void client.invalidateQueries({ queryKey: BOARD_KEY });
    void client.invalidateQueries({ queryKey: detailsQuery(invitationId).queryKey });
  };
  const isMailConfigured = email.data?.isConfigured ?? false;
  if (mode !== "read" && details.data) {
    const props = { details: details.data, onBack: () => setMode("read"), onDone: changed };
    return mode === "edit" ? (
      <EditForm {...props} />
    ) : (
      <ReinviteForm {...props} isMailConfigured={isMailConfigured} />
    );
  }
  return (
    <Dialog isOpen onClose={onClose} size="large" title={name} data-testid="details-dialog">
      {details.data ? (
        <DetailsView
          details={details.data}
          isMailConfigured={isMailConfigured}
          resend={{
            run: () => resending.mutate(),
            isPending: resending.isPending,
            error: resending.error,
          }}
          onEdit={() => setMode("edit")}
          onReinvite={() => setMode("reinvite")}
        />
      ) : details.error ? (
        <ErrorState error={details.error} onRetry={() => void details.refetch()} />
      ) : (
        <SkeletonText lines={8} label="Loading the invitation" />
      )}
    </Dialog>
  );
}
