import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../root-route.tsx";

/** The admin's area; its pages load only when someone opens them. */
export const adminRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin",
    component: lazyRouteComponent(() => import("./board-page.tsx"), "BoardPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/staff",
    component: lazyRouteComponent(() => import("./staff-page.tsx"), "StaffPage"),
  }),
] as const;
