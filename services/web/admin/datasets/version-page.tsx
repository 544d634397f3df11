import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { StaffGate, ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../ui/app-shell.tsx";
import { versionQuery } from "./datasets-api.ts";
import { PageLoading, PageProblem } from "./page-states.tsx";
import { VersionView } from "./version-view.tsx";

const ROUTE = "/admin/datasets/$datasetId/versions/$versionId";

export function VersionPage() {
  const { versionId } = useParams({ from: ROUTE });
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <Version key={versionId} versionId={versionId} />
        </AppShell>
      )}
    </StaffGate>
  );
}

function Version({ versionId }: { versionId: string }) {
  const version = useQuery(versionQuery(versionId));
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  if (isSignedOut(version.error)) return <ToSignIn reason="expired" />;
  if (version.data)
    return (
      <VersionView
        version={version.data}
        look={search}
        onLook={(look) =>
          void navigate({ search: { ...search, ...look }, replace: true, resetScroll: false })
        }
      />
    );
  if (version.error)
    return (
      <PageProblem
        title="Version"
        error={version.error}
        onRetry={() => void version.refetch()}
        isRetrying={version.isFetching}
      />
    );
  return <PageLoading label="Loading the version" />;
}
