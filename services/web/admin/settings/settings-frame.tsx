import { useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Link } from "react-aria-components";
import type { StaffMe } from "../../../shared/contracts/admin.ts";
import { StaffGate } from "../../sign-in/staff-gate.tsx";
import { StaffTopBar } from "../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../ui/app-shell.tsx";
import { classNames } from "../../ui/class-names.ts";

const PAGES = [
  { href: "/admin/settings/staff", label: "Staff" },
  { href: "/admin/settings/mail", label: "E-mail" },
  { href: "/admin/settings/tokens", label: "API tokens" },
  { href: "/admin/settings/audit", label: "Audit log" },
];

/** Every page of the settings: for admins, with the way to the others above it. */
export function SettingsFrame({ children }: { children: (me: StaffMe) => ReactNode }) {
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <SettingsNavigation />
          {children(me)}
        </AppShell>
      )}
    </StaffGate>
  );
}

function SettingsNavigation() {
  const { pathname } = useLocation();
  return (
    <nav aria-label="Settings" className="-mt-2 mb-8 border-b border-line sm:-mt-4">
      <ul className="flex gap-5 overflow-x-auto [scrollbar-width:none]">
        {PAGES.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={pathname === href ? "page" : undefined}
              className={classNames(
                "-mb-px block border-b-2 py-2.5 text-[0.933rem] font-medium whitespace-nowrap transition-colors",
                pathname === href
                  ? "border-accent text-ink"
                  : "border-transparent text-ink-soft data-hovered:text-ink",
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
