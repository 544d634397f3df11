import { Ellipsis, Pencil } from "lucide-react";
import { useState } from "react";
import type { DatasetDetail } from "../../../shared/contracts/dataset-studio.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Banner } from "../../ui/banner.tsx";
import { Breadcrumbs } from "../../ui/breadcrumbs.tsx";
import { IconButton, LinkButton } from "../../ui/button.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { Menu } from "../../ui/menu.tsx";
import { archiveEntry } from "../archiving.tsx";
import { ArchiveDatasetDialog, EditDatasetDialog } from "./dataset-dialogs.tsx";
import { DatasetUpload } from "./dataset-upload.tsx";
import { ImportHistory } from "./import-history.tsx";
import { DATASETS_CRUMB } from "./page-states.tsx";
import { VersionList } from "./version-list.tsx";

/** One dataset: its versions, what is on the way to become one, and the way in for more. */
export function DatasetView({ dataset }: { dataset: DatasetDetail }) {
  useDocumentTitle(dataset.title);
  const open = dataset.imports.find(({ state }) =>
    ["waiting", "profiling", "ready", "publishing"].includes(state),
  );
  const isArchived = dataset.archivedAt !== null;
  return (
    <>
      <PageHeading
        eyebrow={<Breadcrumbs items={[DATASETS_CRUMB]} />}
        title={<span className="[overflow-wrap:anywhere]">{dataset.title}</span>}
        lead={
          dataset.description ? (
            <span className="whitespace-pre-line [overflow-wrap:anywhere]">{dataset.description}</span>
          ) : undefined
        }
        actions={<DatasetActions dataset={dataset} />}
      />
      <div className="mt-8 flex flex-col gap-6">
        {isArchived ? (
          <Banner title="This dataset is archived">
            Its versions stay with the assessments that use them. Bring it back to add another version.
          </Banner>
        ) : null}
        {open ? <OpenImport datasetId={dataset.id} item={open} /> : null}
        {dataset.versions.length > 0 ? (
          <VersionList datasetId={dataset.id} versions={dataset.versions} />
        ) : null}
        {isArchived ? null : <DatasetUpload datasetId={dataset.id} isFirst={dataset.versions.length === 0} />}
        {dataset.imports.length > 0 ? (
          <ImportHistory datasetId={dataset.id} imports={dataset.imports} />
        ) : null}
      </div>
    </>
  );
}

function OpenImport({ datasetId, item }: { datasetId: string; item: DatasetDetail["imports"][number] }) {
  const isReady = item.state === "ready";
  return (
    <Banner
      tone={isReady ? "warn" : "neutral"}
      title={isReady ? "An import is waiting for your choices" : "An import is under way"}
      actions={
        <LinkButton size="small" href={`/admin/datasets/${datasetId}/imports/${item.id}`}>
          {isReady ? "Choose and publish" : "Watch it"}
        </LinkButton>
      }
    >
      <span className="[overflow-wrap:anywhere]">
        {item.fileNames.join(", ") || "A version, treated again"}
      </span>
    </Banner>
  );
}

function DatasetActions({ dataset }: { dataset: DatasetDetail }) {
  const [open, setOpen] = useState<"edit" | "archive" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu
        label={`What can be done with ${dataset.title}`}
        trigger={
          <IconButton label="More" variant="secondary" data-testid="dataset-menu">
            <Ellipsis aria-hidden size={18} />
          </IconButton>
        }
        items={[
          { id: "edit", label: "Change name and description", icon: <Pencil aria-hidden size={15} /> },
          archiveEntry(dataset.archivedAt !== null),
        ]}
        onAction={(id) => setOpen(id as "edit" | "archive")}
      />
      {open === "edit" ? <EditDatasetDialog dataset={dataset} onClose={close} /> : null}
      {open === "archive" ? <ArchiveDatasetDialog dataset={dataset} onClose={close} /> : null}
    </>
  );
}
