import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { DatasetVersionView } from "../../../shared/contracts/dataset-studio.ts";
import { api } from "../../api-client/client.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Breadcrumbs } from "../../ui/breadcrumbs.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { formatCount } from "../../ui/chart-scale.ts";
import { Digest } from "../../ui/digest.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { type KeyValue, KeyValues } from "../../ui/key-values.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { formatBytes, formatInstant } from "../../ui/time-words.ts";
import { importQuery } from "./datasets-api.ts";
import { DATASETS_CRUMB } from "./page-states.tsx";
import { VersionFiles } from "./version-files.tsx";
import { VersionLineage } from "./version-lineage.tsx";
import { type VersionLook, VersionTables } from "./version-tables.tsx";

export interface VersionViewProps {
  version: DatasetVersionView;
  look: VersionLook;
  onLook: (look: VersionLook) => void;
}

/** One version, for good: where it comes from, what is in it, and who works with it. */
export function VersionView({ version, look, onLook }: VersionViewProps) {
  const { dataset } = version;
  useDocumentTitle(`Version ${version.number} · ${dataset.title}`);
  const treating = useTreatAgain(version);
  return (
    <div data-testid="version">
      <PageHeading
        eyebrow={
          <Breadcrumbs
            items={[DATASETS_CRUMB, { label: dataset.title, href: `/admin/datasets/${dataset.id}` }]}
          />
        }
        title={`Version ${version.number}`}
        lead={
          version.description ? (
            <span className="[overflow-wrap:anywhere]">{version.description}</span>
          ) : undefined
        }
        actions={
          version.profile ? (
            <Button
              onPress={() => treating.mutate()}
              isPending={treating.isPending}
              data-testid="treat-again"
            >
              Treat columns again
            </Button>
          ) : null
        }
      />
      {treating.error ? <ErrorState className="mt-6" error={treating.error} /> : null}
      <KeyValues layout="columns" className="mt-7 sm:gap-x-12" items={factsOf(version)} />
      <div className="mt-8 flex flex-col gap-6">
        <VersionTables version={version} look={look} onLook={onLook} />
        <VersionLineage version={version} />
        <VersionFiles version={version} />
        {version.card.trim() ? (
          <Card title="Data card">
            <Markdown text={version.card} />
          </Card>
        ) : null}
      </div>
    </div>
  );
}

function useTreatAgain(version: DatasetVersionView) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => api.startDatasetImport(version.dataset.id, { versionId: version.id }),
    onSuccess: (created) => {
      client.setQueryData(importQuery(created.id).queryKey, created);
      void navigate({
        to: "/admin/datasets/$datasetId/imports/$importId",
        params: { datasetId: version.dataset.id, importId: created.id },
      });
    },
  });
}

function factsOf(version: DatasetVersionView): KeyValue[] {
  return [
    { name: "Rows", value: formatCount(version.rows) },
    { name: "Tables", value: formatCount(version.tables) },
    { name: "Candidates get", value: formatBytes(version.bytes) },
    {
      name: "Published",
      value: (
        <>
          {formatInstant(version.createdAt)}
          {version.createdBy ? (
            <span className="font-normal text-ink-soft"> by {version.createdBy}</span>
          ) : null}
        </>
      ),
    },
    {
      name: "Digest",
      value: <Digest value={version.sha256} of={`version ${version.number}`} className="-my-1" />,
    },
    ...(version.licence ? [{ name: "Licence", value: version.licence }] : []),
  ];
}
