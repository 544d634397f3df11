import { PackageCheck } from "lucide-react";
import type { DatasetImportView } from "../../../shared/contracts/dataset-studio.ts";
import type { StreamState } from "../../api-client/event-source.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Breadcrumbs } from "../../ui/breadcrumbs.tsx";
import { LinkButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { EmptyState } from "../../ui/states.tsx";
import { type Step, type StepState, Steps } from "../../ui/steps.tsx";
import { formatBytes, plural } from "../../ui/time-words.ts";
import { ImportActions } from "./import-actions.tsx";
import { ImportFailureCard } from "./import-failure-card.tsx";
import { ImportProgressCard } from "./import-progress-card.tsx";
import { ImportReady } from "./import-ready.tsx";
import { DATASETS_CRUMB } from "./page-states.tsx";

export interface ImportViewProps {
  view: DatasetImportView;
  stream: StreamState;
  myId: string;
}

/** One import on its way from files to a version. */
export function ImportView({ view, stream, myId }: ImportViewProps) {
  useDocumentTitle(`Import · ${view.dataset.title}`);
  const datasetPath = `/admin/datasets/${view.dataset.id}`;
  return (
    <>
      <PageHeading
        eyebrow={<Breadcrumbs items={[DATASETS_CRUMB, { label: view.dataset.title, href: datasetPath }]} />}
        title={view.parent ? `Treat version ${view.parent.number} again` : "Import"}
        lead={<span className="[overflow-wrap:anywhere]">{sourceWords(view)}</span>}
        actions={<ImportActions view={view} />}
      />
      <Steps
        label="From files to a version"
        steps={stepsOf(view)}
        isWorking={isWorking(view)}
        className="mt-7"
      />
      <div className="mt-7">
        <ImportBody view={view} stream={stream} myId={myId} />
      </div>
    </>
  );
}

function ImportBody({ view, stream, myId }: ImportViewProps) {
  const datasetPath = `/admin/datasets/${view.dataset.id}`;
  if (view.state === "failed") return <ImportFailureCard view={view} />;
  if (view.state === "ready" && view.profile)
    return <ImportReady view={view} profile={view.profile} myId={myId} />;
  if (view.state === "published" && view.version)
    return (
      <Card data-testid="import-published">
        <EmptyState
          icon={<PackageCheck aria-hidden size={30} className="text-accent" />}
          title={`Version ${view.version.number} is published`}
          actions={
            <>
              <LinkButton variant="primary" href={`${datasetPath}/versions/${view.version.id}`}>
                See version {view.version.number}
              </LinkButton>
              <LinkButton href={datasetPath}>Back to the dataset</LinkButton>
            </>
          }
        >
          Assessments can use it and mock APIs can serve it. It never changes.
        </EmptyState>
      </Card>
    );
  if (view.state === "cancelled")
    return (
      <Card data-testid="import-cancelled">
        <EmptyState
          title="This import was cancelled"
          actions={<LinkButton href={datasetPath}>Back to the dataset</LinkButton>}
        >
          Nothing of it was published.
        </EmptyState>
      </Card>
    );
  return <ImportProgressCard view={view} stream={stream} />;
}

function sourceWords(view: DatasetImportView): string {
  if (view.parent) return "The rows stay; what becomes of each column is chosen anew.";
  const bytes = view.files.reduce((sum, file) => sum + file.bytes, 0);
  const names = view.files.slice(0, 3).map(({ fileName }) => fileName);
  const more = view.files.length - names.length;
  const rest = more > 0 ? ` and ${more} more ${plural(more, "file")}` : "";
  return `${names.join(", ")}${rest} · ${formatBytes(bytes)}`;
}

const isWorking = ({ state }: DatasetImportView) => ["waiting", "profiling", "publishing"].includes(state);

function stepsOf({ state, profile }: DatasetImportView): Step[] {
  const isRead = profile !== null;
  const given = (read: StepState, choose: StepState, publish: StepState): Step[] => [
    { id: "upload", label: "Uploaded", state: "done" },
    { id: "read", label: "Read and measured", state: read },
    { id: "choose", label: "Choose columns", state: choose },
    { id: "publish", label: publish === "done" ? "Published" : "Publish", state: publish },
  ];
  if (state === "ready") return given("done", "current", "upcoming");
  if (state === "publishing") return given("done", "done", "current");
  if (state === "published") return given("done", "done", "done");
  if (state === "failed")
    return isRead ? given("done", "done", "failed") : given("failed", "upcoming", "upcoming");
  if (state === "cancelled") return given(isRead ? "done" : "upcoming", "upcoming", "upcoming");
  return given("current", "upcoming", "upcoming");
}
