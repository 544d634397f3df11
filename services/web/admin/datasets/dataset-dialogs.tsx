import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { DatasetDetail } from "../../../shared/contracts/dataset-studio.ts";
import { api, type UpdateDatasetRequestInput } from "../../api-client/client.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast.tsx";
import { DatasetFormDialog } from "./dataset-form.tsx";
import { datasetQuery } from "./datasets-api.ts";

interface DatasetDialogProps {
  dataset: Pick<DatasetDetail, "id" | "title" | "description" | "archivedAt">;
  onClose: () => void;
}

function useUpdate({ dataset, onClose }: DatasetDialogProps, said: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: UpdateDatasetRequestInput) => api.updateDataset(dataset.id, change),
    onSuccess: () => {
      onClose();
      showToast({ tone: "good", title: said });
      void client.invalidateQueries({ queryKey: datasetQuery(dataset.id).queryKey });
      void client.invalidateQueries({ queryKey: ["admin", "datasets"] });
    },
  });
}

export function EditDatasetDialog(props: DatasetDialogProps) {
  const updating = useUpdate(props, "Saved");
  return (
    <DatasetFormDialog
      heading="Name and description"
      confirmLabel="Save"
      initial={props.dataset}
      isBusy={updating.isPending}
      failure={updating.error}
      onSave={(words) => updating.mutate(words)}
      onClose={props.onClose}
    />
  );
}

/** Archives a dataset, or brings an archived one back. */
export function ArchiveDialog(props: DatasetDialogProps) {
  const { dataset } = props;
  const isArchived = dataset.archivedAt !== null;
  const updating = useUpdate(props, isArchived ? "Brought back" : "Archived");
  return (
    <ConfirmDialog
      isOpen
      onClose={props.onClose}
      title={isArchived ? `Bring ${dataset.title} back?` : `Archive ${dataset.title}?`}
      confirmLabel={isArchived ? "Bring back" : "Archive"}
      onConfirm={() => updating.mutate({ archived: !isArchived })}
      isBusy={updating.isPending}
      failure={updating.error ? <ErrorState error={updating.error} /> : null}
      data-testid="archive-dialog"
    >
      {isArchived
        ? "It can be chosen for assessments and get new versions again."
        : "It can no longer be chosen for new assessments. Assessments that use one of its versions keep it, and you can bring it back at any time."}
    </ConfirmDialog>
  );
}
