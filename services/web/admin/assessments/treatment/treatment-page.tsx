import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { StaffGate, ToSignIn } from "../../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../../ui/app-shell.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { treatmentQuery } from "../assessments-api.ts";
import { ComposerLoading } from "../composer/composer-loading.tsx";
import { TreatmentView } from "./treatment-view.tsx";

export function TreatmentPage() {
  const { assessmentId, versionId } = useParams({
    from: "/admin/assessments/$assessmentId/versions/$versionId/models",
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
  const report = useQuery(treatmentQuery(assessmentId, versionId));
  if (isSignedOut(report.error)) return <ToSignIn reason="expired" />;
  if (report.data) return <TreatmentView assessmentId={assessmentId} report={report.data} />;
  if (!report.error) return <ComposerLoading />;
  return (
    <ErrorState error={report.error} onRetry={() => void report.refetch()} isRetrying={report.isFetching} />
  );
}
