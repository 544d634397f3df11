import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { StaffGate, ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../ui/app-shell.tsx";
import { DatasetView } from "./dataset-view.tsx";
import { datasetQuery } from "./datasets-api.ts";
import { PageLoading, PageProblem } from "./page-states.tsx";

export function DatasetPage() {
  const { datasetId } = useParams({ from: "/admin/datasets/$datasetId" });
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <Dataset key={datasetId} datasetId={datasetId} />
        </AppShell>
      )}
    </StaffGate>
  );
}

function Dataset({ datasetId }: { datasetId: string }) {
  const dataset = useQuery(datasetQuery(datasetId));
  if (isSignedOut(dataset.error)) return <ToSignIn reason="expired" />;
  if (dataset.data) return <DatasetView dataset={dataset.data} />;
  if (dataset.error)
    return (
      <PageProblem
        title="Dataset"
        error={dataset.error}
        onRetry={() => void dataset.refetch()}
        isRetrying={dataset.isFetching}
      />
    );
  return <PageLoading label="Loading the dataset" />;
}
