import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type CreateDatasetRequestInput } from "../../api-client/client.ts";
import { DatasetFormDialog } from "./dataset-form.tsx";

export interface NewDatasetDialogProps {
  onClose: () => void;
  onCreated: (datasetId: string) => void;
}

export function NewDatasetDialog({ onClose, onCreated }: NewDatasetDialogProps) {
  const client = useQueryClient();
  const creating = useMutation({
    mutationFn: (body: CreateDatasetRequestInput) => api.createDataset(body),
    onSuccess: (dataset) => {
      void client.invalidateQueries({ queryKey: ["admin", "datasets"] });
      onCreated(dataset.id);
    },
  });
  return (
    <DatasetFormDialog
      heading="New dataset"
      confirmLabel="Create and upload"
      initial={{ title: "", description: "" }}
      isBusy={creating.isPending}
      failure={creating.error}
      onSave={(words) => creating.mutate(words)}
      onClose={onClose}
    />
  );
}
