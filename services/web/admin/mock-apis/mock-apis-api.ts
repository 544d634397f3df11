import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  type CreateMockApiRequest,
  type CreateMockApiScratchRequest,
  MockApiDetail,
  MockApiDraftView,
  MockApiList,
  MockApiProposal,
  type MockApiProposalRequest,
  MockApiScratch,
  MockApiVersionView,
  PublishMockApiResponse,
  type PutMockApiDocumentRequest,
  type RenameMockApiRequest,
  type SaveMockApiDraftRequest,
} from "../../../shared/contracts/mock-api-studio.ts";
import { request } from "../../api-client/request.ts";

const MOCK_APIS = "/api/admin/mock-apis";

/** Archived ones, too. */
export const mockApisQuery = queryOptions({
  queryKey: ["admin", "mock-apis"],
  queryFn: ({ signal }) => request(MockApiList, MOCK_APIS, { signal }),
});

export const mockApiQuery = (mockApiId: string) =>
  queryOptions({
    queryKey: ["admin", "mock-api", mockApiId],
    queryFn: ({ signal }) => request(MockApiDetail, `${MOCK_APIS}/${mockApiId}`, { signal }),
  });

export const draftPath = (mockApiId: string) => `${MOCK_APIS}/${mockApiId}/draft`;

export const draftQuery = (mockApiId: string) =>
  queryOptions({
    queryKey: ["admin", "mock-api-draft", mockApiId],
    queryFn: ({ signal }) => loadDraft(mockApiId, signal),
  });

export const loadDraft = (mockApiId: string, signal?: AbortSignal) =>
  request(MockApiDraftView, draftPath(mockApiId), signal ? { signal } : {});

export const mockApiVersionQuery = (versionId: string) =>
  queryOptions({
    queryKey: ["admin", "mock-api-version", versionId],
    queryFn: ({ signal }) =>
      request(MockApiVersionView, `/api/admin/mock-api-versions/${versionId}`, { signal }),
    staleTime: 60_000,
  });

export const createMockApi = (body: z.input<typeof CreateMockApiRequest>) =>
  request(MockApiDetail, MOCK_APIS, { method: "POST", body });

export const renameMockApi = (mockApiId: string, body: z.input<typeof RenameMockApiRequest>) =>
  request(MockApiDetail, `${MOCK_APIS}/${mockApiId}`, { method: "PATCH", body });

export const setMockApiArchived = (mockApiId: string, isArchived: boolean) =>
  request(MockApiDetail, `${MOCK_APIS}/${mockApiId}/${isArchived ? "archive" : "restore"}`, {
    method: "POST",
    body: {},
  });

export const saveDraft = (
  mockApiId: string,
  body: z.input<typeof SaveMockApiDraftRequest>,
  keepalive = false,
) => request(MockApiDraftView, draftPath(mockApiId), { method: "PUT", body, keepalive });

export const putDocument = (mockApiId: string, body: z.input<typeof PutMockApiDocumentRequest>) =>
  request(MockApiDraftView, `${draftPath(mockApiId)}/document`, { method: "PUT", body });

export const propose = (mockApiId: string, body: z.input<typeof MockApiProposalRequest>) =>
  request(MockApiProposal, `${draftPath(mockApiId)}/proposal`, { method: "POST", body });

export const checkDraft = (mockApiId: string, revision: number) =>
  request(MockApiDraftView, `${draftPath(mockApiId)}/check`, { method: "POST", body: { revision } });

export const publishDraft = (mockApiId: string, revision: number) =>
  request(PublishMockApiResponse, `${draftPath(mockApiId)}/publish`, { method: "POST", body: { revision } });

/** The document as it is served, for the console. */
export const documentQuery = (mockApiId: string, versionId: string | null) =>
  queryOptions({
    queryKey: ["admin", "mock-api-document", mockApiId, versionId],
    queryFn: ({ signal }) =>
      request(
        z.looseObject({ openapi: z.string() }),
        versionId === null
          ? `${draftPath(mockApiId)}/document`
          : `/api/admin/mock-api-versions/${versionId}/document`,
        { signal },
      ),
    gcTime: 0,
  });

export const scratchPath = (mockApiId: string, scratchId: string) =>
  `${MOCK_APIS}/${mockApiId}/scratch/${scratchId}`;

export const resetScratch = (mockApiId: string, scratchId: string) =>
  request(MockApiScratch, `${scratchPath(mockApiId, scratchId)}/reset`, { method: "POST", body: {} });

export const createScratch = (mockApiId: string, body: z.input<typeof CreateMockApiScratchRequest>) =>
  request(MockApiScratch, `${MOCK_APIS}/${mockApiId}/scratch`, { method: "POST", body });

/** Where a document comes from: an upload, or text with a name. */
export type DocumentSource = { uploadId: string } | { fileName: string; text: string };

export const scratchQuery = (mockApiId: string, scratchId: string) =>
  queryOptions({
    queryKey: ["admin", "mock-api-scratch", mockApiId, scratchId],
    queryFn: ({ signal }) => request(MockApiScratch, scratchPath(mockApiId, scratchId), { signal }),
    retry: false,
  });
