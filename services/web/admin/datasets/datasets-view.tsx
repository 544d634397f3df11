import { Database, Plus } from "lucide-react";
import type { DatasetItem } from "../../../shared/contracts/dataset-studio.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button, TextLink } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { formatCount } from "../../ui/chart-scale.ts";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { ErrorState, Skeleton } from "../../ui/states.tsx";
import { formatBytes, formatInstant, plural } from "../../ui/time-words.ts";
import { LibraryList, type LibraryPart, LibraryRow } from "../library-list.tsx";
import { FirstDataset } from "./first-dataset.tsx";
import { ImportBadge } from "./import-badge.tsx";

export interface DatasetsViewProps {
  items: readonly DatasetItem[] | null;
  shows: LibraryPart;
  onShow: (shows: LibraryPart) => void;
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
  onAdd: () => void;
}

export function DatasetsView(props: DatasetsViewProps) {
  const { items, shows, error } = props;
  useDocumentTitle("Datasets");
  const isFirst = items?.length === 0 && shows === "current";
  return (
    <>
      <PageHeading
        title="Datasets"
        lead="Your own data, profiled and made safe, for candidates to work with and mock APIs to serve."
        actions={
          <Button variant="primary" onPress={props.onAdd} data-testid="new-dataset">
            <Plus aria-hidden size={17} />
            New dataset
          </Button>
        }
      />
      <div className="mt-8">
        {error && !items ? (
          <ErrorState error={error} onRetry={props.onRetry} isRetrying={props.isRetrying} />
        ) : items === null ? (
          <ListLoading />
        ) : isFirst ? (
          <FirstDataset onAdd={props.onAdd} onShowArchived={() => props.onShow("archived")} />
        ) : (
          <LibraryList
            noun={{ one: "dataset", many: "datasets" }}
            currentLabel="Current"
            shows={shows}
            onShow={props.onShow}
            items={items}
            textOf={({ title, description }) => `${title} ${description}`}
            icon={<Database aria-hidden size={28} />}
            emptyTitle="Nothing is archived"
          >
            {(item) => <DatasetRow key={item.id} item={item} />}
          </LibraryList>
        )}
      </div>
    </>
  );
}

function DatasetRow({ item }: { item: DatasetItem }) {
  const latest = item.latestVersion;
  return (
    <LibraryRow
      title={item.title}
      href={`/admin/datasets/${item.id}`}
      about={
        item.description ? (
          <p className="mt-0.5 line-clamp-2 text-[0.933rem] text-ink-soft">{item.description}</p>
        ) : null
      }
      data-testid="dataset-row"
    >
      {latest ? (
        <>
          <span className="text-ink">
            Version {latest.number} · {formatCount(latest.rows)} {plural(latest.rows, "row")} in{" "}
            {latest.tables} {plural(latest.tables, "table")}
          </span>
          <span>
            {formatBytes(latest.bytes)} · {formatInstant(latest.createdAt)}
          </span>
        </>
      ) : (
        <Badge>No version yet</Badge>
      )}
      {item.openImport ? (
        <TextLink href={`/admin/datasets/${item.id}/imports/${item.openImport.id}`} className="no-underline">
          <ImportBadge state={item.openImport.state} />
        </TextLink>
      ) : null}
    </LibraryRow>
  );
}

function ListLoading() {
  return (
    <div role="status">
      <span className="sr-only">Loading the datasets</span>
      <Skeleton className="mb-3 h-9 w-56" />
      <Card padding="none" className="divide-y divide-line">
        {["a", "b", "c", "d"].map((row) => (
          <div key={row} className="flex justify-between gap-8 px-5 py-5">
            <Skeleton className="h-5 w-64" />
            <Skeleton className="h-5 w-48" />
          </div>
        ))}
      </Card>
    </div>
  );
}
