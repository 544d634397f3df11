import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { DatasetImportView } from "../../../shared/contracts/dataset-studio.ts";
import { api } from "../../api-client/client.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { importQuery } from "./datasets-api.ts";
import { ReadAgainButton } from "./read-again.tsx";

/** What can be done with the import as a whole. */
export function ImportActions({ view }: { view: DatasetImportView }) {
  const [isAsking, setAsking] = useState(false);
  const isOpen = ["waiting", "profiling", "ready"].includes(view.state);
  if (!isOpen) return null;
  const hasText = view.profile?.tables.some(({ reading }) => reading !== null) ?? false;
  return (
    <>
      {view.state === "ready" && hasText && view.files.length > 0 ? (
        <ReadAgainButton view={view} label="Read differently" />
      ) : null}
      <Button size="small" onPress={() => setAsking(true)} data-testid="cancel-import">
        Cancel the import
      </Button>
      {isAsking ? <CancelDialog importId={view.id} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function CancelDialog({ importId, onClose }: { importId: string; onClose: () => void }) {
  const client = useQueryClient();
  const cancelling = useMutation({
    mutationFn: () => api.cancelDatasetImport(importId),
    onSuccess: (view) => {
      client.setQueryData(importQuery(importId).queryKey, view);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title="Cancel this import?"
      confirmLabel="Cancel the import"
      cancelLabel="Go on with it"
      variant="danger"
      onConfirm={() => cancelling.mutate()}
      isBusy={cancelling.isPending}
      failure={cancelling.error ? <ErrorState error={cancelling.error} /> : null}
      data-testid="cancel-dialog"
    >
      Its files would have to be uploaded again. Published versions are not touched.
    </ConfirmDialog>
  );
}
