import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../root-route.tsx";

export const invitationRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/invitations/bulk",
    component: lazyRouteComponent(() => import("./bulk-page.tsx"), "BulkPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/invitations/requests",
    component: lazyRouteComponent(() => import("./requests-page.tsx"), "RequestsPage"),
  }),
] as const;
