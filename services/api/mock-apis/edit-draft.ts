import type { Selectable } from "kysely";
import type { z } from "zod";
import type {
  PutMockApiDocumentRequest,
  SaveMockApiDraftRequest,
} from "../../shared/contracts/mock-api-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { DatabaseTransaction } from "../../shared/db/database.ts";
import type { MockApi, MockApiDraft } from "../../shared/db/schema.gen.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import type { ApiContext } from "../context.ts";
import { lockMockApi } from "../records/mock-api.ts";
import { readDatasetSummary } from "../records/mock-api-dataset.ts";
import { changeDraft, lockDraft, markWaiting } from "../records/mock-api-draft.ts";
import { findUpload } from "../records/upload.ts";
import { requireDraft } from "./draft-view.ts";
import { mockApiSubject } from "./mock-apis.ts";

type Deps = Pick<ApiContext, "db" | "blobs">;
type SaveRequest = z.infer<typeof SaveMockApiDraftRequest>;
type DocumentRequest = z.infer<typeof PutMockApiDocumentRequest>;

export interface LockedDraft {
  mockApi: Selectable<MockApi>;
  draft: Selectable<MockApiDraft>;
}

/**
 * Mock API and draft, held until the transaction ends.
 * @throws PlatformError mock_api_not_found, mock_api_archived, mock_api_draft_conflict
 */
export async function lockForEditing(
  transaction: DatabaseTransaction,
  mockApiId: string,
  revision: number,
): Promise<LockedDraft> {
  const mockApi = await lockMockApi(transaction, mockApiId);
  if (!mockApi) throw new PlatformError("mock_api_not_found");
  if (mockApi.archived_at !== null) throw new PlatformError("mock_api_archived");
  await requireDraft(transaction, mockApiId);
  const draft = (await lockDraft(transaction, mockApiId))!;
  if (draft.revision !== revision)
    throw new PlatformError("mock_api_draft_conflict", `The draft is at revision ${draft.revision}.`);
  return { mockApi, draft };
}

/** @throws PlatformError as {@link lockForEditing}, dataset_version_not_found */
export async function saveDraft(
  { db }: Deps,
  mockApiId: string,
  request: SaveRequest,
  by: string | null,
): Promise<void> {
  const { revision, bindings, weather, datasetVersionId } = request;
  await db.transaction().execute(async (transaction) => {
    await lockForEditing(transaction, mockApiId, revision);
    if (datasetVersionId && !(await readDatasetSummary(transaction, datasetVersionId)))
      throw new PlatformError("dataset_version_not_found");
    const change = {
      ...(bindings === undefined ? {} : { bindings: bindings && JSON.stringify(bindings) }),
      ...(weather === undefined ? {} : { weather: JSON.stringify(weather) }),
      ...(datasetVersionId === undefined ? {} : { dataset_version_id: datasetVersionId }),
    };
    await changeDraft(transaction, mockApiId, change, { checkState: "none", by });
  });
}

/**
 * Takes a document in, and asks for its check; until that passes, the draft keeps the document it had.
 * @throws PlatformError as {@link lockForEditing}, upload_not_found, upload_not_usable
 */
export async function putDocument(
  { db, blobs }: Deps,
  mockApiId: string,
  request: DocumentRequest,
  actor: AuditActor,
): Promise<void> {
  const source =
    "uploadId" in request ? await uploaded({ db }, request.uploadId) : await written({ blobs }, request);
  await db.transaction().execute(async (transaction) => {
    const { mockApi, draft } = await lockForEditing(transaction, mockApiId, request.revision);
    const change = {
      source_sha256: source.sha256,
      source_name: source.name,
      source_bytes: source.bytes,
    };
    await changeDraft(transaction, mockApiId, change, { checkState: "waiting", by: staffIdOfActor(actor) });
    await enqueue(transaction, "check-mock-api", { mockApiId });
    await recordAudit(transaction, actor, {
      action: "mock_api.put_document",
      subject: mockApiSubject(mockApiId, mockApi.title),
      before: draft.source_sha256 && { name: draft.source_name, sha256: draft.source_sha256 },
      after: { name: source.name, sha256: source.sha256 },
    });
  });
}

interface Source {
  name: string;
  sha256: string;
  bytes: number;
}

async function uploaded({ db }: Pick<Deps, "db">, uploadId: string): Promise<Source> {
  const upload = await findUpload(db, uploadId);
  if (!upload) throw new PlatformError("upload_not_found");
  if (upload.purpose !== "mock_api" || upload.sha256 === null) throw new PlatformError("upload_not_usable");
  return { name: upload.file_name, sha256: upload.sha256, bytes: upload.bytes };
}

async function written(
  { blobs }: Pick<Deps, "blobs">,
  { fileName, text }: Extract<DocumentRequest, { text: string }>,
): Promise<Source> {
  const { sha256, bytes } = await blobs.write(Buffer.from(text));
  return { name: fileName, sha256, bytes };
}

/** @throws PlatformError as {@link lockForEditing}, mock_api_document_missing */
export async function requestCheck({ db }: Deps, mockApiId: string, revision: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const { draft } = await lockForEditing(transaction, mockApiId, revision);
    if (draft.source_sha256 === null && draft.document === null)
      throw new PlatformError("mock_api_document_missing");
    // Whoever asks twice waits for the same check.
    if (draft.check_state === "waiting") return;
    await markWaiting(transaction, mockApiId);
    await enqueue(transaction, "check-mock-api", { mockApiId });
  });
}
