import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Download } from "lucide-react";
import type { AssessmentVersionView } from "../../../../shared/contracts/composer.ts";
import { StaffGate, ToSignIn } from "../../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../../sign-in/staff-top-bar.tsx";
import { AppShell, PageHeading } from "../../../ui/app-shell.tsx";
import { Breadcrumbs } from "../../../ui/breadcrumbs.tsx";
import { LinkButton } from "../../../ui/button.tsx";
import { useDocumentTitle } from "../../../ui/document-title.ts";
import { ErrorState } from "../../../ui/states.tsx";
import { formatInstant } from "../../../ui/time-words.ts";
import { exportAddress, versionQuery } from "../assessments-api.ts";
import { ComposerLoading } from "../composer/composer-loading.tsx";
import { AssessmentDocument } from "./assessment-document.tsx";

export function VersionPage() {
  const { assessmentId, versionId } = useParams({
    from: "/admin/assessments/$assessmentId/versions/$versionId",
  });
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <Loaded assessmentId={assessmentId} versionId={versionId} />
        </AppShell>
      )}
    </StaffGate>
  );
}

function Loaded({ assessmentId, versionId }: { assessmentId: string; versionId: string }) {
  const version = useQuery(versionQuery(assessmentId, versionId));
  if (isSignedOut(version.error)) return <ToSignIn reason="expired" />;
  if (version.data) return <VersionView version={version.data} />;
  if (!version.error) return <ComposerLoading />;
  return (
    <ErrorState
      error={version.error}
      onRetry={() => void version.refetch()}
      isRetrying={version.isFetching}
    />
  );
}

function VersionView({ version }: { version: AssessmentVersionView }) {
  useDocumentTitle(`${version.title}, version ${version.number}`);
  return (
    <div data-testid="version-view">
      <PageHeading
        eyebrow={
          <Breadcrumbs
            items={[
              { label: "Assessments", href: "/admin/assessments" },
              { label: version.title, href: `/admin/assessments/${version.assessmentId}?section=versions` },
            ]}
          />
        }
        title={`Version ${version.number}`}
        lead={
          <>
            Published {formatInstant(version.publishedAt)}
            {version.publishedBy ? ` by ${version.publishedBy}` : ""}. It never changes.
            {version.changeNote ? (
              <span className="mt-2 block whitespace-pre-line">{version.changeNote}</span>
            ) : null}
          </>
        }
        actions={
          <LinkButton href={exportAddress(version.assessmentId, version.id)} download>
            <Download aria-hidden size={16} />
            Export
          </LinkButton>
        }
      />
      <div className="mt-10">
        <AssessmentDocument
          content={version.content}
          pinnedDatasets={version.pinnedDatasets}
          pinnedMockApis={version.pinnedMockApis}
          pinnedModels={version.pinnedModels}
        />
      </div>
    </div>
  );
}
