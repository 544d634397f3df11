import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../root-route.tsx";

/** The reviewer's area; its pages load only when someone opens them. */
export const reviewRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/review",
    component: lazyRouteComponent(() => import("./queue-page.tsx"), "QueuePage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/review/$submissionId",
    validateSearch: (search: Record<string, unknown>): { file?: string } => {
      const file = String(search.file ?? "");
      return /^(starter-)?\d{1,9}$/.test(file) ? { file } : {};
    },
    component: lazyRouteComponent(() => import("./submission-page.tsx"), "SubmissionPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/review/$submissionId/run",
    component: lazyRouteComponent(() => import("./run/run-page.tsx"), "RunPage"),
  }),
] as const;
