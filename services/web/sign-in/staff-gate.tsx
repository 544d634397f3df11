import { useLocation, useNavigate } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import type { StaffMe } from "../../shared/contracts/admin.ts";
import type { StaffRole } from "../../shared/contracts/common.ts";
import { LinkButton } from "../ui/button.tsx";
import { NoticePage } from "../ui/notice-page.tsx";
import { PageFailure } from "../ui/page-failure.tsx";
import { PagePending } from "../ui/page-pending.tsx";
import { isSignedOut, useStaff } from "./staff-session.ts";

export interface StaffGateProps {
  /** Who may see the page; the server checks it again on every call. */
  allow: readonly StaffRole[];
  children: (me: StaffMe) => ReactNode;
}

/** Shows a page to signed-in staff with the right role; everyone else is told what to do. */
export function StaffGate({ allow, children }: StaffGateProps) {
  const staff = useStaff();
  if (isSignedOut(staff.error)) return <ToSignIn />;
  if (staff.data && !allow.includes(staff.data.role)) return <NoPermission me={staff.data} />;
  if (staff.data) return children(staff.data);
  if (staff.error) return <PageFailure error={staff.error} onRetry={() => void staff.refetch()} />;
  return <PagePending />;
}

/** Goes to the sign-in page, which comes back here. */
export function ToSignIn({ reason }: { reason?: "expired" }) {
  const navigate = useNavigate();
  const location = useLocation();
  // Where the reader was when this appeared; the address changes while the way to the sign-in page is taken.
  const [href] = useState(location.href);
  useEffect(() => {
    void navigate({ to: "/sign-in", search: { next: href, ...(reason ? { reason } : {}) }, replace: true });
  }, [navigate, href, reason]);
  return <PagePending />;
}

function NoPermission({ me }: { me: StaffMe }) {
  return (
    <NoticePage
      icon={<Lock aria-hidden />}
      title="This page is for admins"
      data-testid="no-permission"
      actions={
        <LinkButton href="/review" variant="primary">
          Go to the review queue
        </LinkButton>
      }
    >
      <p>
        You are signed in as {me.name} ({me.email}), a {me.role}. If you need access, ask an admin.
      </p>
    </NoticePage>
  );
}
