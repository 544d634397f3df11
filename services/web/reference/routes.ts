import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../root-route.tsx";

export const referenceRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/reference",
    component: lazyRouteComponent(() => import("./reference-page.tsx"), "ReferencePage"),
  }),
] as const;
