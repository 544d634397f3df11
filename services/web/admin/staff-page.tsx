import { useQuery } from "@tanstack/react-query";
import type { StaffMe } from "../../shared/contracts/admin.ts";
import { StaffGate, ToSignIn } from "../sign-in/staff-gate.tsx";
import { isSignedOut } from "../sign-in/staff-session.ts";
import { StaffTopBar } from "../sign-in/staff-top-bar.tsx";
import { AppShell } from "../ui/app-shell.tsx";
import { staffListQuery } from "./admin-api.ts";
import { StaffView } from "./staff-view.tsx";

export function StaffPage() {
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <StaffMembers me={me} />
        </AppShell>
      )}
    </StaffGate>
  );
}

function StaffMembers({ me }: { me: StaffMe }) {
  const staff = useQuery(staffListQuery);
  if (isSignedOut(staff.error)) return <ToSignIn reason="expired" />;
  return (
    <StaffView
      myId={me.id}
      items={staff.data?.items ?? null}
      error={staff.error}
      isRetrying={staff.isFetching}
      onRetry={() => void staff.refetch()}
    />
  );
}
