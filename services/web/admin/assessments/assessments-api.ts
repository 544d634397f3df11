import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import {
  AssessmentDetail,
  type AssessmentDraft,
  AssessmentImportView,
  AssessmentList,
  type AssessmentState,
  AssessmentVersionView,
  type CloneAssessmentRequest,
  ComposerOptions,
  type CreateAssessmentRequest,
  DraftView,
  PublishAssessmentResponse,
  TrialView,
} from "../../../shared/contracts/composer.ts";
import { request } from "../../api-client/request.ts";

const ROOT = "/api/admin/assessments";
const of = (assessmentId: string) => `${ROOT}/${assessmentId}`;
export const draftAddress = (assessmentId: string) => `${of(assessmentId)}/draft`;

export interface ListWish {
  state: AssessmentState | null;
  search: string;
}

export const assessmentListQuery = ({ state, search }: ListWish) =>
  queryOptions({
    queryKey: ["admin", "assessments", { state, search }],
    queryFn: ({ signal }) => {
      const wish = new URLSearchParams({ ...(state ? { state } : {}), ...(search ? { search } : {}) });
      return request(AssessmentList, wish.size > 0 ? `${ROOT}?${wish}` : ROOT, { signal });
    },
    // The list stays in sight while the next one is on its way.
    placeholderData: (previous) => previous,
  });

export const assessmentQuery = (assessmentId: string) =>
  queryOptions({
    queryKey: ["admin", "assessments", assessmentId],
    queryFn: ({ signal }) => request(AssessmentDetail, of(assessmentId), { signal }),
  });

export const versionQuery = (assessmentId: string, versionId: string) =>
  queryOptions({
    queryKey: ["admin", "assessments", assessmentId, "versions", versionId],
    queryFn: ({ signal }) =>
      request(AssessmentVersionView, `${of(assessmentId)}/versions/${versionId}`, { signal }),
    // A published version never changes; only the counts beside it do.
    staleTime: 60_000,
  });

export const optionsQuery = queryOptions({
  queryKey: ["admin", "assessments", "options"],
  queryFn: ({ signal }) => request(ComposerOptions, `${ROOT}/options`, { signal }),
  staleTime: 5 * 60_000,
});

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ["admin", "assessments", "imports", importId],
    queryFn: ({ signal }) => request(AssessmentImportView, `${ROOT}/imports/${importId}`, { signal }),
    refetchInterval: ({ state }) => (state.data && state.data.state !== "waiting" ? false : 1_000),
  });

export const createAssessment = (body: z.input<typeof CreateAssessmentRequest>) =>
  request(AssessmentDetail, ROOT, { method: "POST", body });

export const cloneAssessment = (assessmentId: string, body: z.input<typeof CloneAssessmentRequest>) =>
  request(AssessmentDetail, `${of(assessmentId)}/clone`, { method: "POST", body });

export const archiveAssessment = (assessmentId: string) =>
  request(AssessmentDetail, `${of(assessmentId)}/archive`, { method: "POST", body: {} });

export const restoreAssessment = (assessmentId: string) =>
  request(AssessmentDetail, `${of(assessmentId)}/restore`, { method: "POST", body: {} });

export const importAssessment = (uploadId: string) =>
  request(AssessmentImportView, `${ROOT}/import`, { method: "POST", body: { uploadId } });

/** A page may only be outlived by a request of at most 64 KiB; longer drafts wait in this browser instead. */
const LONGEST_KEEPALIVE = 60_000;

export function saveDraft(
  assessmentId: string,
  revision: number,
  content: AssessmentDraft,
  leaving: boolean,
) {
  const keepalive = leaving && JSON.stringify(content).length < LONGEST_KEEPALIVE;
  const body = { revision, content };
  return request(DraftView, draftAddress(assessmentId), { method: "PUT", body, keepalive });
}

export const loadDraft = async (assessmentId: string) =>
  (await request(AssessmentDetail, of(assessmentId))).draft;

export const checkDraft = (assessmentId: string, revision: number) =>
  request(DraftView, `${draftAddress(assessmentId)}/check`, { method: "POST", body: { revision } });

export const tryDraft = (assessmentId: string, revision: number) =>
  request(TrialView, `${draftAddress(assessmentId)}/trial`, { method: "POST", body: { revision } });

export const publishDraft = (assessmentId: string, revision: number, changeNote: string) =>
  request(PublishAssessmentResponse, `${draftAddress(assessmentId)}/publish`, {
    method: "POST",
    body: { revision, changeNote },
  });

/** One file with everything the version needs; without a version, the latest. */
export const exportAddress = (assessmentId: string, versionId?: string) =>
  `${of(assessmentId)}/export${versionId ? `?versionId=${versionId}` : ""}`;
