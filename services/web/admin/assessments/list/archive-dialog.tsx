import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../api-client/client.ts";
import { ConfirmDialog } from "../../../ui/dialog.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { showToast } from "../../../ui/toast.tsx";

export interface ArchiveDialogProps {
  assessmentId: string;
  title: string;
  onClose: () => void;
}

export function ArchiveDialog({ assessmentId, title, onClose }: ArchiveDialogProps) {
  const client = useQueryClient();
  const archiving = useMutation({
    mutationFn: () => api.archiveAssessment(assessmentId),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["admin", "assessments"] });
      showToast({ tone: "good", title: `“${title}” is archived` });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Archive “${title}”?`}
      confirmLabel="Archive"
      onConfirm={() => archiving.mutate()}
      isBusy={archiving.isPending}
      failure={archiving.error ? <ErrorState error={archiving.error} /> : null}
      data-testid="archive-dialog"
    >
      <p>
        It leaves the lists, and nobody can be invited to it. Whoever has an invitation can still take it, and
        everything submitted stays. You can take it out again at any time.
      </p>
    </ConfirmDialog>
  );
}
