import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../root-route.tsx";

/** The candidate's area; its pages load only when someone opens them. */
export const candidateRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/invite/$token",
    component: lazyRouteComponent(() => import("./invite-page.tsx"), "InvitePage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/candidate/$invitationId",
    component: lazyRouteComponent(() => import("./candidate-page.tsx"), "CandidatePage"),
  }),
] as const;
