import { useQuery } from "@tanstack/react-query";
import { api } from "../api-client/client.ts";
import { StaffGate, ToSignIn } from "../sign-in/staff-gate.tsx";
import { isSignedOut } from "../sign-in/staff-session.ts";
import { StaffTopBar } from "../sign-in/staff-top-bar.tsx";
import { AppShell } from "../ui/app-shell.tsx";
import { QueueView } from "./queue-view.tsx";

export function QueuePage() {
  return (
    <StaffGate allow={["reviewer", "admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <Queue />
        </AppShell>
      )}
    </StaffGate>
  );
}

function Queue() {
  const queue = useQuery({
    queryKey: ["review", "queue"],
    queryFn: ({ signal }) => api.listReviewQueue({ signal }),
    refetchInterval: 30_000,
  });
  if (isSignedOut(queue.error)) return <ToSignIn reason="expired" />;
  return (
    <QueueView
      items={queue.data?.items ?? null}
      error={queue.error}
      isRetrying={queue.isFetching}
      onRetry={() => void queue.refetch()}
    />
  );
}
