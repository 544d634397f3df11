import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { AssessmentState } from "../../../shared/contracts/composer.ts";
import { rootRoute } from "../../root-route.tsx";
import { isSectionId, type SectionId } from "./composer/sections.ts";

export interface ComposerSearch {
  section?: SectionId;
  /** Path into the draft that is to be brought into sight. */
  at?: string;
}

export const assessmentRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/assessments",
    validateSearch: (search: Record<string, unknown>): { state?: AssessmentState } => {
      const state = AssessmentState.safeParse(search.state);
      return state.success ? { state: state.data } : {};
    },
    component: lazyRouteComponent(() => import("./list/assessments-page.tsx"), "AssessmentsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/assessments/$assessmentId",
    validateSearch: (search: Record<string, unknown>): ComposerSearch => ({
      ...(isSectionId(search.section) ? { section: search.section } : {}),
      ...(typeof search.at === "string" ? { at: search.at.slice(0, 200) } : {}),
    }),
    component: lazyRouteComponent(() => import("./composer/composer-page.tsx"), "ComposerPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/assessments/$assessmentId/versions/$versionId",
    component: lazyRouteComponent(() => import("./versions/version-page.tsx"), "VersionPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/admin/assessments/$assessmentId/versions/$versionId/models",
    component: lazyRouteComponent(() => import("./treatment/treatment-page.tsx"), "TreatmentPage"),
  }),
] as const;
