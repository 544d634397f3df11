import type { AssessmentDetail } from "../../../../shared/contracts/composer.ts";
import { PageHeading } from "../../../ui/app-shell.tsx";
import { Banner } from "../../../ui/banner.tsx";
import { Breadcrumbs } from "../../../ui/breadcrumbs.tsx";
import { Button, TextLink } from "../../../ui/button.tsx";
import { useDocumentTitle } from "../../../ui/document-title.ts";
import { formatInstant } from "../../../ui/time-words.ts";
import { useRestore } from "../list/use-restore.ts";
import { AssessmentDocument } from "./assessment-document.tsx";

/** An archived assessment: to read, and to take out again. */
export function ArchivedView({ detail }: { detail: AssessmentDetail }) {
  const { draft } = detail;
  const title = draft.content.title || "Untitled";
  useDocumentTitle(title);
  const restore = useRestore(detail.id, title);
  return (
    <div data-testid="archived-view">
      <PageHeading
        eyebrow={<Breadcrumbs items={[{ label: "Assessments", href: "/admin/assessments" }]} />}
        title={title}
      />
      <Banner
        tone="warn"
        title={`Archived${detail.archivedAt ? ` on ${formatInstant(detail.archivedAt)}` : ""}`}
        className="mt-6"
        actions={
          <Button
            size="small"
            isPending={restore.isPending}
            onPress={() => restore.mutate()}
            data-testid="restore"
          >
            Take it out of the archive
          </Button>
        }
      >
        It cannot be changed, and nobody can be invited to it. What was submitted is in the review queue as
        before.
        {detail.versions.length > 0 ? (
          <span className="block">
            Published:{" "}
            {detail.versions.map(({ id, number }, index) => (
              <span key={id}>
                {index > 0 ? ", " : null}
                <TextLink href={`/admin/assessments/${detail.id}/versions/${id}`}>version {number}</TextLink>
              </span>
            ))}
          </span>
        ) : null}
      </Banner>
      <div className="mt-10">
        <AssessmentDocument
          content={draft.content}
          pinnedDatasets={draft.pinnedDatasets}
          pinnedMockApis={draft.pinnedMockApis}
          pinnedModels={draft.pinnedModels}
        />
      </div>
    </div>
  );
}
