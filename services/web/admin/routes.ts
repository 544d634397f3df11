import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../root-route.tsx";
import { assessmentRoutes } from "./assessments/routes.ts";
import { datasetRoutes } from "./datasets/routes.ts";
import { invitationRoutes } from "./invitations/routes.ts";
import { mockApiRoutes } from "./mock-apis/routes.ts";
import { modelRoutes } from "./models/routes.ts";
import { settingsRoutes } from "./settings/routes.ts";

/** The admin's area; its pages load only when someone opens them. */
export const adminRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin",
    component: lazyRouteComponent(() => import("./board-page.tsx"), "BoardPage"),
  }),
  ...assessmentRoutes,
  ...datasetRoutes,
  ...invitationRoutes,
  ...mockApiRoutes,
  ...modelRoutes,
  ...settingsRoutes,
] as const;
