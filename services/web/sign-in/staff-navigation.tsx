import { useLocation } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import { Link } from "react-aria-components";
import type { StaffMe } from "../../shared/contracts/admin.ts";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { Menu } from "../ui/menu.tsx";

interface Area {
  href: string;
  label: string;
  /** Whether an address belongs to the area. */
  holds: (pathname: string) => boolean;
}

const below = (prefix: string) => (pathname: string) =>
  pathname === prefix || pathname.startsWith(`${prefix}/`);

const REVIEW: Area = { href: "/review", label: "Review", holds: below("/review") };
const ADMIN_AREAS: Area[] = [
  {
    href: "/admin",
    label: "Board",
    holds: (pathname) => pathname === "/admin" || below("/admin/invitations")(pathname),
  },
  { href: "/admin/assessments", label: "Assessments", holds: below("/admin/assessments") },
  { href: "/admin/datasets", label: "Datasets", holds: below("/admin/datasets") },
  { href: "/admin/mock-apis", label: "Mock APIs", holds: below("/admin/mock-apis") },
  { href: "/admin/models", label: "Models", holds: below("/admin/models") },
  { href: "/admin/settings/staff", label: "Settings", holds: below("/admin/settings") },
];

/** Where a member of staff can go: links in a row, or a menu where there is no room for a row. */
export function StaffNavigation({ role }: { role: StaffMe["role"] }) {
  const { pathname } = useLocation();
  const areas = role === "admin" ? [REVIEW, ...ADMIN_AREAS] : [REVIEW];
  const current = areas.find((area) => area.holds(pathname));
  return (
    <nav aria-label="Areas" className="min-w-0 sm:ml-2">
      <div className={classNames("flex gap-1", areas.length > 1 && "max-lg:hidden")}>
        {areas.map((area) => (
          <AreaLink key={area.href} area={area} isCurrent={area === current} />
        ))}
      </div>
      {areas.length > 1 ? (
        <div className="lg:hidden">
          <Menu
            label="Areas"
            trigger={
              <Button variant="quiet" size="small" data-testid="areas">
                {current?.label ?? "Go to"}
                <ChevronDown aria-hidden size={15} />
              </Button>
            }
            items={areas.map(({ href, label }) => ({ id: href, label, href }))}
            onAction={() => {}}
          />
        </div>
      ) : null}
    </nav>
  );
}

function AreaLink({ area, isCurrent }: { area: Area; isCurrent: boolean }) {
  return (
    <Link
      href={area.href}
      aria-current={isCurrent ? "page" : undefined}
      className={classNames(
        "rounded-md px-2.5 py-1.5 text-[0.933rem] font-medium whitespace-nowrap transition-colors",
        isCurrent ? "bg-ink/7 text-ink" : "text-ink-soft data-hovered:text-ink",
      )}
    >
      {area.label}
    </Link>
  );
}
