import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { DatasetDetail } from "../../../shared/contracts/dataset-studio.ts";
import { api, type UpdateDatasetRequestInput } from "../../api-client/client.ts";
import { showToast } from "../../ui/toast.tsx";
import { ArchiveDialog } from "../archiving.tsx";
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
export function ArchiveDatasetDialog(props: DatasetDialogProps) {
  const { dataset } = props;
  const isArchived = dataset.archivedAt !== null;
  const updating = useUpdate(props, isArchived ? "Brought back" : "Archived");
  return (
    <ArchiveDialog
      title={dataset.title}
      isArchived={isArchived}
      onConfirm={() => updating.mutate({ archived: !isArchived })}
      onClose={props.onClose}
      isPending={updating.isPending}
      error={updating.error}
    >
      {isArchived
        ? "It can be chosen for assessments and get new versions again."
        : "It can no longer be chosen for new assessments. Assessments that use one of its versions keep it, and you can bring it back at any time."}
    </ArchiveDialog>
  );
}
