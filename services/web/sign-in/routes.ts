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
      const reason =
        search.reason === "expired" || search.reason === "signed_out" ? search.reason : undefined;
      // Named even when they are refused: what is left out here would reach the page as it came.
      return { next: safeNext(search.next), reason };
    },
    component: lazyRouteComponent(() => import("./sign-in-page.tsx"), "SignInPage"),
  }),
] as const;
