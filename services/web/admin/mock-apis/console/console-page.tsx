import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { StaffGate, ToSignIn } from "../../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../../ui/app-shell.tsx";
import { documentQuery, mockApiQuery } from "../mock-apis-api.ts";
import { ConsoleView } from "./console-view.tsx";
import { useScratch } from "./use-scratch.ts";

/** Needs a policy of its own (`pagePolicy` in the api), so links lead here by a page load, never within the app. */
export function ConsolePage() {
  const { mockApiId } = useParams({ from: "/admin/mock-apis/$mockApiId/console" });
  const { version } = useSearch({ from: "/admin/mock-apis/$mockApiId/console" });
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} wide />} width="bleed">
          <Console mockApiId={mockApiId} versionId={version ?? null} />
        </AppShell>
      )}
    </StaffGate>
  );
}

function Console({ mockApiId, versionId }: { mockApiId: string; versionId: string | null }) {
  const detail = useQuery(mockApiQuery(mockApiId));
  const document = useQuery(documentQuery(mockApiId, versionId));
  const live = useScratch(mockApiId, versionId);
  const error = document.error ?? live.error;
  if (isSignedOut(error ?? detail.error)) return <ToSignIn reason="expired" />;
  const number = detail.data?.versions.find(({ id }) => id === versionId)?.number ?? null;
  return (
    <ConsoleView
      mockApiId={mockApiId}
      title={detail.data?.title ?? "Mock API"}
      tried={versionId === null ? "The draft" : number === null ? "A version" : `Version ${number}`}
      document={document.data ?? null}
      live={live}
      error={error}
      onRetry={() => {
        if (document.error) void document.refetch();
        if (live.error) live.retry();
      }}
      isRetrying={document.isFetching || live.isStarting}
    />
  );
}
