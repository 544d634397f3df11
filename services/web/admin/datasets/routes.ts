import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { rootRoute } from "../../root-route.tsx";

/** Which table of a version is looked at, and how; part of the address, so that it can be passed on. */
export const VersionSearch = z.object({
  table: z.string().optional().catch(undefined),
  view: z.enum(["columns", "charts", "rows"]).optional().catch(undefined),
});

export const datasetRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/datasets",
    component: lazyRouteComponent(() => import("./datasets-page.tsx"), "DatasetsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/datasets/$datasetId",
    component: lazyRouteComponent(() => import("./dataset-page.tsx"), "DatasetPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/datasets/$datasetId/imports/$importId",
    component: lazyRouteComponent(() => import("./import-page.tsx"), "ImportPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/datasets/$datasetId/versions/$versionId",
    validateSearch: VersionSearch,
    component: lazyRouteComponent(() => import("./version-page.tsx"), "VersionPage"),
  }),
] as const;
