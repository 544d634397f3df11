import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../root-route.tsx";
import { safeNext } from "./safe-next.ts";

export const signInRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/sign-in",
    validateSearch: (
      search: Record<string, unknown>,
    ): { next?: string; reason?: "expired" | "signed_out" } => {
      const next = safeNext(search.next);
      const reason =
        search.reason === "expired" || search.reason === "signed_out" ? search.reason : undefined;
      return { ...(next ? { next } : {}), ...(reason ? { reason } : {}) };
    },
    component: lazyRouteComponent(() => import("./sign-in-page.tsx"), "SignInPage"),
  }),
] as const;
