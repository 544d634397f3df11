import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../root-route.tsx";
import { isTabId, type TabId } from "./tab-ids.ts";

export const mockApiRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/mock-apis",
    component: lazyRouteComponent(() => import("./mock-apis-page.tsx"), "MockApisPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/mock-apis/$mockApiId",
    validateSearch: (search: Record<string, unknown>): { tab?: TabId } =>
      isTabId(search.tab) ? { tab: search.tab } : {},
    component: lazyRouteComponent(() => import("./mock-api-page.tsx"), "MockApiPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/mock-apis/$mockApiId/console",
    validateSearch: (search: Record<string, unknown>): { version?: string } =>
      typeof search.version === "string" ? { version: search.version.slice(0, 36) } : {},
    component: lazyRouteComponent(() => import("./console/console-page.tsx"), "ConsolePage"),
  }),
] as const;
