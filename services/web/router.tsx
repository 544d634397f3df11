import { createRoute, createRouter, redirect } from "@tanstack/react-router";
import { adminRoutes } from "./admin/routes.ts";
import { candidateRoutes } from "./candidate/routes.ts";
import { referenceRoutes } from "./reference/routes.ts";
import { reviewRoutes } from "./review/routes.ts";
import { rootRoute } from "./root-route.tsx";
import { signInRoutes } from "./sign-in/routes.ts";
import { PagePending } from "./ui/page-pending.tsx";

/** Candidates always come by their link, so a bare address can only be a member of staff. */
const home = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/review" });
  },
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    home,
    ...candidateRoutes,
    ...reviewRoutes,
    ...adminRoutes,
    ...signInRoutes,
    ...referenceRoutes,
  ]),
  defaultPendingComponent: PagePending,
  defaultPendingMs: 150,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
