import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../root-route.tsx";

export const modelRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/models",
    component: lazyRouteComponent(() => import("./models-page.tsx"), "ModelsPage"),
  }),
] as const;
