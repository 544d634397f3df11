import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api } from "../../api-client/client.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { plural } from "../../ui/time-words.ts";
import { type UploadItem, uploadIdOf } from "../../uploads/upload-item.ts";
import { UploadPanel } from "../../uploads/upload-panel.tsx";
import { useUploads } from "../../uploads/use-uploads.ts";
import { DATASET_ENDINGS, WhatCanBeBrought } from "./dataset-files.tsx";
import { datasetQuery, importQuery } from "./datasets-api.ts";

/** Files for a new version: uploaded here, then read together as one import. */
export function DatasetUpload({ datasetId, isFirst }: { datasetId: string; isFirst: boolean }) {
  const { session, items } = useUploads("dataset", `dataset:${datasetId}`);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [startsWhenStored, setStarts] = useState(false);
  const reading = useMutation({
    mutationFn: (uploadIds: string[]) =>
      api.startDatasetImport(datasetId, { files: uploadIds.map((uploadId) => ({ uploadId })) }),
    onSuccess: (created) => {
      session.release();
      client.setQueryData(importQuery(created.id).queryKey, created);
      void client.invalidateQueries({ queryKey: datasetQuery(datasetId).queryKey });
      void navigate({
        to: "/admin/datasets/$datasetId/imports/$importId",
        params: { datasetId, importId: created.id },
      });
    },
  });
  const uploadIds = items.flatMap((item) => (item.phase === "stored" ? (uploadIdOf(item) ?? []) : []));
  const areAllStored = items.length > 0 && uploadIds.length === items.length;
  const { mutate } = reading;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once, when the last file has arrived
  useEffect(() => {
    if (!startsWhenStored || !areAllStored) return;
    setStarts(false);
    mutate(uploadIds);
  }, [startsWhenStored, areAllStored]);

  return (
    <Card
      title={isFirst ? "Upload the data" : "Upload a new version"}
      description="Files that belong together go into one version: each becomes a table, or several."
    >
      <UploadPanel
        session={session}
        items={items}
        label="Files of the new version"
        title="Drop files here"
        accept={DATASET_ENDINGS}
        allowsMultiple
        isDisabled={reading.isPending}
      >
        <WhatCanBeBrought />
      </UploadPanel>
      {items.length > 0 ? (
        <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button
            variant="primary"
            isPending={reading.isPending}
            isDisabled={startsWhenStored}
            onPress={() => setStarts(true)}
            data-testid="read-files"
          >
            Read {items.length === 1 ? "the file" : `${items.length} files`}
          </Button>
          <p role="status" className="text-[0.9rem] text-ink-soft">
            {hintOf(items, startsWhenStored)}
          </p>
          {startsWhenStored ? (
            <Button size="small" variant="quiet" onPress={() => setStarts(false)}>
              Do not start by itself
            </Button>
          ) : null}
        </div>
      ) : null}
      {reading.error ? <ErrorState className="mt-4" error={reading.error} /> : null}
    </Card>
  );
}

function hintOf(items: readonly UploadItem[], startsWhenStored: boolean): string {
  if (items.some(({ phase }) => phase === "failed" || phase === "interrupted"))
    return "First finish or remove the files that are marked above.";
  const missing = items.filter(({ phase }) => phase !== "stored").length;
  if (missing === 0) return "Everything has arrived. Nothing reaches candidates until you publish.";
  if (startsWhenStored) return `Starts by itself once ${missing} more ${plural(missing, "file")} arrived.`;
  return "Press it now if you like: reading starts when everything has arrived.";
}
