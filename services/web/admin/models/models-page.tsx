import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { StaffGate, ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../ui/app-shell.tsx";
import { upstreamsQuery } from "./models-api.ts";
import { ModelsView } from "./models-view.tsx";
import { UpstreamDialog } from "./upstream-dialog.tsx";

export function ModelsPage() {
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <Models />
        </AppShell>
      )}
    </StaffGate>
  );
}

function Models() {
  const [isAdding, setAdding] = useState(false);
  const list = useQuery(upstreamsQuery);
  if (isSignedOut(list.error)) return <ToSignIn reason="expired" />;
  return (
    <>
      <ModelsView
        items={list.data?.items ?? null}
        error={list.error}
        isRetrying={list.isFetching}
        onRetry={() => void list.refetch()}
        onAdd={() => setAdding(true)}
      />
      {isAdding ? <UpstreamDialog upstream={null} onClose={() => setAdding(false)} /> : null}
    </>
  );
}
