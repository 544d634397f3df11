import { Plug, Plus } from "lucide-react";
import type { MockApiListItem } from "../../../shared/contracts/mock-api-studio.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { ErrorState, SkeletonText } from "../../ui/states.tsx";
import { formatInstant } from "../../ui/time-words.ts";
import { LibraryList, type LibraryPart, LibraryRow } from "../library-list.tsx";
import { CheckBadge } from "./check-badge.tsx";
import { FirstMockApi } from "./first-mock-api.tsx";
import { publishedAs } from "./published-as.ts";

export interface MockApisViewProps {
  items: readonly MockApiListItem[] | null;
  shows: LibraryPart;
  onShow: (shows: LibraryPart) => void;
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
  onAdd: () => void;
}

export function MockApisView(props: MockApisViewProps) {
  useDocumentTitle("Mock APIs");
  const { items, shows, error } = props;
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
            <LibraryList
              noun={{ one: "mock API", many: "mock APIs" }}
              currentLabel="In use"
              shows={shows}
              onShow={props.onShow}
              items={items.filter(({ archivedAt }) => (archivedAt !== null) === (shows === "archived"))}
              textOf={({ title }) => title}
              icon={<Plug aria-hidden size={28} />}
              emptyTitle="There is none here"
            >
              {(item) => <MockApiRow key={item.id} item={item} />}
            </LibraryList>
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

function MockApiRow({ item }: { item: MockApiListItem }) {
  const { latestVersion, draft } = item;
  const hasNews = draft !== null && publishedAs(latestVersion, draft.updatedAt) === null;
  return (
    <LibraryRow
      title={item.title}
      href={`/admin/mock-apis/${item.id}`}
      about={draft?.sourceName ? <p className="text-[0.9rem] text-ink-soft">{draft.sourceName}</p> : null}
      data-testid="mock-api-row"
    >
      {latestVersion ? (
        <span>
          <span className="text-ink">Version {latestVersion.number}</span> ·{" "}
          {formatInstant(latestVersion.createdAt)}
        </span>
      ) : (
        <Badge>No version yet</Badge>
      )}
      {hasNews && draft.checkState !== "none" ? <CheckBadge state={draft.checkState} /> : null}
    </LibraryRow>
  );
}
