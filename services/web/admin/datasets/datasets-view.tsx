import { Database, Plus } from "lucide-react";
import { useState } from "react";
import type { DatasetItem } from "../../../shared/contracts/dataset-studio.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button, TextLink } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { formatCount } from "../../ui/chart-scale.ts";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { EmptyState, ErrorState, Skeleton } from "../../ui/states.tsx";
import { formatBytes, formatInstant, plural } from "../../ui/time-words.ts";
import { FirstDataset } from "./first-dataset.tsx";
import { ImportBadge } from "./import-badge.tsx";

export interface DatasetsViewProps {
  items: readonly DatasetItem[] | null;
  shows: "current" | "archived";
  onShow: (shows: "current" | "archived") => void;
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
          <DatasetList items={items} shows={shows} onShow={props.onShow} />
        )}
      </div>
    </>
  );
}

function DatasetList({
  items,
  shows,
  onShow,
}: Pick<DatasetsViewProps, "shows" | "onShow"> & { items: readonly DatasetItem[] }) {
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const found = items.filter((item) => `${item.title} ${item.description}`.toLowerCase().includes(wanted));
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <Segmented
          label="Which datasets to show"
          value={shows}
          onChange={onShow}
          options={[
            { value: "current", label: "Current" },
            { value: "archived", label: "Archived" },
          ]}
        />
        <SearchField
          label="Search datasets"
          placeholder="Find a dataset"
          value={search}
          onChange={setSearch}
          className="w-full sm:ml-auto sm:w-64"
        />
      </div>
      <Card padding="none">
        {found.length === 0 ? (
          <EmptyState
            icon={<Database aria-hidden size={28} />}
            title={wanted === "" ? "Nothing is archived" : "No dataset is called that"}
          >
            {wanted === "" ? "What you archive keeps its versions and is found here." : "Try another word."}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {found.map((item) => (
              <DatasetRow key={item.id} item={item} />
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

function DatasetRow({ item }: { item: DatasetItem }) {
  const latest = item.latestVersion;
  return (
    <li
      className="flex flex-wrap items-start justify-between gap-x-8 gap-y-2 px-5 py-4"
      data-testid="dataset-row"
    >
      <div className="min-w-0 flex-1 basis-64">
        <h2 className="text-[1.067rem] font-[620] [overflow-wrap:anywhere]">
          <TextLink
            href={`/admin/datasets/${item.id}`}
            className="text-ink no-underline data-hovered:text-accent data-hovered:underline"
          >
            {item.title}
          </TextLink>
        </h2>
        {item.description ? (
          <p className="mt-0.5 line-clamp-2 text-[0.933rem] text-ink-soft [overflow-wrap:anywhere]">
            {item.description}
          </p>
        ) : null}
      </div>
      <div className="flex flex-col items-start gap-1 text-[0.9rem] text-ink-soft sm:items-end sm:text-right">
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
          <TextLink
            href={`/admin/datasets/${item.id}/imports/${item.openImport.id}`}
            className="no-underline"
          >
            <ImportBadge state={item.openImport.state} />
          </TextLink>
        ) : null}
      </div>
    </li>
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
