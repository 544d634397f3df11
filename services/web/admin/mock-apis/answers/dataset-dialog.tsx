import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button, LinkButton } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Select } from "../../../ui/field.tsx";
import { EmptyState, ErrorState, SkeletonText } from "../../../ui/states.tsx";
import { formatInstant } from "../../../ui/time-words.ts";
import {
  type Material,
  materialsQuery,
  materialVersionsQuery,
} from "../../assessments/composer/materials-api.ts";

export interface DatasetDialogProps {
  present: string | null;
  onChoose: (datasetVersionId: string) => void;
  onClose: () => void;
}

/** A dataset, and which of its versions. */
export function DatasetDialog({ present, onChoose, onClose }: DatasetDialogProps) {
  const datasets = useQuery(materialsQuery("dataset"));
  const [datasetId, setDatasetId] = useState<string | null>(null);
  const [versionId, setVersionId] = useState<string | null>(null);
  const items = datasets.data ?? [];
  const chosen =
    items.find(({ id }) => id === datasetId) ??
    items.find(({ latestVersionId }) => latestVersionId === present) ??
    null;
  const version = versionId ?? chosen?.latestVersionId ?? null;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="medium"
      title="Choose the data"
      data-testid="dataset-dialog"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={version === null}
            onPress={() => version && onChoose(version)}
            data-testid="dataset-choose"
          >
            Use it
          </Button>
        </>
      }
    >
      {datasets.error ? (
        <ErrorState error={datasets.error} onRetry={() => void datasets.refetch()} />
      ) : datasets.isPending ? (
        <SkeletonText lines={3} label="Loading the datasets" />
      ) : items.length === 0 ? (
        <EmptyState
          title="No dataset is published yet"
          actions={<LinkButton href="/admin/datasets">Go to datasets</LinkButton>}
        >
          Upload one and publish a version of it; then come back here.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4 text-ink">
          <Select
            label="Dataset"
            options={items.map(({ id, title, note }) => ({ value: id, label: title, description: note }))}
            value={chosen?.id ?? null}
            onChange={(id) => {
              setDatasetId(id);
              setVersionId(null);
            }}
            data-testid="dataset-select"
          />
          {chosen ? <VersionSelect dataset={chosen} value={version} onChange={setVersionId} /> : null}
        </div>
      )}
    </Dialog>
  );
}

interface VersionSelectProps {
  dataset: Material;
  value: string | null;
  onChange: (versionId: string) => void;
}

function VersionSelect({ dataset, value, onChange }: VersionSelectProps) {
  const versions = useQuery(materialVersionsQuery("dataset", dataset.id));
  const known = versions.data ?? [
    { id: dataset.latestVersionId, number: dataset.latestNumber, createdAt: null },
  ];
  return (
    <Select
      label="Version"
      description="It is pinned: later versions change nothing here."
      options={known.map(({ id, number, createdAt }, index) => ({
        value: id,
        label: `Version ${number}${index === 0 ? ", the latest" : ""}`,
        ...(createdAt ? { description: formatInstant(createdAt) } : {}),
      }))}
      value={value}
      onChange={onChange}
      error={versions.error ? "The older versions could not be loaded." : null}
    />
  );
}
