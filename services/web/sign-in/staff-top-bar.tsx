import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { LogOut } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { StaffMe } from "../../shared/contracts/admin.ts";
import { ProblemError } from "../api-client/problem-error.ts";
import { TopBar } from "../ui/app-shell.tsx";
import { IconButton } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";
import { StaffNavigation } from "./staff-navigation.tsx";
import { signOut } from "./staff-session.ts";

export interface StaffTopBarProps {
  me: StaffMe;
  wide?: boolean;
  children?: ReactNode;
}

/** The bar of every staff page: where to go, who is signed in, and the way out. */
export function StaffTopBar({ me, wide, children }: StaffTopBarProps) {
  return (
    <TopBar wide={wide} compactMark="phone" actions={<Account me={me} />}>
      <StaffNavigation role={me.role} />
      {children}
    </TopBar>
  );
}

function Account({ me }: { me: StaffMe }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isLeaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    try {
      await signOut();
      await navigate({ to: "/sign-in", search: { reason: "signed_out" } });
      client.clear();
    } catch (error) {
      const { problem } = ProblemError.from(error);
      showToast({ tone: "danger", title: "You are still signed in", text: problem.hint });
      setLeaving(false);
    }
  };
  return (
    <>
      <span
        className="hidden text-right text-[0.867rem] leading-tight text-ink-soft md:block"
        title={me.email}
      >
        {me.name}
      </span>
      <IconButton label="Sign out" onPress={() => void leave()} isPending={isLeaving} data-testid="sign-out">
        <LogOut aria-hidden size={17} />
      </IconButton>
    </>
  );
}
