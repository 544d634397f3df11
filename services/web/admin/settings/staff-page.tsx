import { useQuery } from "@tanstack/react-query";
import type { StaffMe } from "../../../shared/contracts/admin.ts";
import { ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { staffListQuery } from "../admin-api.ts";
import { SettingsFrame } from "./settings-frame.tsx";
import { StaffView } from "./staff-view.tsx";

export function StaffPage() {
  return <SettingsFrame>{(me) => <StaffMembers me={me} />}</SettingsFrame>;
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
