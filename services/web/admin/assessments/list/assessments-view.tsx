import { FileInput, FilePlus2, Search } from "lucide-react";
import { useState } from "react";
import type {
  AssessmentList,
  AssessmentListItem,
  AssessmentState,
} from "../../../../shared/contracts/composer.ts";
import { PageHeading } from "../../../ui/app-shell.tsx";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { useDocumentTitle } from "../../../ui/document-title.ts";
import { SearchField } from "../../../ui/search-field.tsx";
import { Segmented } from "../../../ui/segmented.tsx";
import { EmptyState, ErrorState, SkeletonText } from "../../../ui/states.tsx";
import { ArchiveDialog } from "./archive-dialog.tsx";
import { AssessmentRows } from "./assessment-rows.tsx";
import { CloneDialog } from "./clone-dialog.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { NewAssessmentDialog } from "./new-assessment-dialog.tsx";

export interface AssessmentsViewProps {
  list: AssessmentList | null;
  /** What is shown is of the question before. */
  isNarrowing: boolean;
  /** Null shows drafts and published ones. */
  state: AssessmentState | null;
  onState: (state: AssessmentState | null) => void;
  search: string;
  onSearch: (search: string) => void;
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
}

export type ListDialog =
  | { kind: "new" }
  | { kind: "import" }
  | { kind: "clone" | "archive"; item: AssessmentListItem };

export function AssessmentsView(props: AssessmentsViewProps) {
  useDocumentTitle("Assessments");
  const [dialog, setDialog] = useState<ListDialog | null>(null);
  const { list } = props;
  const total = list ? list.counts.draft + list.counts.published + list.counts.archived : 0;
  return (
    <>
      <PageHeading
        title="Assessments"
        lead="A task, its materials and its rubric. Publish a version, and invite candidates to it."
        actions={<NewActions onOpen={setDialog} />}
      />
      {list && total > 0 ? <Filters {...props} list={list} /> : null}
      <div className="mt-5">
        <ListBody {...props} hasAny={total > 0} onOpen={setDialog} />
      </div>
      <OpenDialog dialog={dialog} onClose={() => setDialog(null)} />
    </>
  );
}

function NewActions({ onOpen }: { onOpen: (dialog: ListDialog) => void }) {
  return (
    <>
      <Button onPress={() => onOpen({ kind: "import" })} data-testid="import-assessment">
        <FileInput aria-hidden size={17} />
        Import
      </Button>
      <Button variant="primary" onPress={() => onOpen({ kind: "new" })} data-testid="new-assessment">
        <FilePlus2 aria-hidden size={17} />
        New assessment
      </Button>
    </>
  );
}

function Filters({
  list,
  state,
  onState,
  search,
  onSearch,
}: AssessmentsViewProps & { list: AssessmentList }) {
  const { counts } = list;
  return (
    <div className="mt-8 flex flex-wrap items-center justify-between gap-3">
      <Segmented
        label="Which assessments"
        value={state ?? "active"}
        onChange={(value) => onState(value === "active" ? null : value)}
        options={[
          { value: "active", label: "All", count: counts.draft + counts.published },
          { value: "published", label: "Published", count: counts.published },
          { value: "draft", label: "Drafts", count: counts.draft },
          { value: "archived", label: "Archived", count: counts.archived },
        ]}
      />
      <SearchField
        label="Search assessments"
        placeholder="Title, company or role"
        value={search}
        onChange={onSearch}
        className="w-full sm:w-64"
        data-testid="assessment-search"
      />
    </div>
  );
}

function ListBody(props: AssessmentsViewProps & { hasAny: boolean; onOpen: (dialog: ListDialog) => void }) {
  const { list, error, onRetry, isRetrying } = props;
  if (error && !list) return <ErrorState error={error} onRetry={onRetry} isRetrying={isRetrying} />;
  if (!list) {
    return (
      <Card data-testid="assessments-loading">
        <SkeletonText lines={5} label="Loading the assessments" />
      </Card>
    );
  }
  if (!props.hasAny) return <NoAssessments onOpen={props.onOpen} />;
  if (list.items.length === 0) return <NothingFound {...props} />;
  return (
    <Card padding="none" className={props.isNarrowing ? "opacity-60 transition-opacity" : undefined}>
      <AssessmentRows items={list.items} onOpen={props.onOpen} />
    </Card>
  );
}

function NoAssessments({ onOpen }: { onOpen: (dialog: ListDialog) => void }) {
  return (
    <Card data-testid="assessments-empty">
      <EmptyState
        icon={<FilePlus2 aria-hidden size={32} strokeWidth={1.5} />}
        title="No assessment yet"
        actions={<NewActions onOpen={onOpen} />}
      >
        Start from a template: it brings a brief, rules and a rubric, and you make them yours. Or import one
        that was exported from another installation.
      </EmptyState>
    </Card>
  );
}

function NothingFound({ search, state, onSearch, onState }: AssessmentsViewProps) {
  return (
    <Card data-testid="assessments-nothing">
      <EmptyState
        icon={<Search aria-hidden size={28} strokeWidth={1.5} />}
        title={search.trim() ? `Nothing found for “${search.trim()}”` : "Nothing here"}
        actions={
          <Button
            onPress={() => {
              onSearch("");
              onState(null);
            }}
          >
            Show all
          </Button>
        }
      >
        {state === "archived"
          ? "Archived assessments are kept here, with everything that was submitted."
          : null}
      </EmptyState>
    </Card>
  );
}

function OpenDialog({ dialog, onClose }: { dialog: ListDialog | null; onClose: () => void }) {
  switch (dialog?.kind) {
    case "new":
      return <NewAssessmentDialog onClose={onClose} />;
    case "import":
      return <ImportDialog onClose={onClose} />;
    case "clone":
      return <CloneDialog assessmentId={dialog.item.id} title={dialog.item.title} onClose={onClose} />;
    case "archive":
      return <ArchiveDialog assessmentId={dialog.item.id} title={dialog.item.title} onClose={onClose} />;
    default:
      return null;
  }
}
