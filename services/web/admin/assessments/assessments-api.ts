import { queryOptions } from "@tanstack/react-query";
import type { AssessmentDraft } from "../../../shared/contracts/assessment-draft.ts";
import type { AssessmentState } from "../../../shared/contracts/composer.ts";
import { api } from "../../api-client/client.ts";

export interface ListWish {
  state: AssessmentState | null;
  search: string;
}

export const assessmentListQuery = ({ state, search }: ListWish) =>
  queryOptions({
    queryKey: ["admin", "assessments", { state, search }],
    queryFn: ({ signal }) =>
      api.listAssessments({ ...(state ? { state } : {}), ...(search ? { search } : {}) }, { signal }),
    // The list stays in sight while the next one is on its way.
    placeholderData: (previous) => previous,
  });

export const assessmentQuery = (assessmentId: string) =>
  queryOptions({
    queryKey: ["admin", "assessments", assessmentId],
    queryFn: ({ signal }) => api.readAssessment(assessmentId, { signal }),
  });

export const versionQuery = (assessmentId: string, versionId: string) =>
  queryOptions({
    queryKey: ["admin", "assessments", assessmentId, "versions", versionId],
    queryFn: ({ signal }) => api.readAssessmentVersion(assessmentId, versionId, { signal }),
    // A published version never changes; only the counts beside it do.
    staleTime: 60_000,
  });

export const treatmentQuery = (assessmentId: string, versionId: string) =>
  queryOptions({
    queryKey: ["admin", "assessments", assessmentId, "versions", versionId, "model-treatment"],
    queryFn: ({ signal }) => api.readModelTreatment(assessmentId, versionId, { signal }),
    refetchOnWindowFocus: "always",
  });

export const optionsQuery = queryOptions({
  queryKey: ["admin", "assessments", "options"],
  queryFn: ({ signal }) => api.readComposerOptions({ signal }),
  staleTime: 5 * 60_000,
});

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ["admin", "assessments", "imports", importId],
    queryFn: ({ signal }) => api.readAssessmentImport(importId, { signal }),
    refetchInterval: ({ state }) => (state.data && state.data.state !== "waiting" ? false : 1_000),
  });

/** A page may only be outlived by a request of at most 64 KiB; longer drafts wait in this browser instead. */
const LONGEST_KEEPALIVE = 60_000;

export function saveDraft(
  assessmentId: string,
  revision: number,
  content: AssessmentDraft,
  leaving: boolean,
) {
  const keepalive = leaving && JSON.stringify(content).length < LONGEST_KEEPALIVE;
  return api.saveAssessmentDraft(assessmentId, { revision, content }, { keepalive });
}

export const loadDraft = async (assessmentId: string) => (await api.readAssessment(assessmentId)).draft;

/** Live: `draft` events. */
export const draftEventsUrl = (assessmentId: string) => `/api/admin/assessments/${assessmentId}/draft/events`;

/** One file with everything the version needs; without a version, the latest. A download is a link, not a call. */
export const exportAddress = (assessmentId: string, versionId?: string) =>
  `/api/admin/assessments/${assessmentId}/export${versionId ? `?versionId=${versionId}` : ""}`;
