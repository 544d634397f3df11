import { useParams } from "@tanstack/react-router";
import { StaffGate, ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../ui/app-shell.tsx";
import { ImportView } from "./import-view.tsx";
import { PageLoading, PageProblem } from "./page-states.tsx";
import { useImport } from "./use-import.ts";

export function ImportPage() {
  const { importId } = useParams({ from: "/admin/datasets/$datasetId/imports/$importId" });
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <Import key={importId} importId={importId} myId={me.id} />
        </AppShell>
      )}
    </StaffGate>
  );
}

function Import({ importId, myId }: { importId: string; myId: string }) {
  const live = useImport(importId);
  if (isSignedOut(live.error)) return <ToSignIn reason="expired" />;
  if (live.view) return <ImportView view={live.view} stream={live.stream} myId={myId} />;
  if (live.error)
    return (
      <PageProblem title="Import" error={live.error} onRetry={live.refetch} isRetrying={live.isFetching} />
    );
  return <PageLoading label="Loading the import" />;
}
