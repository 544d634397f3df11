import { Plus, Sparkles } from "lucide-react";
import { useState } from "react";
import type { UpstreamView } from "../../../shared/contracts/models.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { EmptyState, ErrorState, SkeletonText } from "../../ui/states.tsx";
import { FirstUpstream } from "./first-upstream.tsx";
import { UpstreamCard } from "./upstream-card.tsx";

export interface ModelsViewProps {
  items: readonly UpstreamView[] | null;
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
  onAdd: () => void;
}

export function ModelsView(props: ModelsViewProps) {
  useDocumentTitle("Models");
  const { items, error, onAdd } = props;
  return (
    <>
      <PageHeading
        title="Models"
        lead="Language models that assessments can offer: where they are, what they cost, and whether they answer."
        actions={
          <Button variant="primary" onPress={onAdd} data-testid="new-upstream">
            <Plus aria-hidden size={17} />
            Add an upstream
          </Button>
        }
      />
      <div className="mt-8">
        {items ? (
          items.length === 0 ? (
            <FirstUpstream onAdd={onAdd} />
          ) : (
            <Upstreams items={items} />
          )
        ) : error ? (
          <ErrorState error={error} onRetry={props.onRetry} isRetrying={props.isRetrying} />
        ) : (
          <Card data-testid="models-loading">
            <SkeletonText lines={6} label="Loading the models" />
          </Card>
        )}
      </div>
    </>
  );
}

function Upstreams({ items }: { items: readonly UpstreamView[] }) {
  const [shows, setShows] = useState<"current" | "archived">("current");
  const found = items.filter(({ archivedAt }) => (archivedAt !== null) === (shows === "archived"));
  const archived = items.filter(({ archivedAt }) => archivedAt !== null).length;
  return (
    <div className="flex flex-col gap-5">
      <Segmented
        label="Which upstreams to show"
        className="self-start"
        value={shows}
        onChange={setShows}
        options={[
          { value: "current", label: "In use", count: items.length - archived },
          { value: "archived", label: "Archived", count: archived },
        ]}
      />
      {found.length === 0 ? (
        <Card padding="none">
          <EmptyState icon={<Sparkles aria-hidden size={28} />} title="There is none here">
            What you archive is offered for no new assessment, keeps its models and is found here.
          </EmptyState>
        </Card>
      ) : (
        found.map((upstream) => <UpstreamCard key={upstream.id} upstream={upstream} />)
      )}
    </div>
  );
}
