import { Plug, Plus } from "lucide-react";
import { useState } from "react";
import type { MockApiListItem } from "../../../shared/contracts/mock-api-studio.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button, TextLink } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { EmptyState, ErrorState, SkeletonText } from "../../ui/states.tsx";
import { formatInstant } from "../../ui/time-words.ts";
import { CheckBadge } from "./check-badge.tsx";
import { FirstMockApi } from "./first-mock-api.tsx";
import { publishedAs } from "./published-as.ts";

export interface MockApisViewProps {
  items: readonly MockApiListItem[] | null;
  shows: "current" | "archived";
  onShow: (shows: "current" | "archived") => void;
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
  onAdd: () => void;
}

export function MockApisView(props: MockApisViewProps) {
  useDocumentTitle("Mock APIs");
  const { items, error } = props;
  return (
    <>
      <PageHeading
        title="Mock APIs"
        lead="Your own API, from its OpenAPI description: with state, your data behind it, and the faults of the real one."
        actions={
          <Button variant="primary" onPress={props.onAdd} data-testid="new-mock-api">
            <Plus aria-hidden size={17} />
            New mock API
          </Button>
        }
      />
      <div className="mt-8">
        {items ? (
          items.length === 0 ? (
            <FirstMockApi onAdd={props.onAdd} />
          ) : (
            <MockApiRows {...props} items={items} />
          )
        ) : error ? (
          <ErrorState error={error} onRetry={props.onRetry} isRetrying={props.isRetrying} />
        ) : (
          <Card>
            <SkeletonText lines={6} label="Loading the mock APIs" />
          </Card>
        )}
      </div>
    </>
  );
}

function MockApiRows({ items, shows, onShow }: MockApisViewProps & { items: readonly MockApiListItem[] }) {
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const found = items.filter(
    (item) =>
      (item.archivedAt !== null) === (shows === "archived") && item.title.toLowerCase().includes(wanted),
  );
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <Segmented
          label="Which mock APIs to show"
          value={shows}
          onChange={onShow}
          options={[
            { value: "current", label: "In use" },
            { value: "archived", label: "Archived" },
          ]}
        />
        <SearchField
          label="Search mock APIs"
          placeholder="Find a mock API"
          value={search}
          onChange={setSearch}
          className="w-full sm:ml-auto sm:w-64"
          data-testid="mock-api-search"
        />
      </div>
      <Card padding="none">
        {found.length === 0 ? (
          <EmptyState
            icon={<Plug aria-hidden size={28} />}
            title={wanted === "" ? "There is none here" : "No mock API is called that"}
          >
            {wanted === "" ? "What you archive keeps its versions and is found here." : "Try another word."}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {found.map((item) => (
              <MockApiRow key={item.id} item={item} />
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

function MockApiRow({ item }: { item: MockApiListItem }) {
  const { latestVersion, draft } = item;
  const hasNews = draft !== null && publishedAs(latestVersion, draft.updatedAt) === null;
  return (
    <li
      className="flex flex-wrap items-start justify-between gap-x-8 gap-y-2 px-5 py-4"
      data-testid="mock-api-row"
    >
      <div className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
        <h2 className="text-[1.067rem] font-[620]">
          <TextLink
            href={`/admin/mock-apis/${item.id}`}
            className="text-ink no-underline data-hovered:text-accent data-hovered:underline"
          >
            {item.title}
          </TextLink>
        </h2>
        {draft?.sourceName ? <p className="text-[0.9rem] text-ink-soft">{draft.sourceName}</p> : null}
      </div>
      <div className="flex flex-col items-start gap-1 text-[0.9rem] text-ink-soft sm:items-end sm:text-right">
        {latestVersion ? (
          <span>
            <span className="text-ink">Version {latestVersion.number}</span> ·{" "}
            {formatInstant(latestVersion.createdAt)}
          </span>
        ) : (
          <Badge>No version yet</Badge>
        )}
        {hasNews && draft.checkState !== "none" ? <CheckBadge state={draft.checkState} /> : null}
      </div>
    </li>
  );
}
