import { queryOptions } from "@tanstack/react-query";
import {
  api,
  type CreateMockApiRequestInput,
  type CreateMockApiScratchRequestInput,
  type MockApiProposalRequestInput,
  type PutMockApiDocumentRequestInput,
  type RenameMockApiRequestInput,
  type SaveMockApiDraftRequestInput,
} from "../../api-client/client.ts";

/** Archived ones, too. */
export const mockApisQuery = queryOptions({
  queryKey: ["admin", "mock-apis"],
  queryFn: ({ signal }) => api.listMockApis({ signal }),
});

export const mockApiQuery = (mockApiId: string) =>
  queryOptions({
    queryKey: ["admin", "mock-api", mockApiId],
    queryFn: ({ signal }) => api.readMockApi(mockApiId, { signal }),
  });

/** Below it: `/events`, live `check` events. */
export const draftPath = (mockApiId: string) => `/api/admin/mock-apis/${mockApiId}/draft`;

export const draftQuery = (mockApiId: string) =>
  queryOptions({
    queryKey: ["admin", "mock-api-draft", mockApiId],
    queryFn: ({ signal }) => loadDraft(mockApiId, signal),
  });

export const loadDraft = (mockApiId: string, signal?: AbortSignal) =>
  api.readMockApiDraft(mockApiId, { signal });

export const createMockApi = (body: CreateMockApiRequestInput) => api.createMockApi(body);

export const renameMockApi = (mockApiId: string, body: RenameMockApiRequestInput) =>
  api.renameMockApi(mockApiId, body);

export const setMockApiArchived = (mockApiId: string, isArchived: boolean) =>
  isArchived ? api.archiveMockApi(mockApiId) : api.restoreMockApi(mockApiId);

export const saveDraft = (mockApiId: string, body: SaveMockApiDraftRequestInput, keepalive = false) =>
  api.saveMockApiDraft(mockApiId, body, { keepalive });

export const putDocument = (mockApiId: string, body: PutMockApiDocumentRequestInput) =>
  api.putMockApiDocument(mockApiId, body);

export const propose = (mockApiId: string, body: MockApiProposalRequestInput) =>
  api.proposeMockApiBindings(mockApiId, body);

export const checkDraft = (mockApiId: string, revision: number) =>
  api.checkMockApiDraft(mockApiId, { revision });

export const publishDraft = (mockApiId: string, revision: number) =>
  api.publishMockApiDraft(mockApiId, { revision });

/** The document as it is served, for the console. */
export const documentQuery = (mockApiId: string, versionId: string | null) =>
  queryOptions({
    queryKey: ["admin", "mock-api-document", mockApiId, versionId],
    queryFn: ({ signal }) =>
      versionId === null
        ? api.readMockApiDraftDocument(mockApiId, { signal })
        : api.readMockApiVersionDocument(versionId, { signal }),
    gcTime: 0,
  });

/** Below it: `/requests/events`, live `requests` events. */
export const scratchPath = (mockApiId: string, scratchId: string) =>
  `/api/admin/mock-apis/${mockApiId}/scratch/${scratchId}`;

export const resetScratch = (mockApiId: string, scratchId: string) =>
  api.resetMockApiScratch(mockApiId, scratchId);

export const createScratch = (mockApiId: string, body: CreateMockApiScratchRequestInput) =>
  api.createMockApiScratch(mockApiId, body);

/** Where a document comes from: an upload, or text with a name. */
export type DocumentSource = { uploadId: string } | { fileName: string; text: string };

export const scratchQuery = (mockApiId: string, scratchId: string) =>
  queryOptions({
    queryKey: ["admin", "mock-api-scratch", mockApiId, scratchId],
    queryFn: ({ signal }) => api.readMockApiScratch(mockApiId, scratchId, { signal }),
    retry: false,
  });
