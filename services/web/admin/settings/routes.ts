import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { rootRoute } from "../../root-route.tsx";

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/settings",
    beforeLoad: () => {
      throw redirect({ to: "/admin/settings/staff" });
    },
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/settings/staff",
    component: lazyRouteComponent(() => import("./staff-page.tsx"), "StaffPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/settings/mail",
    component: lazyRouteComponent(() => import("./mail-page.tsx"), "MailPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/settings/tokens",
    component: lazyRouteComponent(() => import("./tokens-page.tsx"), "TokensPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/settings/audit",
    component: lazyRouteComponent(() => import("./audit-page.tsx"), "AuditPage"),
  }),
] as const;
