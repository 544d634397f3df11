import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../root-route.tsx";

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/settings/staff",
    component: lazyRouteComponent(() => import("./staff-page.tsx"), "StaffPage"),
  }),
] as const;
